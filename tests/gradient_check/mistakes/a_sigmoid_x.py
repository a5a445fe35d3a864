"""Sigmoid that keeps its input and works the derivative out from it once more."""

import math

import numpy as np

from mistakes import Mistake, Right


class SigmoidLayer:
    def __init__(self):
        self.input = None

    def f(self, x):
        return 1.0 / (1.0 + np.exp(-x))

    def f_prime(self, x):
        s = self.f(x)
        return s * (1.0 - s)

    def forward(self, x):
        self.input = x
        return self.f(x)

    def backward(self, dout):
        return np.multiply(dout, self.f_prime(self.input))


class SigmoidLayerRecipe(SigmoidLayer):
    def backward(self, dout):
        return np.multiply(dout, self.input * (1.0 - self.input))


class SigmoidLayerPrecedence:
    def __init__(self):
        self.input = None

    def forward(self, x):
        self.input = x
        return 1 / 1 + np.exp(-x)

    def backward(self, dout):
        e = np.exp(-self.input)
        return dout * e / (1 + e) ** 2


class SigmoidLayerMinusFirst:
    def __init__(self):
        self.minus_x = None

    def forward(self, x):
        x *= -1
        self.minus_x = x.copy()
        return 1.0 / (1.0 + np.exp(x))

    def backward(self, dout):
        e = np.exp(self.minus_x)
        return dout * e / (1.0 + e) ** 2


class SigmoidLayerMath(SigmoidLayer):
    def f_prime(self, x):
        return math.exp(-x) / (1 + math.exp(-x)) ** 2

    def backward(self, dout):
        return dout * self.f_prime(self.input)


class SigmoidLayerQuotient:
    def __init__(self, h=1e-4):
        self.input = None
        self.h = h

    def f(self, x):
        return 1.0 / (1.0 + np.exp(-x))

    def forward(self, x):
        self.input = x
        return self.f(x)

    def backward(self, dout):
        slope = (self.f(self.input + self.h) - self.f(self.input)) / self.h
        return dout * slope


class SigmoidLayerNoReturn:
    def __init__(self):
        self.input = None
        self.delta = None

    def forward(self, x):
        self.input = x
        return 1.0 / (1.0 + np.exp(-x))

    def backward(self, dout):
        s = 1.0 / (1.0 + np.exp(-self.input))
        self.delta = dout * s * (1.0 - s)


def signal(rng):
    return (rng.uniform(-3, 3, (6, 3)),)


RIGHT = [Right(lambda rng: SigmoidLayer(), signal)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: SigmoidLayerRecipe(), signal),
    Mistake("forward-wrong", None, lambda rng: SigmoidLayerPrecedence(), signal),
    Mistake("overwrites-input", None, lambda rng: SigmoidLayerMinusFirst(), signal),
    Mistake("raises", None, lambda rng: SigmoidLayerMath(), signal),
    Mistake("precision", "dx", lambda rng: SigmoidLayerQuotient(), signal),
    Mistake("not-computed", "dx", lambda rng: SigmoidLayerNoReturn(), signal),
]
