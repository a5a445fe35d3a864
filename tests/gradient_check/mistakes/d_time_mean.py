"""The mean over the time axis of (samples, time, features), by a student who pools a sequence before classifying it."""

import numpy as np

from mistakes import Mistake, Right


class TimeMean:
    def forward(self, x):
        self.shape = x.shape
        return x.mean(axis=1)

    def backward(self, dout):
        steps = self.shape[1]
        return np.repeat(dout[:, np.newaxis, :], steps, axis=1) / steps


class TimeMeanUndivided(TimeMean):
    def backward(self, dout):
        return np.ones(self.shape) * dout[:, None, :]


class TimeMeanThin:
    def forward(self, x):
        self.T = x.shape[1]
        return x.sum(axis=1) / self.T

    def backward(self, dout):
        dx = np.expand_dims(dout, axis=1)
        return dx / self.T


class TimeMeanTiled:
    def forward(self, x):
        self.shape = x.shape
        return np.add.reduce(x, axis=1) / x.shape[1]

    def backward(self, dout):
        steps = self.shape[1]
        return np.tile(dout, (steps, 1)).reshape(self.shape) / steps


class TimeMeanRaw(TimeMean):
    def backward(self, dout):
        dx = np.zeros(self.shape)
        dx += dout / self.shape[1]
        return dx


class TimeMeanShortLoop:
    def forward(self, x):
        self.shape = x.shape
        total = x[:, 0].copy()
        for step in range(1, x.shape[1]):
            total += x[:, step]
        return total / x.shape[1]

    def backward(self, dout):
        dx = np.zeros(self.shape)
        for step in range(1, self.shape[1]):
            dx[:, step] = dout / self.shape[1]
        return dx


class TimeMeanDivides(TimeMean):
    def backward(self, dout):
        dout /= self.shape[1]
        return np.stack([dout] * self.shape[1], axis=1)


def sequences(rng):
    return (rng.standard_normal((4, 5, 3)),)


RIGHT = [Right(lambda rng: TimeMean(), sequences)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: TimeMeanUndivided(), sequences),
    Mistake("wrong-shape", "dx", lambda rng: TimeMeanThin(), sequences),
    Mistake("cross-sample", "dx", lambda rng: TimeMeanTiled(), sequences),
    Mistake("raises", None, lambda rng: TimeMeanRaw(), sequences),
    Mistake("partly-wrong", "dx", lambda rng: TimeMeanShortLoop(), sequences),
    Mistake("overwrites-dout", None, lambda rng: TimeMeanDivides(), sequences),
]
