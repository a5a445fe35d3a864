"""A softmax layer by rows, without a loss: a student who builds the Jacobian of every sample."""

import numpy as np

from mistakes import Mistake, Right


def softmax_row(v):
    e = np.exp(v - v.max())
    return e / e.sum()


class Softmax:
    def forward(self, x):
        self.y = np.array([softmax_row(v) for v in x])
        return self.y.copy()

    def backward(self, dout):
        dx = np.empty_like(self.y)
        for n, s in enumerate(self.y):
            jacobian = np.diag(s) - np.outer(s, s)
            dx[n] = jacobian @ dout[n]
        return dx


class SoftmaxDiagonal(Softmax):
    """As for the sigmoid: s' = s (1 - s)."""

    def backward(self, dout):
        dx = np.empty_like(self.y)
        for n, s in enumerate(self.y):
            jacobian = np.diag(s * (1 - s))
            dx[n] = jacobian @ dout[n]
        return dx


class SoftmaxAtInput:
    def forward(self, x):
        self.x = x.copy()
        return np.stack([softmax_row(v) for v in x])

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        for n in range(len(self.x)):
            s = self.x[n]
            J = -np.outer(s, s)
            J[np.diag_indices(len(s))] += s
            dx[n] = J @ dout[n]
        return dx


class SoftmaxOneSum:
    """The Jacobian multiplied out: s * (g - <g, s>)."""

    def forward(self, x):
        e = np.exp(x - x.max(axis=1)[:, None])
        self.y = e / e.sum(axis=1)[:, None]
        return self.y.copy()

    def backward(self, dout):
        inner = np.sum(dout * self.y)
        return self.y * (dout - inner)


class SoftmaxWhole:
    def forward(self, x):
        self.x = x.copy()
        e = np.exp(x - x.max())
        return e / e.sum()

    def backward(self, dout):
        dx = np.zeros_like(dout)
        for n in range(dout.shape[0]):
            s = softmax_row(self.x[n])
            dx[n] = (np.diag(s) - np.outer(s, s)) @ dout[n]
        return dx


class SoftmaxStable:
    def forward(self, x):
        for v in x:
            v -= v.max()
        e = np.exp(x)
        self.y = e / np.sum(e, axis=1, keepdims=True)
        return self.y.copy()

    def backward(self, dout):
        jac = np.einsum("ni,ij->nij", self.y, np.eye(self.y.shape[1]))
        jac -= np.einsum("ni,nj->nij", self.y, self.y)
        return np.einsum("nij,nj->ni", jac, dout)


class SoftmaxKeepsDx(Softmax):
    def __init__(self):
        self.dx = None

    def backward(self, dout):
        if self.dx is None:
            self.dx = np.zeros_like(self.y)
        for n, s in enumerate(self.y):
            for i in range(len(s)):
                for j in range(len(s)):
                    self.dx[n, i] += s[i] * ((i == j) - s[j]) * dout[n, j]
        return self.dx.copy()


def inputs(rng):
    return (rng.normal(size=(5, 4)),)


RIGHT = [Right(lambda rng: Softmax(), inputs)]
MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: SoftmaxDiagonal(), inputs),
    Mistake("wrong-point", "dx", lambda rng: SoftmaxAtInput(), inputs),
    Mistake("cross-sample", "dx", lambda rng: SoftmaxOneSum(), inputs),
    Mistake("forward-wrong", None, lambda rng: SoftmaxWhole(), inputs),
    Mistake("overwrites-input", None, lambda rng: SoftmaxStable(), inputs),
    Mistake("accumulates", "dx", lambda rng: SoftmaxKeepsDx(), inputs),
]
