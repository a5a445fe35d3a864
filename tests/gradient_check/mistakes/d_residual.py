"""A residual block x + relu(x W + b), by a student who read the ResNet paper and keeps things short."""

import numpy as np

from mistakes import Mistake, Right


class ResBlock:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return x + np.maximum(self.z, 0)

    def backward(self, dout):
        dz = dout * (self.z > 0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(0)
        return dout + dz @ self.W.T


class ResBlockNoSkip(ResBlock):
    def backward(self, dout):
        dz = np.where(self.z > 0, dout, 0)
        self.dW, self.db = self.x.T @ dz, dz.sum(0)
        return dz @ self.W.T


class ResBlockSides:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        z = x @ self.W + self.b
        self.on = z > 0
        return x + z * self.on

    def backward(self, dout):
        branch = dout * self.on
        self.dW = np.tensordot(branch, self.x, axes=(0, 0))
        self.db = branch.sum(axis=0)
        return dout + branch @ self.W.T


class ResBlockBlocked:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        f = x @ self.W + self.b
        self.dead = f < 0
        f[self.dead] = 0
        return x + f

    def backward(self, dout):
        dz = dout * self.dead
        self.dW = self.x.T @ dz
        self.db = dz.sum(0)
        return dout + dz @ self.W.T


class ResBlockReluOfGradient(ResBlock):
    def backward(self, dout):
        dz = np.maximum(dout, 0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(0)
        return dout + dz @ self.W.T


class ResBlockPlusEquals(ResBlock):
    def backward(self, dout):
        dz = dout * (self.z > 0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(0)
        dout += dz @ self.W.T
        return dout


class ResBlockInPlace:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.skip = x.copy()
        f = np.maximum(x @ self.W + self.b, 0)
        self.mask = f > 0
        x += f
        return x

    def backward(self, dout):
        df = dout * self.mask
        self.dW = self.skip.T @ df
        self.db = np.sum(df, axis=0)
        return dout + df @ self.W.T


def block(rng):
    return rng.standard_normal((4, 4)), 0.1 * rng.standard_normal(4)


def features(rng):
    return (rng.standard_normal((6, 4)),)


RIGHT = [Right(lambda rng: ResBlock(*block(rng)), features)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: ResBlockNoSkip(*block(rng)), features),
    Mistake("transposed", "dW", lambda rng: ResBlockSides(*block(rng)), features),
    Mistake("mask-inverted", None, lambda rng: ResBlockBlocked(*block(rng)), features),
    Mistake("mask-from-dout", None, lambda rng: ResBlockReluOfGradient(*block(rng)), features),
    Mistake("overwrites-dout", None, lambda rng: ResBlockPlusEquals(*block(rng)), features),
    Mistake("overwrites-input", None, lambda rng: ResBlockInPlace(*block(rng)), features),
]
