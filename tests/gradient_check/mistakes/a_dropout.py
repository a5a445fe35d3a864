"""Inverted dropout: drops with probability p while training and divides what is kept by 1 - p."""

import numpy as np

from mistakes import Mistake, Right


class Dropout:
    def __init__(self, rng, p=0.4):
        self.rng = rng
        self.p = p
        self.training = True

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
        else:
            self.mask = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class DropoutOnlyScale:
    def __init__(self, rng, p=0.4):
        self.rng = rng
        self.p = p
        self.training = True

    def forward(self, x):
        self.scale = 1.0
        if not self.training:
            return x.copy()
        keep = self.rng.random(x.shape) >= self.p
        self.scale = 1 / (1 - self.p)
        return np.where(keep, x, 0) * self.scale

    def backward(self, dout):
        return dout * self.scale


class DropoutDropMask:
    def __init__(self, rng, p=0.4):
        self.rng = rng
        self.p = p
        self.training = True

    def forward(self, x):
        if not self.training:
            self.drop = np.zeros(x.shape, dtype=bool)
            return x.copy()
        self.drop = self.rng.random(x.shape) < self.p
        out = x / (1 - self.p)
        out[self.drop] = 0
        return out

    def backward(self, dout):
        if not self.training:
            return dout.copy()
        return dout * self.drop / (1 - self.p)


class DropoutFromOutput:
    def __init__(self, rng, p=0.4):
        self.rng = rng
        self.p = p
        self.training = True

    def forward(self, x):
        if self.training:
            keep = self.rng.binomial(1, 1 - self.p, size=x.shape)
            self.out = x * keep / (1 - self.p)
        else:
            self.out = x.copy()
        return self.out

    def backward(self, dout):
        return np.where(self.out == 0, 0, dout)


class DropoutGlobalRandom:
    def __init__(self, p=0.4):
        self.p = p
        self.training = True

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
        else:
            self.mask = (np.random.rand(*x.shape) >= self.p) / (1 - self.p)  # noqa: NPY002
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class DropoutMasksDout(Dropout):
    def backward(self, dout):
        dout *= self.mask
        return dout


class DropoutMasksX(Dropout):
    def forward(self, x):
        self.mask = np.ones(x.shape)
        if self.training:
            self.mask[self.rng.random(x.shape) < self.p] = 0
            self.mask /= 1 - self.p
        x *= self.mask
        return x


def activations(rng):
    return (rng.standard_normal((6, 5)) + 0.5,)


RIGHT = [Right(lambda rng: Dropout(rng), activations)]

MISTAKES = [
    Mistake("mask-missing", "dx", lambda rng: DropoutOnlyScale(rng), activations),
    Mistake("mask-inverted", "dx", lambda rng: DropoutDropMask(rng), activations),
    Mistake("constant-factor", "dx", lambda rng: DropoutFromOutput(rng), activations),
    Mistake("nondeterministic", None, lambda rng: DropoutGlobalRandom(), activations),
    Mistake("overwrites-dout", None, lambda rng: DropoutMasksDout(rng), activations),
    Mistake("overwrites-input", None, lambda rng: DropoutMasksX(rng), activations),
]
