"""Cosine similarity of two inputs, row by row: out has shape (N,)."""

import numpy as np

from mistakes import Mistake, Right


class CosineRows:
    def forward(self, x, y):
        nx = np.linalg.norm(x, axis=1, keepdims=True)
        ny = np.linalg.norm(y, axis=1, keepdims=True)
        sim = np.sum(x * y, axis=1, keepdims=True) / (nx * ny)
        self.cache = (x, y, nx, ny, sim)
        return sim[:, 0]

    def backward(self, dout):
        x, y, nx, ny, sim = self.cache
        d = dout[:, np.newaxis]
        dx = d * (y / (nx * ny) - sim * x / nx**2)
        dy = d * (x / (nx * ny) - sim * y / ny**2)
        return dx, dy


class CosineFixedNorms(CosineRows):
    def backward(self, dout):
        x, y, nx, ny, sim = self.cache
        scaled = dout[:, np.newaxis] / (nx * ny)
        return scaled * y, scaled * x


class CosineUnitVectors:
    def forward(self, x, y):
        self.nx = np.sqrt((x**2).sum(axis=1))
        self.ny = np.sqrt((y**2).sum(axis=1))
        self.u = x / self.nx[:, None]
        self.v = y / self.ny[:, None]
        self.s = np.einsum("nd,nd->n", self.u, self.v)
        return self.s

    def backward(self, dout):
        du = (dout / self.nx)[:, None] * (self.v - self.s[:, None] * self.u)
        dv = (dout / self.ny)[:, None] * (self.u - self.s[:, None] * self.v)
        return dv, du


class CosineFlatGradient(CosineRows):
    def backward(self, dout):
        x, y, nx, ny, sim = self.cache
        dx = dout * (y / (nx * ny) - sim * x / nx**2)
        dy = dout * (x / (nx * ny) - sim * y / ny**2)
        return dx, dy


class CosineNormalises:
    def forward(self, x, y):
        self.nx = np.linalg.norm(x, axis=1, keepdims=True)
        self.ny = np.linalg.norm(y, axis=1, keepdims=True)
        x /= self.nx
        y /= self.ny
        self.u, self.v = x.copy(), y.copy()
        self.s = np.sum(x * y, axis=1, keepdims=True)
        return self.s.ravel()

    def backward(self, dout):
        d = dout.reshape(-1, 1)
        return d / self.nx * (self.v - self.s * self.u), d / self.ny * (self.u - self.s * self.v)


def vectors(rng):
    return rng.normal(size=(5, 4)), rng.normal(size=(5, 4))


RIGHT = [Right(lambda rng: CosineRows(), vectors)]

MISTAKES = [
    Mistake("missing-term", None, lambda rng: CosineFixedNorms(), vectors),
    Mistake("swapped", "dx1", lambda rng: CosineUnitVectors(), vectors),
    Mistake("raises", None, lambda rng: CosineFlatGradient(), vectors),
    Mistake("overwrites-input", None, lambda rng: CosineNormalises(), vectors),
]
