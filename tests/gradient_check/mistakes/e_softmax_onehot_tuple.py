"""Softmax with cross entropy for one-hot targets; the student hands a tuple `cache` to backward."""

import numpy as np

from mistakes import Mistake, Right


def softmax_rows(scores):
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    expd = np.exp(shifted)
    return expd / np.sum(expd, axis=1, keepdims=True)


class SoftmaxCrossEntropy:
    def forward(self, x, t):
        probs = softmax_rows(x)
        self.cache = (probs, t, x.shape[0])
        return -np.sum(t * np.log(probs)) / x.shape[0]

    def backward(self, dout=1):
        probs, t, n = self.cache
        return dout * (probs - t) / n


class SoftmaxSumOfRows(SoftmaxCrossEntropy):
    def backward(self, dout=1):
        probs, t, _ = self.cache
        return dout * (probs - t)


class SoftmaxStart:
    def forward(self, x, t):
        p = softmax_rows(x)
        self.cache = (p, t)
        return -np.mean(np.sum(t * np.log(p), axis=1))

    def backward(self, dout=1):
        p, t = self.cache
        dx = p.copy()
        dx[t.astype(bool)] -= 1
        return dx / len(p)


class SoftmaxShiftsScores:
    def forward(self, x, t):
        x -= x.max(axis=1, keepdims=True)
        logp = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        self.cache = (np.exp(logp), t)
        return -(t * logp).sum() / len(t)

    def backward(self, dout=1):
        p, t = self.cache
        return dout * (p - t) / len(t)


class SoftmaxTwoSteps:
    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        s = e.sum(axis=1, keepdims=True)
        p = e / s
        self.cache = (e, s, p, t)
        return -np.sum(t * np.log(p)) / len(t)

    def backward(self, dout=1):
        e, s, p, t = self.cache
        dp = -dout * t / p / len(t)
        de = dp / s
        return de * e


def scores(rng):
    t = np.eye(3)[rng.permutation([0, 1, 2, 0, 1])]
    return rng.normal(0.0, 1.5, (5, 3)), t


RIGHT = [Right(lambda rng: SoftmaxCrossEntropy(), scores)]

MISTAKES = [
    Mistake("missing-batch-average", "dx", lambda rng: SoftmaxSumOfRows(), scores),
    Mistake("ignores-dout", "dx", lambda rng: SoftmaxStart(), scores),
    Mistake("overwrites-input", None, lambda rng: SoftmaxShiftsScores(), scores),
    Mistake("missing-term", "dx", lambda rng: SoftmaxTwoSteps(), scores),
]
