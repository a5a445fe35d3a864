import numpy as np
from .module import Module


class Linear(Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.p["w"] = np.random.randn(n_in, n_out) / np.sqrt(n_in)
        self.p["b"] = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.p["w"] + self.p["b"]

    def backward(self, dy):
        self.g["w"] = self.x.T @ dy
        self.g["b"] = dy.sum(0)
        return dy @ self.p["w"].T


class Dropout(Module):
    def __init__(self, p=0.5):
        super().__init__()
        self.prob = p

    def forward(self, x):
        self.m = (np.random.rand(*x.shape) > self.prob) / (1 - self.prob) if self.training else 1.0
        return x * self.m

    def backward(self, dy):
        return dy * self.m


class BatchNorm(Module):
    def __init__(self, n):
        super().__init__()
        self.p.update(w=np.ones(n), b=np.zeros(n))
        self.mean, self.var = np.zeros(n), np.ones(n)

    def forward(self, x):
        if self.training:
            mu, var = x.mean(0), x.var(0)
            self.mean, self.var = 0.9 * self.mean + 0.1 * mu, 0.9 * self.var + 0.1 * var
        else:
            mu, var = self.mean, self.var
        self.s = np.sqrt(var + 1e-5)
        self.xh = (x - mu) / self.s
        return self.xh * self.p["w"] + self.p["b"]

    def backward(self, dy):
        self.g["w"], self.g["b"] = (dy * self.xh).sum(0), dy.sum(0)
        d = dy * self.p["w"]
        if self.training:
            d = d - d.mean(0) - self.xh * (d * self.xh).mean(0)
        return d / self.s
