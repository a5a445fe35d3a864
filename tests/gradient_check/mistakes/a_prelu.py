"""PReLU: like the leaky ReLU, but every feature learns its own slope alpha."""

import numpy as np

from mistakes import Mistake, Right


class PReLU:
    def __init__(self, features, rng):
        self.alpha = rng.uniform(0.1, 0.4, features)
        self.dalpha = np.zeros(features)

    def forward(self, x):
        self.x = x
        return np.maximum(x, 0) + self.alpha * np.minimum(x, 0)

    def backward(self, dout):
        self.dalpha = np.sum(dout * np.minimum(self.x, 0), axis=0)
        return dout * np.where(self.x > 0, 1, self.alpha)


class PReLUEverySample(PReLU):
    def backward(self, dout):
        self.dalpha = dout * np.minimum(self.x, 0)
        return dout * np.where(self.x > 0, 1, self.alpha)


class PReLUOneNumber:
    def __init__(self, features, rng):
        self.alpha = rng.uniform(0.1, 0.4, features)
        self.dalpha = np.zeros(features)

    def forward(self, x):
        self.below = x < 0
        self.x = x
        return np.where(self.below, self.alpha * x, x)

    def backward(self, dout):
        self.dalpha = np.sum(dout[self.below] * self.x[self.below])
        return np.where(self.below, self.alpha * dout, dout)


class PReLUSlopeMask:
    def __init__(self, features, rng):
        self.alpha = rng.uniform(0.1, 0.4, features)
        self.dalpha = np.zeros(features)

    def forward(self, x):
        self.x = x
        self.pos = (x > 0).astype(float)
        return self.pos * x + (1 - self.pos) * self.alpha * x

    def backward(self, dout):
        dx = self.pos * dout + (1 - self.pos) * self.alpha * dout
        self.dalpha = (self.pos * dout * self.x).sum(axis=0)
        return dx


class PReLUFromOutput:
    def __init__(self, features, rng):
        self.alpha = rng.uniform(0.1, 0.4, features)
        self.dalpha = np.zeros(features)

    def forward(self, x):
        self.y = np.where(x > 0, x, self.alpha * x)
        return self.y

    def backward(self, dout):
        self.dalpha = np.sum(dout * np.minimum(self.y, 0), axis=0)
        return dout * np.where(self.y > 0, 1, self.alpha)


class PReLUReusesSum:
    def __init__(self, features, rng):
        self.alpha = rng.uniform(0.1, 0.4, features)
        self.dalpha = np.zeros(features)

    def forward(self, x):
        self.x = x
        self.neg = x < 0
        return np.where(self.neg, self.alpha * x, x)

    def backward(self, dout):
        self.dalpha = np.sum(dout * self.x * self.neg, axis=0)
        grad = np.sum(dout * self.neg, axis=0)
        return np.where(self.neg, self.alpha * grad, dout)


class PReLUMeanSlope(PReLU):
    def backward(self, dout):
        self.dalpha = np.where(self.x < 0, dout * self.x, 0).mean(axis=0)
        return dout * np.where(self.x > 0, 1, self.alpha)


def features(rng):
    x = rng.standard_normal((8, 5))
    return (np.where(x < 0, x - 0.1, x + 0.1),)


RIGHT = [Right(lambda rng: PReLU(5, rng), features)]

MISTAKES = [
    Mistake("not-summed", "dalpha", lambda rng: PReLUEverySample(5, rng), features),
    Mistake("wrong-shape", "dalpha", lambda rng: PReLUOneNumber(5, rng), features),
    Mistake("mask-inverted", "dalpha", lambda rng: PReLUSlopeMask(5, rng), features),
    Mistake("wrong-point", "dalpha", lambda rng: PReLUFromOutput(5, rng), features),
    Mistake("cross-sample", "dx", lambda rng: PReLUReusesSum(5, rng), features),
    Mistake("extra-batch-average", "dalpha", lambda rng: PReLUMeanSlope(5, rng), features),
]
