"""ReLU with a boolean mask of the blocked places, as in the book, but working on copies."""

import numpy as np

from mistakes import Mistake, Right


class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class ReluBook:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


class ReluNoCopy:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class ReluActive:
    """Here the mask marks the active places."""

    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x > 0
        out = np.zeros_like(x)
        out[self.mask] = x[self.mask]
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class ReluFill(Relu):
    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask].fill(0)
        return dx


class ReluFirstMask:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        mask = x <= 0
        if self.mask is None:
            self.mask = mask
        out = x.copy()
        out[mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class ReluAgain(Relu):
    def backward(self, dout):
        mask = dout <= 0
        dx = dout.copy()
        dx[mask] = 0
        return dx


def x_off_the_kink(rng):
    x = rng.standard_normal((6, 5))
    return (x + 0.1 * np.sign(x),)


RIGHT = [Right(lambda rng: Relu(), x_off_the_kink)]

MISTAKES = [
    Mistake("overwrites-dout", None, lambda rng: ReluBook(), x_off_the_kink),
    Mistake("overwrites-input", None, lambda rng: ReluNoCopy(), x_off_the_kink),
    Mistake("mask-inverted", "dx", lambda rng: ReluActive(), x_off_the_kink),
    Mistake("mask-missing", "dx", lambda rng: ReluFill(), x_off_the_kink),
    Mistake("stale-cache", "dx", lambda rng: ReluFirstMask(), x_off_the_kink),
    Mistake("mask-from-dout", "dx", lambda rng: ReluAgain(), x_off_the_kink),
]
