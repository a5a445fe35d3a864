"""Affine layer of a student who keeps the bias as a row (1, M) and everything two-dimensional."""

import numpy as np

from mistakes import Mistake, Right


class AffineRow:
    def __init__(self, fan_in, fan_out, rng):
        self.W = rng.normal(0.0, 0.7, (fan_in, fan_out))
        self.b = rng.normal(0.0, 0.2, (1, fan_out))
        self.dW = None
        self.db = None

    def forward(self, x):
        self.inp = x
        return np.matmul(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.matmul(self.inp.T, dout)
        self.db = np.sum(dout, axis=0, keepdims=True)
        return np.matmul(dout, self.W.T)


class AffineFlatBias:
    def __init__(self, fan_in, fan_out, rng):
        self.W = rng.normal(0.0, 0.7, (fan_in, fan_out))
        self.b = rng.normal(0.0, 0.2, (1, fan_out))

    def forward(self, x):
        self.inp = x
        return np.matmul(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.matmul(self.inp.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.matmul(dout, self.W.T)


class AffineMeanBias(AffineRow):
    def backward(self, dout):
        self.dW = np.matmul(self.inp.T, dout)
        self.db = np.mean(dout, axis=0, keepdims=True)
        return np.matmul(dout, self.W.T)


class AffineOrder(AffineRow):
    def backward(self, dout):
        self.dW = np.matmul(dout.T, self.inp)
        self.db = np.ones((1, len(dout))) @ dout
        return np.matmul(dout, self.W.T)


class AffineLearnsAtOnce:
    lr = 0.1

    def __init__(self, fan_in, fan_out, rng):
        self.W = rng.normal(0.0, 0.7, (fan_in, fan_out))
        self.b = rng.normal(0.0, 0.2, (1, fan_out))

    def forward(self, x):
        self.inp = x
        return np.matmul(x, self.W) + self.b

    def backward(self, dout):
        dx = np.matmul(dout, self.W.T)
        self.dW = np.matmul(self.inp.T, dout)
        self.db = np.sum(dout, axis=0, keepdims=True)
        self.W -= self.lr * self.dW
        self.b -= self.lr * self.db
        return dx


def batch(rng):
    return (rng.normal(size=(6, 4)),)


RIGHT = [Right(lambda rng: AffineRow(4, 3, rng), batch)]

MISTAKES = [
    Mistake("wrong-shape", "db", lambda rng: AffineFlatBias(4, 3, rng), batch),
    Mistake("extra-batch-average", "db", lambda rng: AffineMeanBias(4, 3, rng), batch),
    Mistake("transposed", "dW", lambda rng: AffineOrder(4, 4, rng), batch),
    Mistake("overwrites-parameter", None, lambda rng: AffineLearnsAtOnce(4, 3, rng), batch),
]
