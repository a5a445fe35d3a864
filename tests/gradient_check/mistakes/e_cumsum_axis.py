"""Cumulative sum along time (axis 1), for a homework on sequences."""

import numpy as np

from mistakes import Mistake, Right


class CumSum:
    def forward(self, x):
        return np.cumsum(x, axis=1)

    def backward(self, dout):
        return np.flip(np.cumsum(np.flip(dout, axis=1), axis=1), axis=1)


class CumSumBackInTime(CumSum):
    def backward(self, dout):
        steps = dout.shape[1]
        dx = np.zeros(dout.shape)
        running = np.zeros(len(dout))
        for k in range(steps):
            running = running + dout[:, steps - 1 - k]
            dx[:, k] = running
        return dx


class CumSumLaterSteps:
    def forward(self, x):
        out = np.zeros(x.shape)
        for i in range(x.shape[1]):
            out[:, i] = x[:, : i + 1].sum(axis=1)
        return out

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        for i in range(dout.shape[1]):
            dx[:, i] = dout[:, i + 1 :].sum(axis=1)
        return dx


class CumSumRunning:
    def forward(self, x):
        out = x.copy()
        for i in range(1, out.shape[1]):
            out[:, i] += out[:, i - 1]
        return out

    def backward(self, dout):
        for i in reversed(range(dout.shape[1] - 1)):
            dout[:, i] += dout[:, i + 1]
        return dout


class CumSumOtherAxis(CumSum):
    def backward(self, dout):
        return np.cumsum(dout[::-1], axis=0)[::-1]


def sequence(rng):
    return (rng.normal(size=(4, 6)),)


RIGHT = [Right(lambda rng: CumSum(), sequence)]

MISTAKES = [
    Mistake("reversed", "dx", lambda rng: CumSumBackInTime(), sequence),
    Mistake("shifted", "dx", lambda rng: CumSumLaterSteps(), sequence),
    Mistake("overwrites-dout", None, lambda rng: CumSumRunning(), sequence),
    Mistake("cross-sample", "dx", lambda rng: CumSumOtherAxis(), sequence),
]
