"""Inverted dropout with a generator of its own; the drop probability is called `rate`."""

import numpy as np

from mistakes import Mistake, Right


class InvertedDropout:
    def __init__(self, rate, seed):
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        keep = self.rng.random(x.shape) >= self.rate
        self.scale = keep / (1.0 - self.rate)
        return x * self.scale

    def backward(self, dout):
        return dout * self.scale


class DropoutPlainBackward:
    def __init__(self, rate, seed):
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        self.keep = self.rng.random(x.shape) >= self.rate
        return x * self.keep / (1.0 - self.rate)

    def backward(self, dout):
        return dout * self.keep


class DropoutFreshGenerator:
    def __init__(self, rate):
        self.rate = rate

    def forward(self, x):
        generator = np.random.default_rng()
        self.scale = (generator.random(x.shape) >= self.rate) / (1.0 - self.rate)
        return x * self.scale

    def backward(self, dout):
        return dout * self.scale


class DropoutDroppedOnes:
    def __init__(self, rate, seed):
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        self.dropped = self.rng.random(x.shape) < self.rate
        out = x / (1.0 - self.rate)
        out[self.dropped] = 0.0
        return out

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        dx[self.dropped] = dout[self.dropped] / (1.0 - self.rate)
        return dx


class DropoutSavesMemory(InvertedDropout):
    def forward(self, x):
        keep = self.rng.random(x.shape) >= self.rate
        self.scale = keep / (1.0 - self.rate)
        x *= self.scale
        return x.copy()


def batch(rng):
    return (rng.normal(size=(8, 5)),)


RIGHT = [Right(lambda rng: InvertedDropout(0.4, 11), batch)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: DropoutPlainBackward(0.4, 12), batch),
    Mistake("nondeterministic", None, lambda rng: DropoutFreshGenerator(0.4), batch),
    Mistake("mask-inverted", "dx", lambda rng: DropoutDroppedOnes(0.4, 13), batch),
    Mistake("overwrites-input", None, lambda rng: DropoutSavesMemory(0.4, 14), batch),
]
