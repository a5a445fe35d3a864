"""Multiply with broadcasting: a student who finds the stretched axes first, and keeps the inputs in a list."""

import numpy as np

from mistakes import Mistake, Right


def stretched(shape, target):
    """Give the axes along which ``shape`` was stretched to ``target``."""
    padded = (1,) * (len(target) - len(shape)) + tuple(shape)
    return tuple(i for i, (a, b) in enumerate(zip(padded, target)) if a == 1 and b > 1)


class Multiply:
    def forward(self, x1, x2):
        self.saved = [x1, x2]
        return x1 * x2

    def backward(self, dout):
        x1, x2 = self.saved
        g1 = (dout * x2).sum(axis=stretched(x1.shape, dout.shape)).reshape(x1.shape)
        g2 = (dout * x1).sum(axis=stretched(x2.shape, dout.shape)).reshape(x2.shape)
        return g1, g2


class MultiplyOwn(Multiply):
    def backward(self, dout):
        grads = []
        for x in self.saved:
            g = dout * x
            grads.append(g.sum(axis=stretched(x.shape, dout.shape)).reshape(x.shape))
        return tuple(grads)


class MultiplyScale(Multiply):
    """The scale's gradient is what it is multiplied with."""

    def backward(self, dout):
        x, scale = self.saved
        dx = dout * scale
        dscale = np.broadcast_to(x, dout.shape).sum(axis=stretched(scale.shape, dout.shape))
        return dx, dscale.reshape(scale.shape)


class MultiplyHistory:
    def __init__(self):
        self.saved = []

    def forward(self, x1, x2):
        self.saved.append((x1.copy(), x2.copy()))
        return np.multiply(x1, x2)

    def backward(self, dout):
        x1, x2 = self.saved[0]
        dx1 = np.sum(dout * x2, axis=stretched(x1.shape, dout.shape)).reshape(x1.shape)
        dx2 = np.sum(dout * x1, axis=stretched(x2.shape, dout.shape)).reshape(x2.shape)
        return dx1, dx2


class MultiplyByDivision:
    """out / x is the other factor, so only the output has to be kept."""

    def forward(self, x1, x2):
        self.x1, self.x2 = x1, x2
        self.out = x1 * x2
        return self.out.copy()

    def backward(self, dout):
        eps = 1e-5
        dx1 = dout * self.x2
        dx2 = dout * (self.out / (self.x2 + eps))
        dx1 = dx1.sum(axis=stretched(self.x1.shape, dout.shape)).reshape(self.x1.shape)
        return dx1, dx2.sum(axis=stretched(self.x2.shape, dout.shape)).reshape(self.x2.shape)


class MultiplyReuse:
    def forward(self, x1, x2):
        self.x1 = x1
        self.x2 = x2
        return x1 * x2

    def backward(self, dout):
        prod = dout * self.x1
        dx2 = prod.sum(axis=stretched(self.x2.shape, dout.shape)).reshape(self.x2.shape)
        dout *= self.x2
        dx1 = dout.sum(axis=stretched(self.x1.shape, dout.shape)).reshape(self.x1.shape)
        return dx1.copy(), dx2


class MultiplyChannels:
    """A factor for each channel: images (N, C, H, W), factors (C, 1, 1)."""

    def forward(self, images, factors):
        self.saved = images, factors
        return images * factors

    def backward(self, dout):
        images, factors = self.saved
        dfactors = np.zeros_like(factors)
        for c in range(factors.shape[0]):
            dfactors[c, 0, 0] = np.sum(dout[0, c] * images[0, c])
        return dout * factors, dfactors


def same(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


def row(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(3,))


def column(rng):
    return rng.normal(size=(6, 4)), rng.uniform(0.5, 2.0, size=(6, 1))


def channels(rng):
    return rng.normal(size=(4, 2, 3, 3)), rng.normal(size=(2, 1, 1))


RIGHT = [Right(lambda rng: Multiply(), inputs) for inputs in (same, row, column, channels)]
MISTAKES = [
    Mistake("swapped", None, lambda rng: MultiplyOwn(), same),
    Mistake("ignores-dout", "dx2", lambda rng: MultiplyScale(), row),
    Mistake("stale-cache", None, lambda rng: MultiplyHistory(), row),
    Mistake("precision", "dx2", lambda rng: MultiplyByDivision(), column),
    Mistake("overwrites-dout", None, lambda rng: MultiplyReuse(), row),
    Mistake("not-summed", "dx2", lambda rng: MultiplyChannels(), channels),
]
