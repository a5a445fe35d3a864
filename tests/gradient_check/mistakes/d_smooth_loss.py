"""Softmax with cross-entropy and label smoothing, one-hot labels, by a student who trains on noisy labels."""

import numpy as np

from mistakes import Mistake, Right

SMOOTH = 0.1


def probabilities(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def soften(t):
    return (1 - SMOOTH) * t + SMOOTH / t.shape[1]


class SmoothLoss:
    def forward(self, x, t):
        self.p = probabilities(x)
        self.q = soften(t)
        return -np.sum(self.q * np.log(self.p)) / len(x)

    def backward(self, dout=1):
        return dout * (self.p - self.q) / len(self.p)


class SmoothLossWhole(SmoothLoss):
    def backward(self, dout=1):
        g = self.p.copy()
        g -= self.q
        g *= dout
        return g


class SmoothLossSoftensLabels:
    def forward(self, x, t):
        t *= 1 - SMOOTH
        t += SMOOTH / t.shape[1]
        self.p, self.t = probabilities(x), t.copy()
        return -np.mean(np.sum(t * np.log(self.p), axis=1))

    def backward(self, dout=1):
        return (self.p - self.t) * dout / self.p.shape[0]


class SmoothLossTwoSteps:
    def forward(self, x, t):
        self.q = soften(t)
        self.p = probabilities(x)
        per_sample = -(self.q * np.log(self.p)).sum(axis=1)
        return per_sample.mean()

    def backward(self, dout=1):
        dp = -dout * self.q / self.p / len(self.p)
        return dp * self.p * (1 - self.p)


class SmoothLossMemo:
    def __init__(self):
        self.memo = {}

    def forward(self, x, t):
        p, q = probabilities(x), soften(t)
        self.memo.setdefault("p", p)
        self.memo["q"] = q
        return -(q * np.log(p)).sum() / x.shape[0]

    def backward(self, dout=1):
        p, q = self.memo["p"], self.memo["q"]
        return dout * (p - q) / p.shape[0]


class SmoothLossUphill(SmoothLoss):
    def backward(self, dout=1):
        n = self.p.shape[0]
        return np.multiply(dout / n, self.q - self.p)


class SmoothLossTargetsOfMean:
    def forward(self, x, t):
        n = x.shape[0]
        self.p = probabilities(x)
        self.q = soften(t)
        self.residual = (self.p - self.q) / n
        return -np.sum(self.q * np.log(self.p)) / n

    def backward(self, dout=1):
        return dout * self.residual / self.residual.shape[0]


def noisy(rng):
    return rng.standard_normal((5, 4)), np.eye(4)[rng.integers(0, 4, size=5)]


RIGHT = [Right(lambda rng: SmoothLoss(), noisy)]

MISTAKES = [
    Mistake("missing-batch-average", "dx", lambda rng: SmoothLossWhole(), noisy),
    Mistake("overwrites-input", None, lambda rng: SmoothLossSoftensLabels(), noisy),
    Mistake("missing-term", "dx", lambda rng: SmoothLossTwoSteps(), noisy),
    Mistake("stale-cache", "dx", lambda rng: SmoothLossMemo(), noisy),
    Mistake("sign-flipped", "dx", lambda rng: SmoothLossUphill(), noisy),
    Mistake("extra-batch-average", "dx", lambda rng: SmoothLossTargetsOfMean(), noisy),
]
