"""Leaky ReLU with a fixed slope: a little local-gradient helper, then the chain rule."""

import numpy as np

from mistakes import Mistake, Right


class LeakyReLU:
    def __init__(self, slope=0.2):
        self.slope = slope

    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, self.slope * z)

    def local_gradient(self):
        g = np.ones_like(self.z)
        g[self.z < 0] = self.slope
        return g

    def backward(self, dA):
        return dA * self.local_gradient()


class LeakySidesExchanged:
    def __init__(self, slope=0.2):
        self.slope = slope

    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, self.slope * z)

    def local_gradient(self):
        g = np.ones_like(self.z)
        g[self.z > 0] = self.slope
        return g

    def backward(self, dA):
        return dA * self.local_gradient()


class LeakyInPlace:
    def __init__(self, slope=0.2):
        self.slope = slope
        self.negative = None

    def forward(self, z):
        self.negative = z < 0
        a = z.copy()
        a[self.negative] *= self.slope
        return a

    def backward(self, dA):
        dA[self.negative] *= self.slope
        return dA


class LeakyStillTimesZ(LeakyReLU):
    def local_gradient(self):
        return np.where(self.z > 0, 1.0, self.slope * self.z)

    def backward(self, dA):
        return dA * self.local_gradient()


class LeakyJustSlope:
    def __init__(self, slope=0.2):
        self.slope = slope

    def forward(self, z):
        self.g = np.where(z > 0, 1.0, self.slope)
        return self.g * z

    def backward(self, dA):
        return self.g.copy()


class LeakyAppliedToGradient(LeakyReLU):
    def backward(self, dA):
        return np.maximum(dA, 0) + self.slope * np.minimum(dA, 0)


class LeakyFloor:
    def __init__(self, slope=0.2):
        self.slope = slope

    def forward(self, z):
        self.z = z
        return np.maximum(z, self.slope)

    def backward(self, dA):
        g = (self.z > 0) + self.slope * (self.z <= 0)
        return dA * g


def pre_activations(rng):
    z = rng.standard_normal((8, 3))
    return (z + 0.3 * np.sign(z),)


RIGHT = [Right(lambda rng: LeakyReLU(), pre_activations), Right(lambda rng: LeakyReLU(slope=0.05), pre_activations)]

MISTAKES = [
    Mistake("mask-inverted", "dx", lambda rng: LeakySidesExchanged(), pre_activations),
    Mistake("overwrites-dout", None, lambda rng: LeakyInPlace(), pre_activations),
    Mistake("partly-wrong", "dx", lambda rng: LeakyStillTimesZ(), pre_activations),
    Mistake("ignores-dout", "dx", lambda rng: LeakyJustSlope(), pre_activations),
    Mistake("mask-from-dout", "dx", lambda rng: LeakyAppliedToGradient(), pre_activations),
    Mistake("forward-wrong", None, lambda rng: LeakyFloor(), pre_activations),
]
