"""Sigmoid that never overflows: one formula for x >= 0 and another for x < 0."""

import numpy as np

from mistakes import Mistake, Right


class StableSigmoid:
    def __init__(self):
        self.y = None

    def forward(self, x):
        y = np.empty_like(x)
        pos = x >= 0
        y[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
        z = np.exp(x[~pos])
        y[~pos] = z / (1.0 + z)
        self.y = y
        return y

    def backward(self, dout):
        return dout * self.y * (1.0 - self.y)


class SigmoidBranchGradients:
    def forward(self, x):
        self.x = x
        y = np.empty_like(x)
        pos = x >= 0
        y[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
        z = np.exp(x[~pos])
        y[~pos] = z / (1.0 + z)
        return y

    def backward(self, dout):
        pos = self.x >= 0
        slope = np.empty_like(self.x)
        e = np.exp(-self.x[pos])
        slope[pos] = e / (1.0 + e) ** 2
        z = np.exp(self.x[~pos])
        slope[~pos] = z / (1.0 + z)
        return dout * slope


class SigmoidBothMinus:
    def forward(self, x):
        y = np.empty_like(x)
        pos = x >= 0
        neg = np.logical_not(pos)
        y[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
        z = np.exp(-x[neg])
        y[neg] = z / (1.0 + z)
        self.y = y
        return y

    def backward(self, dout):
        return dout * self.y * (1.0 - self.y)


class SigmoidTwice:
    @staticmethod
    def sigma(v):
        e = np.exp(-np.abs(v))
        return np.where(v >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    def forward(self, x):
        self.y = self.sigma(x)
        return self.y

    def backward(self, dout):
        s = self.sigma(self.y)
        return dout * s * (1.0 - s)


class SigmoidHalfMemory:
    def forward(self, x):
        y = np.zeros(x.shape, dtype=np.float32)
        pos = x >= 0
        y[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
        z = np.exp(x[~pos])
        y[~pos] = z / (1.0 + z)
        self.y = y
        return y

    def backward(self, dout):
        return dout * self.y * (1.0 - self.y)


def values(rng):
    return (rng.normal(0.0, 2.0, (5, 4)),)


RIGHT = [Right(lambda rng: StableSigmoid(), values)]

MISTAKES = [
    Mistake("partly-wrong", "dx", lambda rng: SigmoidBranchGradients(), values),
    Mistake("forward-wrong", None, lambda rng: SigmoidBothMinus(), values),
    Mistake("wrong-point", "dx", lambda rng: SigmoidTwice(), values),
    Mistake("precision", None, lambda rng: SigmoidHalfMemory(), values),
]
