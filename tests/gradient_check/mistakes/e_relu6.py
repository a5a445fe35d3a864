"""ReLU6 by a student who works on mobile nets: comparisons kept as boolean arrays."""

import numpy as np

from mistakes import Mistake, Right


class ReLU6:
    cap = 6.0

    def forward(self, x):
        self.linear = np.logical_and(x > 0, x < self.cap)
        return np.minimum(np.maximum(x, 0), self.cap)

    def backward(self, dout):
        return np.where(self.linear, dout, 0.0)


class ReLU6OnlyFloor:
    cap = 6.0

    def forward(self, x):
        self.positive = x > 0
        out = np.where(self.positive, x, 0.0)
        out[out > self.cap] = self.cap
        return out

    def backward(self, dout):
        return np.where(self.positive, dout, 0.0)


class ReLU6OnGradient(ReLU6):
    def backward(self, dout):
        inside = (dout > 0) & (dout < self.cap)
        return np.where(inside, dout, 0.0)


class ReLU6Saturated:
    cap = 6.0

    def forward(self, x):
        out = np.clip(x, 0, self.cap)
        self.clipped = out != x
        return out

    def backward(self, dout):
        return dout * self.clipped


class ReLU6InPlace:
    cap = 6.0

    def forward(self, x):
        self.low = x <= 0
        self.high = x >= self.cap
        out = x.copy()
        out[self.low] = 0
        out[self.high] = self.cap
        return out

    def backward(self, dout):
        dx = dout
        dx[self.low] = 0
        dx[self.high] = 0
        return dx


def wide(rng):
    return (rng.uniform(-6.0, 12.0, (7, 5)),)


RIGHT = [Right(lambda rng: ReLU6(), wide)]

MISTAKES = [
    Mistake("partly-wrong", "dx", lambda rng: ReLU6OnlyFloor(), wide),
    Mistake("mask-from-dout", "dx", lambda rng: ReLU6OnGradient(), wide),
    Mistake("mask-inverted", "dx", lambda rng: ReLU6Saturated(), wide),
    Mistake("overwrites-dout", None, lambda rng: ReLU6InPlace(), wide),
]
