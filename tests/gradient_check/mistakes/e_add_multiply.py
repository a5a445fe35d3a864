"""Add and Multiply gates for two arrays of the same shape, from the chapter on computational graphs."""

import numpy as np

from mistakes import Mistake, Right


class MulGate:
    def __init__(self):
        self.left = None
        self.right = None

    def forward(self, x, y):
        self.left = x
        self.right = y
        return x * y

    def backward(self, dout):
        dleft = dout * self.right
        dright = dout * self.left
        return dleft, dright


class AddGate:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout * 1, dout * 1


class MulGateOwnFactor:
    def forward(self, x, y):
        self.factors = [x, y]
        return np.prod(self.factors, axis=0)

    def backward(self, dout):
        return tuple(dout * f for f in self.factors)


class MulGateReuse:
    def forward(self, x, y):
        self.left, self.right = x, y
        return np.multiply(x, y)

    def backward(self, dout):
        dright = np.multiply(dout, self.left)
        dleft = np.multiply(dout, self.right, out=dout)
        return dleft, dright


class AddGateOneWay(AddGate):
    def backward(self, dout):
        dx = np.ones_like(dout) * dout
        dy = np.zeros_like(dout)
        return dx, dy


class MulGateLocal(MulGate):
    def backward(self, dout):
        dleft = self.right * dout
        dright = self.left.copy()
        return dleft, dright


def two(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


RIGHT = [Right(lambda rng: MulGate(), two), Right(lambda rng: AddGate(), two)]

MISTAKES = [
    Mistake("swapped", "dx1", lambda rng: MulGateOwnFactor(), two),
    Mistake("overwrites-dout", None, lambda rng: MulGateReuse(), two),
    Mistake("not-computed", "dx2", lambda rng: AddGateOneWay(), two),
    Mistake("ignores-dout", "dx2", lambda rng: MulGateLocal(), two),
]
