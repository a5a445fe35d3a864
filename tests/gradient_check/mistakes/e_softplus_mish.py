"""Softplus and Mish, written with logaddexp by somebody who likes smooth activations."""

import numpy as np

from mistakes import Mistake, Right


def logistic(v):
    return 0.5 * (1.0 + np.tanh(0.5 * v))


def softplus(v):
    return np.logaddexp(0.0, v)


class Softplus:
    def forward(self, x):
        self.x = x
        return softplus(x)

    def backward(self, dout):
        return dout * logistic(self.x)


class Mish:
    def forward(self, x):
        self.x = x
        self.tsp = np.tanh(softplus(x))
        return x * self.tsp

    def backward(self, dout):
        return dout * (self.tsp + self.x * (1.0 - self.tsp**2) * logistic(self.x))


class SoftplusFromOutput:
    def forward(self, x):
        self.out = np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0.0)
        return self.out

    def backward(self, dout):
        return dout / (1.0 + np.exp(-self.out))


class SoftplusLinearTail(Softplus):
    threshold = 2.0

    def backward(self, dout):
        slope = logistic(self.x)
        slope[self.x > self.threshold] = 1.0
        return dout * slope


class MishLazySlope:
    def __init__(self):
        self.slope = None

    def forward(self, x):
        self.x = x
        return x * np.tanh(softplus(x))

    def backward(self, dout):
        if self.slope is None:
            t = np.tanh(softplus(self.x))
            self.slope = t + self.x * (1.0 - t**2) * logistic(self.x)
        return dout * self.slope


class MishLikeSwish:
    def forward(self, x):
        self.x = x
        return x * logistic(x)

    def backward(self, dout):
        t = np.tanh(softplus(self.x))
        dt = (1.0 - t * t) * logistic(self.x)
        return dout * (t + self.x * dt)


def values(rng):
    return (rng.normal(0.0, 2.5, (6, 5)),)


RIGHT = [Right(lambda rng: Mish(), values), Right(lambda rng: Softplus(), values)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: SoftplusFromOutput(), values),
    Mistake("partly-wrong", "dx", lambda rng: SoftplusLinearTail(), values),
    Mistake("stale-cache", "dx", lambda rng: MishLazySlope(), values),
    Mistake("forward-wrong", None, lambda rng: MishLikeSwish(), values),
]
