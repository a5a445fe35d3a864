"""ELU: x where x is positive, alpha * (exp(x) - 1) elsewhere, with boolean indexing on both sides."""

import numpy as np

from mistakes import Mistake, Right


class ELU:
    def __init__(self, alpha=0.8):
        self.alpha = alpha

    def forward(self, x):
        neg = x < 0
        y = x.copy()
        y[neg] = self.alpha * np.expm1(x[neg])
        self.neg, self.y = neg, y
        return y

    def backward(self, dout):
        dx = dout.copy()
        dx[self.neg] = dout[self.neg] * (self.y[self.neg] + self.alpha)
        return dx


class ELUExpOfOutput(ELU):
    def backward(self, dout):
        dx = dout.copy()
        dx[self.neg] = dout[self.neg] * self.alpha * np.exp(self.y[self.neg])
        return dx


class ELUJustY(ELU):
    def backward(self, dout):
        dx = dout.copy()
        dx[self.neg] *= self.y[self.neg]
        return dx


class ELUSignOfGradient:
    def __init__(self, alpha=0.8):
        self.alpha = alpha

    def forward(self, x):
        self.e = np.exp(np.minimum(x, 0))
        return np.maximum(x, 0) + self.alpha * (self.e - 1)

    def backward(self, dout):
        pos = dout > 0
        dx = np.empty_like(dout)
        dx[pos] = dout[pos]
        dx[~pos] = self.alpha * self.e[~pos] * dout[~pos]
        return dx


class ELUCopyTo:
    def __init__(self, alpha=0.8):
        self.alpha = alpha

    def forward(self, x):
        neg = x < 0
        y = x.copy()
        y[neg] = self.alpha * (np.exp(x[neg]) - 1)
        self.neg, self.y = neg, y
        return y

    def backward(self, dout):
        dx = dout.copy()
        slope = self.y[self.neg] + self.alpha
        np.multiply(dx[self.neg], slope, out=dx[self.neg])
        return dx


class ELUInPlace:
    def __init__(self, alpha=0.8):
        self.alpha = alpha

    def forward(self, x):
        self.neg = x < 0
        self.slope = np.ones(x.shape)
        self.slope[self.neg] = self.alpha * np.exp(x[self.neg])
        x[self.neg] = self.slope[self.neg] - self.alpha
        return x

    def backward(self, dout):
        return dout * self.slope


def points(rng):
    x = rng.uniform(0.1, 2.0, (5, 6))
    return (x * rng.choice([-1.0, 1.0], x.shape),)


RIGHT = [Right(lambda rng: ELU(), points)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: ELUExpOfOutput(), points),
    Mistake("partly-wrong", "dx", lambda rng: ELUJustY(), points),
    Mistake("mask-from-dout", "dx", lambda rng: ELUSignOfGradient(), points),
    Mistake("mask-missing", "dx", lambda rng: ELUCopyTo(), points),
    Mistake("overwrites-input", None, lambda rng: ELUInPlace(), points),
]
