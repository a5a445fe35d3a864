"""Half squared error per sample, averaged over the batch with np.mean (and np.mean only)."""

import numpy as np

from mistakes import Mistake, Right


class HalfSquaredError:
    def forward(self, x, t):
        self.r = x - t
        width = x.shape[1]
        return 0.5 * width * np.mean(self.r**2)

    def backward(self, dout=1):
        return dout * self.r / len(self.r)


class SquaredErrorNoHalf:
    def forward(self, x, t):
        self.r = x - t
        return np.mean(np.square(self.r).sum(axis=-1))

    def backward(self, dout=1):
        return dout * self.r / len(self.r)


class SquaredErrorAveraged:
    def forward(self, x, t):
        self.n = len(x)
        residual = x - t
        self.r = residual / self.n
        return 0.5 * np.mean(np.sum(residual * residual, axis=1))

    def backward(self, dout=1):
        return dout * self.r / self.n


class SquaredErrorColumn(HalfSquaredError):
    def backward(self, dout=1):
        return dout * np.mean(self.r, axis=0, keepdims=True)


class SquaredErrorReuse:
    def forward(self, x, t):
        x -= t
        self.slope = x / len(x)
        return 0.5 * np.mean(np.einsum("nk,nk->n", x, x))

    def backward(self, dout=1):
        return dout * self.slope


def pair(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


RIGHT = [Right(lambda rng: HalfSquaredError(), pair)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: SquaredErrorNoHalf(), pair),
    Mistake("extra-batch-average", "dx", lambda rng: SquaredErrorAveraged(), pair),
    Mistake("wrong-shape", "dx", lambda rng: SquaredErrorColumn(), pair),
    Mistake("overwrites-input", None, lambda rng: SquaredErrorReuse(), pair),
]
