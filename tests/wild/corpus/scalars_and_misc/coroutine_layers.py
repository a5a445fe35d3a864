"""
A layer is a Python generator: it gets x, yields y, gets dy, yields dx.

    layer = affine(W, b); next(layer)
    y = layer.send(x)
    dx = layer.send(dy)
"""
import numpy as np


def affine(W, b, grads=None):
    x = yield
    while True:
        dy = yield x @ W + b
        if grads is not None:
            grads["W"], grads["b"] = x.T @ dy, dy.sum(axis=0)
        x = yield dy @ W.T
        if x is None:
            return


def sine():
    x = yield
    dy = yield np.sin(x)
    yield dy * np.cos(x)


class GeneratorLayer:
    """makes forward/backward out of such a generator"""

    def __init__(self, make, *args):
        self.make, self.args = make, args

    def forward(self, x):
        self.gen = self.make(*self.args)
        next(self.gen)
        return self.gen.send(x)

    def backward(self, dy):
        return self.gen.send(dy)


def train_step(x):
    layers = [GeneratorLayer(affine, np.eye(3), np.ones(3)), GeneratorLayer(sine)]
    for l in layers:
        x = l.forward(x)
    d = np.ones_like(x)
    for l in reversed(layers):
        d = l.backward(d)
    return d
