import numpy as np


class Linear(object):
    def __init__(self, n_in, n_out, bias_init=0.0):
        self.W = 0.5 * np.random.randn(n_in, n_out)
        self.b = np.full(n_out, bias_init)
        self.gW = self.gb = None

    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.gW = self.x.T @ g
        self.gb = g.sum(axis=0)
        return g @ self.W.T


class Highway(object):
    """ y = t * h + (1 - t) * x """

    def __init__(self, size):
        self.sublayers = [Linear(size, size), Linear(size, size, bias_init=-1.0)]

    def forward(self, x):
        transform, gate = self.sublayers
        self.x = x
        self.h = np.tanh(transform(x))
        self.t = 1 / (1 + np.exp(-gate(x)))
        return self.t * self.h + (1 - self.t) * x

    def backward(self, g):
        transform, gate = self.sublayers
        dh = g * self.t * (1 - self.h ** 2)
        dt = g * self.h * self.t * (1 - self.t)
        return transform.backward(dh) + gate.backward(dt) + g * (1 - self.t)
