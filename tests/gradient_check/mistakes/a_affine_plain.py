"""Affine layer y = x @ W + b the way the book writes it: three lines in backward, np.dot everywhere."""

import numpy as np

from mistakes import Mistake, Right


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class AffineRunningGradient(Affine):
    def __init__(self, W, b):
        super().__init__(W, b)
        self.dW = np.zeros_like(W)
        self.db = np.zeros_like(b)

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW += np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class AffineNoT:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class AffineMeanBias:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = np.zeros_like(W), np.zeros_like(b)

    def forward(self, x):
        self.x = x
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.mean(dout, axis=0)
        return np.dot(dout, self.W.T)


class AffineThatTrainsItself:
    def __init__(self, W, b, lr=0.05):
        self.W = W
        self.b = b
        self.lr = lr
        self.x = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        self.W -= self.lr * self.dW
        return dx


class AffineBiasRow(Affine):
    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0, keepdims=True)
        return dx


class AffineLocalDerivative:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        # y_j = sum_i x_i W_ij + b_j, so dy_j/dW_ij = x_i
        self.dW = np.dot(self.x.T, np.ones((self.x.shape[0], self.W.shape[1])))
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


def weights(rng, n_in=4, n_out=3):
    return rng.standard_normal((n_in, n_out)), rng.standard_normal(n_out)


def batch(rng):
    return (rng.standard_normal((6, 4)),)


RIGHT = [
    Right(lambda rng: Affine(*weights(rng)), batch),
    Right(lambda rng: Affine(*weights(rng, 4, 4)), batch),
]

MISTAKES = [
    Mistake("accumulates", "dW", lambda rng: AffineRunningGradient(*weights(rng)), batch),
    Mistake("transposed", "dx", lambda rng: AffineNoT(*weights(rng, 4, 4)), batch),
    Mistake("extra-batch-average", "db", lambda rng: AffineMeanBias(*weights(rng)), batch),
    Mistake("overwrites-parameter", "dW", lambda rng: AffineThatTrainsItself(*weights(rng)), batch),
    Mistake("wrong-shape", "db", lambda rng: AffineBiasRow(*weights(rng)), batch),
    Mistake("ignores-dout", "dW", lambda rng: AffineLocalDerivative(*weights(rng)), batch),
]
