"""Multiplicative Gaussian noise (Gaussian dropout) with its own generator, by a student who read the dropout paper."""

import numpy as np

from mistakes import Mistake, Right


class GaussianDropout:
    def __init__(self, rng, rate=0.3):
        self.rng = rng
        self.sigma = np.sqrt(rate / (1 - rate))

    def forward(self, x):
        self.factor = self.rng.normal(1.0, self.sigma, size=x.shape)
        return x * self.factor

    def backward(self, dout):
        return dout * self.factor


class GaussianDropoutGlobal:
    def __init__(self, rate=0.3):
        self.sigma = (rate / (1 - rate)) ** 0.5

    def forward(self, x):
        self.factor = 1.0 + self.sigma * np.random.standard_normal(x.shape)
        return x * self.factor

    def backward(self, dout):
        return dout * self.factor


class GaussianDropoutFirstNoise:
    def __init__(self, rng, rate=0.3):
        self.rng, self.sigma = rng, np.sqrt(rate / (1 - rate))
        self.saved = []

    def forward(self, x):
        noise = 1 + self.sigma * self.rng.standard_normal(x.shape)
        if not self.saved:
            self.saved.append(noise)
        return x * noise

    def backward(self, dout):
        (noise,) = self.saved
        return noise * dout


class GaussianDropoutJustNoise(GaussianDropout):
    def backward(self, dout):
        dx = np.empty(dout.shape)
        dx[...] = self.factor
        return dx


class GaussianDropoutFlat:
    def __init__(self, rng, rate=0.3):
        self.rng, self.sigma = rng, np.sqrt(rate / (1 - rate))

    def forward(self, x):
        self.noise = self.rng.normal(1.0, self.sigma, size=x.size)
        return (x.ravel() * self.noise).reshape(x.shape)

    def backward(self, dout):
        return dout.ravel() * self.noise


class GaussianDropoutTimesEquals(GaussianDropout):
    def backward(self, dout):
        np.multiply(dout, self.factor, out=dout)
        return dout


class GaussianDropoutNoisyInput:
    def __init__(self, rng, rate=0.3):
        self.rng = rng
        self.sigma = np.sqrt(rate / (1 - rate))

    def forward(self, x):
        noise = self.rng.standard_normal(x.shape)
        noise *= self.sigma
        noise += 1
        x *= noise
        self.noise = noise
        return x.copy()

    def backward(self, dout):
        return dout * self.noise


def own(rng):
    return np.random.default_rng(rng.integers(1000))


def activations(rng):
    return (rng.standard_normal((6, 4)),)


RIGHT = [Right(lambda rng: GaussianDropout(own(rng)), activations)]

MISTAKES = [
    Mistake("nondeterministic", None, lambda rng: GaussianDropoutGlobal(), activations),
    Mistake("stale-cache", "dx", lambda rng: GaussianDropoutFirstNoise(own(rng)), activations),
    Mistake("ignores-dout", "dx", lambda rng: GaussianDropoutJustNoise(own(rng)), activations),
    Mistake("wrong-shape", "dx", lambda rng: GaussianDropoutFlat(own(rng)), activations),
    Mistake("overwrites-dout", None, lambda rng: GaussianDropoutTimesEquals(own(rng)), activations),
    Mistake("overwrites-input", None, lambda rng: GaussianDropoutNoisyInput(own(rng)), activations),
]
