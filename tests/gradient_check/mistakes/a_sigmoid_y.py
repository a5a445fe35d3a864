"""Sigmoid that keeps its output: the derivative is y * (1 - y)."""

import numpy as np

from mistakes import Mistake, Right


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)


def dsigmoid(a):
    return sigmoid(a) * (1 - sigmoid(a))


class SigmoidOfOutput(Sigmoid):
    def backward(self, dout):
        return dout * dsigmoid(self.y)


class SigmoidTurnedRound(Sigmoid):
    def backward(self, dout):
        dx = self.y * (self.y - 1)
        return dx * dout


class SigmoidInPlace:
    def forward(self, x):
        y = sigmoid(x)
        self.y = y
        return y

    def backward(self, dout):
        dout *= self.y
        dout *= 1 - self.y
        return dout


class SigmoidStack:
    """Every forward puts its output on the stack, so that the layer can be used again in the next time step."""

    def __init__(self):
        self.outputs = []

    def forward(self, x):
        y = sigmoid(x)
        self.outputs.append(y)
        return y

    def backward(self, dout):
        y = self.outputs[0]
        return dout * y * (1 - y)


class SigmoidRounded:
    def forward(self, x):
        y = sigmoid(x)
        self.saved = np.round(y, 5)
        return y

    def backward(self, dout):
        return dout * self.saved * (1 - self.saved)


def values(rng):
    return (2 * rng.standard_normal((5, 4)),)


RIGHT = [Right(lambda rng: Sigmoid(), values)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: SigmoidOfOutput(), values),
    Mistake("sign-flipped", "dx", lambda rng: SigmoidTurnedRound(), values),
    Mistake("overwrites-dout", None, lambda rng: SigmoidInPlace(), values),
    Mistake("stale-cache", "dx", lambda rng: SigmoidStack(), values),
    Mistake("precision", "dx", lambda rng: SigmoidRounded(), values),
]
