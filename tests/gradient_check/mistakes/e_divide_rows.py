"""Division x / y where y is one divisor per row, shape (N, 1)."""

import numpy as np

from mistakes import Mistake, Right


class DivideRows:
    def forward(self, x, y):
        self.num, self.den = x, y
        return x / y

    def backward(self, dout):
        dnum = dout / self.den
        dden = -np.sum(dout * self.num, axis=1, keepdims=True) / self.den**2
        return dnum, dden


class DivideRowsPositive(DivideRows):
    def backward(self, dout):
        dnum = dout / self.den
        dden = np.sum(dout * self.num * self.den ** (-2), axis=1, keepdims=True)
        return dnum, dden


class DivideRowsWide:
    def forward(self, x, y):
        self.cache = x, 1.0 / y
        return x * self.cache[1]

    def backward(self, dout):
        x, inv = self.cache
        return dout * inv, -dout * x * inv * inv


class DivideRowsByQuotient:
    def forward(self, x, y):
        self.q = x / y
        self.y = y
        return self.q

    def backward(self, dout):
        dx = dout / self.y
        dy = np.sum(-dout * self.q / self.y**2, axis=1, keepdims=True)
        return dx, dy


class DivideRowsMean(DivideRows):
    def backward(self, dout):
        dnum = dout / self.den
        dden = -np.mean(dnum * self.num / self.den, axis=1, keepdims=True)
        return dnum, dden


def fraction(rng):
    return rng.normal(size=(6, 4)), rng.uniform(0.5, 2.0, (6, 1))


RIGHT = [Right(lambda rng: DivideRows(), fraction)]

MISTAKES = [
    Mistake("sign-flipped", "dx2", lambda rng: DivideRowsPositive(), fraction),
    Mistake("not-summed", "dx2", lambda rng: DivideRowsWide(), fraction),
    Mistake("wrong-point", "dx2", lambda rng: DivideRowsByQuotient(), fraction),
    Mistake("extra-batch-average", "dx2", lambda rng: DivideRowsMean(), fraction),
]
