"""Maxout units: the largest of several affine pieces; backward loops over samples and units."""

import numpy as np

from mistakes import Mistake, Right


class Maxout:
    def __init__(self, n_in, units, pieces, rng):
        self.W = rng.normal(size=(n_in, units, pieces))
        self.b = rng.normal(size=(units, pieces))

    def forward(self, x):
        self.x = x
        z = np.tensordot(x, self.W, axes=1) + self.b
        self.best = z.argmax(axis=2)
        return z.max(axis=2)

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        for n in range(dout.shape[0]):
            for u in range(dout.shape[1]):
                k = self.best[n, u]
                self.dW[:, u, k] += dout[n, u] * self.x[n]
                self.db[u, k] += dout[n, u]
                dx[n] += dout[n, u] * self.W[:, u, k]
        return dx


class MaxoutEveryPiece:
    def __init__(self, n_in, units, pieces, rng):
        self.W = rng.normal(size=(n_in, units, pieces))
        self.b = rng.normal(size=(units, pieces))

    def forward(self, x):
        self.x = x
        z = np.einsum("nd,duk->nuk", x, self.W) + self.b
        return np.max(z, axis=2)

    def backward(self, dout):
        dz = np.repeat(dout[:, :, None], self.b.shape[1], axis=2)
        self.dW = np.einsum("nd,nuk->duk", self.x, dz)
        self.db = dz.sum(axis=0)
        return np.einsum("nuk,duk->nd", dz, self.W)


class MaxoutKeepsSum:
    def __init__(self, n_in, units, pieces, rng):
        self.W = rng.normal(size=(n_in, units, pieces))
        self.b = rng.normal(size=(units, pieces))
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        z = np.tensordot(x, self.W, axes=1) + self.b
        self.best = z.argmax(axis=2)
        return z.max(axis=2)

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        db = np.zeros_like(self.b)
        for (n, u), k in np.ndenumerate(self.best):
            self.dW[:, u, k] += dout[n, u] * self.x[n]
            db[u, k] += dout[n, u]
            dx[n] += dout[n, u] * self.W[:, u, k]
        self.db = db
        return dx


class MaxoutWithoutBias:
    def __init__(self, n_in, units, pieces, rng):
        self.W = rng.normal(size=(n_in, units, pieces))
        self.b = rng.normal(size=(units, pieces))
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x):
        z = np.einsum("nd,duk->nuk", x, self.W) + self.b
        out = z.max(axis=2)
        self.cache = x, z == out[:, :, None]
        return out

    def backward(self, dout):
        x, winner = self.cache
        dz = winner * dout[:, :, None]
        self.dW = np.einsum("nd,nuk->duk", x, dz)
        return np.einsum("nuk,duk->nd", dz, self.W)


class MaxoutAssigns(Maxout):
    def backward(self, dout):
        dx = np.zeros_like(self.x)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        for n in range(dout.shape[0]):
            for u in range(dout.shape[1]):
                k = self.best[n, u]
                self.dW[:, u, k] = dout[n, u] * self.x[n]
                self.db[u, k] += dout[n, u]
                dx[n] += dout[n, u] * self.W[:, u, k]
        return dx


def batch(rng):
    return (rng.normal(size=(8, 4)),)


RIGHT = [Right(lambda rng: Maxout(4, 3, 2, rng), batch)]

MISTAKES = [
    Mistake("mask-missing", None, lambda rng: MaxoutEveryPiece(4, 3, 2, rng), batch),
    Mistake("accumulates", "dW", lambda rng: MaxoutKeepsSum(4, 3, 2, rng), batch),
    Mistake("not-computed", "db", lambda rng: MaxoutWithoutBias(4, 3, 2, rng), batch),
    Mistake("not-summed", "dW", lambda rng: MaxoutAssigns(4, 3, 2, rng), batch),
]
