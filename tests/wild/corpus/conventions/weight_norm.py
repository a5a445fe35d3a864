import numpy as np


class WeightNormLinear:
    """Gewichtsnormierung: w = g * v / |v|  (je Ausgang eine Spalte)."""

    def __init__(self, n_in, n_out, rng=None):
        rng = rng or np.random.default_rng(3)
        self.v = rng.normal(size=(n_in, n_out))
        self.g = np.ones(n_out)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        self.norm = np.sqrt((self.v ** 2).sum(axis=0))
        self.u = self.v / self.norm
        self.w = self.g * self.u
        return x @ self.w + self.b

    def backward(self, dy):
        dw = self.x.T @ dy
        self.dg = (dw * self.u).sum(axis=0)
        self.dv = self.g / self.norm * (dw - self.u * self.dg)
        self.db = dy.sum(axis=0)
        return dy @ self.w.T


class CosineLayer:
    """Die Spalten von W werden in jedem forward auf Laenge 1 gebracht (Projektion, nicht abgeleitet)."""

    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)

    def forward(self, x):
        self.W /= np.linalg.norm(self.W, axis=0, keepdims=True)
        self.x = x
        return x @ self.W

    def backward(self, dy):
        self.dW = self.x.T @ dy
        return dy @ self.W.T
