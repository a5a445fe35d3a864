"""Softmax with cross entropy, integer labels: a student who keeps p and t as attributes and indexes with arange."""

import numpy as np

from mistakes import Mistake, Right


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class SoftmaxCE:
    def __init__(self):
        self.p = None
        self.t = None

    def forward(self, x, t):
        self.p = softmax(x)
        self.t = t
        n = len(t)
        return -np.log(self.p[np.arange(n), t]).sum() / n

    def backward(self, dout=1):
        n = len(self.t)
        dx = self.p.copy()
        dx[np.arange(n), self.t] -= 1
        return dout * dx / n


class SoftmaxCESumBack(SoftmaxCE):
    def backward(self, dout=1):
        rows = np.arange(len(self.t))
        dx = self.p.copy()
        dx[rows, self.t] -= 1.0
        dx *= dout
        return dx


class SoftmaxCELastLayer:
    """Always the last layer."""

    def forward(self, x, t):
        self.p = softmax(x)
        self.t = t
        self.n = x.shape[0]
        return float(np.mean(-np.log(self.p[range(self.n), t])))

    def backward(self, dout=1):
        g = self.p.copy()
        g[range(self.n), self.t] -= 1
        g /= self.n
        return g


class SoftmaxCEOnce:
    def __init__(self):
        self.p = None

    def forward(self, x, t):
        p = softmax(x)
        if self.p is None:
            self.p = p
        self.t = t
        return -np.log(p[np.arange(len(t)), t]).mean()

    def backward(self, dout=1):
        n = len(self.t)
        dx = self.p.copy()
        dx[np.arange(n), self.t] -= 1
        return dout * dx / n


class SoftmaxCELoop(SoftmaxCE):
    def backward(self, dout=1):
        n, k = self.p.shape
        dx = np.array(self.p)
        for i in range(n - 1):
            dx[i, self.t[i]] -= 1
        return dx * (dout / n)


class SoftmaxCEInPlace:
    def forward(self, x, t):
        n = x.shape[0]
        x -= x.max(axis=1, keepdims=True)
        e = np.exp(x)
        self.p = e / e.sum(axis=1, keepdims=True)
        self.t = t
        return -np.log(self.p[np.arange(n), t]).sum() / n

    def backward(self, dout=1):
        n = self.p.shape[0]
        dx = self.p.copy()
        dx[np.arange(n), self.t] -= 1
        return dout * dx / n


def inputs(rng):
    return rng.normal(size=(6, 4)), rng.integers(0, 4, size=6)


def wide(rng):
    return 2 * rng.normal(size=(5, 3)) + 1, np.array([0, 2, 1, 1, 2])


RIGHT = [Right(lambda rng: SoftmaxCE(), inputs), Right(lambda rng: SoftmaxCE(), wide)]
MISTAKES = [
    Mistake("missing-batch-average", "dx", lambda rng: SoftmaxCESumBack(), inputs),
    Mistake("ignores-dout", "dx", lambda rng: SoftmaxCELastLayer(), inputs),
    Mistake("stale-cache", "dx", lambda rng: SoftmaxCEOnce(), inputs),
    Mistake("partly-wrong", "dx", lambda rng: SoftmaxCELoop(), wide),
    Mistake("overwrites-input", None, lambda rng: SoftmaxCEInPlace(), wide),
]
