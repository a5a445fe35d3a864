"""Log-softmax over the classes, by a student of statistics."""

import numpy as np

from mistakes import Mistake, Right


class LogSoftmax:
    def forward(self, x):
        shifted = x - np.max(x, axis=1, keepdims=True)
        logz = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        self.logp = shifted - logz
        return self.logp

    def backward(self, dout):
        total = np.sum(dout, axis=1, keepdims=True)
        return dout - np.exp(self.logp) * total


class LogSoftmaxDiagonal(LogSoftmax):
    def backward(self, dout):
        prob = np.exp(self.logp)
        return dout * (1.0 - prob)


class LogSoftmaxGrandTotal:
    def forward(self, x):
        top = x.max(axis=1, keepdims=True)
        e = np.exp(x - top)
        self.prob = e / e.sum(axis=1, keepdims=True)
        return np.log(self.prob)

    def backward(self, dout):
        return dout - self.prob * dout.sum()


class LogSoftmaxOnes:
    def forward(self, x):
        self.prob = np.exp(x) / np.exp(x).sum(axis=1)[:, None]
        return np.log(self.prob)

    def backward(self, dout):
        n, k = dout.shape
        jac = np.zeros((n, k, k))
        for i in range(n):
            jac[i] = np.eye(k) - np.outer(np.ones(k), self.prob[i])
        return jac.sum(axis=1)


class LogSoftmaxExpOfScore:
    def forward(self, x):
        self.x = x
        m = np.max(x, axis=1, keepdims=True)
        return x - m - np.log(np.exp(x - m).sum(axis=1, keepdims=True))

    def backward(self, dout):
        total = dout.sum(axis=1, keepdims=True)
        return dout - np.exp(self.x) * total


class LogSoftmaxOrder(LogSoftmax):
    def backward(self, dout):
        p = np.exp(self.logp)
        return np.einsum("nk,nj->nk", p, dout) - dout


class LogSoftmaxStable:
    def forward(self, x):
        x -= x.max(axis=1, keepdims=True)
        self.logp = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        return self.logp

    def backward(self, dout):
        return dout - np.exp(self.logp) * dout.sum(axis=1, keepdims=True)


def scores(rng):
    return (rng.standard_normal((6, 4)),)


RIGHT = [Right(lambda rng: LogSoftmax(), scores)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: LogSoftmaxDiagonal(), scores),
    Mistake("cross-sample", "dx", lambda rng: LogSoftmaxGrandTotal(), scores),
    Mistake("ignores-dout", "dx", lambda rng: LogSoftmaxOnes(), scores),
    Mistake("wrong-point", "dx", lambda rng: LogSoftmaxExpOfScore(), scores),
    Mistake("sign-flipped", "dx", lambda rng: LogSoftmaxOrder(), scores),
    Mistake("overwrites-input", None, lambda rng: LogSoftmaxStable(), scores),
]
