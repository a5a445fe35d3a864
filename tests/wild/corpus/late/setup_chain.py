"""Layers that are told the size of their input by setup(); setup returns the size of their output."""
import numpy as np


class Maxout:
    def __init__(self, n_out, pieces=2):
        self.n_out = n_out
        self.pieces = pieces

    def setup(self, n_in):
        self.W = np.random.randn(self.pieces, n_in, self.n_out) / np.sqrt(n_in)
        self.b = np.random.randn(self.pieces, 1, self.n_out) * 0.1
        return self.n_out

    def forward(self, x):
        self.x = x
        z = x @ self.W + self.b             # pieces, N, n_out
        self.winner = z.argmax(axis=0)
        return z.max(axis=0)

    def backward(self, g):
        dz = np.zeros((self.pieces,) + g.shape)
        for p in range(self.pieces):
            dz[p] = np.where(self.winner == p, g, 0.0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=1, keepdims=True)
        return np.sum(dz @ self.W.transpose(0, 2, 1), axis=0)


class CosineUnits:
    """random-feature like layer: cos(x W + b)"""

    def __init__(self, n_out):
        self.n_out = n_out

    def setup(self, n_in):
        self.W = np.random.randn(n_in, self.n_out)
        self.b = np.random.uniform(0, 2 * np.pi, self.n_out)
        return self.n_out

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return np.cos(self.z)

    def backward(self, g):
        dz = -np.sin(self.z) * g
        self.dW, self.db = self.x.T @ dz, dz.sum(0)
        return dz @ self.W.T


if __name__ == "__main__":
    size = 5
    for layer in (CosineUnits(30), Maxout(4), Maxout(1)):
        size = layer.setup(size)
        print(type(layer).__name__, size)
