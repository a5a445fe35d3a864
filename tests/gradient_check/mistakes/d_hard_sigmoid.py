"""The hard sigmoid, clip(0.2 x + 0.5, 0, 1), by a student who once programmed microcontrollers."""

import numpy as np

from mistakes import Mistake, Right

SLOPE = 0.2
OFFSET = 0.5


class HardSigmoid:
    def forward(self, x):
        line = SLOPE * x + OFFSET
        self.inside = (line > 0.0) & (line < 1.0)
        return np.clip(line, 0.0, 1.0)

    def backward(self, dout):
        return SLOPE * dout * self.inside


class HardSigmoidSteep(HardSigmoid):
    def backward(self, dout):
        return np.where(self.inside, dout, 0.0)


class HardSigmoidFlags:
    def forward(self, x):
        y = SLOPE * x + OFFSET
        self.flags = np.logical_or(y <= 0.0, y >= 1.0)
        y[y < 0.0] = 0.0
        y[y > 1.0] = 1.0
        return y

    def backward(self, dout):
        dx = np.zeros_like(dout)
        dx[self.flags] = SLOPE * dout[self.flags]
        return dx


class HardSigmoidRange:
    def forward(self, x):
        self.y = np.minimum(np.maximum(SLOPE * x + OFFSET, 0.0), 1.0)
        return self.y

    def backward(self, dout):
        valid = (self.y >= 0.0) & (self.y <= 1.0)
        return SLOPE * dout * valid


class HardSigmoidCeiling:
    def forward(self, x):
        self.x = x
        return np.clip(SLOPE * x + OFFSET, 0.0, 1.0)

    def backward(self, dout):
        below_ceiling = SLOPE * self.x + OFFSET < 1.0
        return dout * below_ceiling * SLOPE


class HardSigmoidInPlace:
    def forward(self, x):
        x *= SLOPE
        x += OFFSET
        self.inside = (x > 0.0) & (x < 1.0)
        return np.clip(x, 0.0, 1.0)

    def backward(self, dout):
        return dout * (SLOPE * self.inside)


class HardSigmoidPositive(HardSigmoid):
    def backward(self, dout):
        dx = SLOPE * dout
        dx[dout <= 0] = 0.0
        return dx


def wide(rng):
    return (3.5 * rng.standard_normal((8, 5)),)


RIGHT = [Right(lambda rng: HardSigmoid(), wide)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: HardSigmoidSteep(), wide),
    Mistake("mask-inverted", "dx", lambda rng: HardSigmoidFlags(), wide),
    Mistake("mask-missing", "dx", lambda rng: HardSigmoidRange(), wide),
    Mistake("partly-wrong", "dx", lambda rng: HardSigmoidCeiling(), wide),
    Mistake("overwrites-input", None, lambda rng: HardSigmoidInPlace(), wide),
    Mistake("mask-from-dout", "dx", lambda rng: HardSigmoidPositive(), wide),
]
