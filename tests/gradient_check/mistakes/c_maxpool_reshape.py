"""Max pooling of non-overlapping windows by one reshape and a mask, in the style of a fan of one-liners."""

import numpy as np

from mistakes import Mistake, Right


class MaxPoolReshape:
    def __init__(self, p=2):
        self.p = p

    def forward(self, x):
        n, c, h, w = x.shape
        blocks = x.reshape(n, c, h // self.p, self.p, w // self.p, self.p)
        out = blocks.max(axis=(3, 5), keepdims=True)
        mask = blocks == out
        self.cache = mask / mask.sum(axis=(3, 5), keepdims=True), x.shape
        return out[:, :, :, 0, :, 0]

    def backward(self, dout):
        mask, shape = self.cache
        return (mask * dout[:, :, :, None, :, None]).reshape(shape)


class EverybodyGetsIt(MaxPoolReshape):
    def backward(self, dout):
        return np.repeat(np.repeat(dout, self.p, axis=2), self.p, axis=3)


class PositiveOnesPass:
    def __init__(self, p=2):
        self.p = p

    def forward(self, x):
        n, c, h, w = x.shape
        return x.reshape(n, c, h // self.p, self.p, w // self.p, self.p).max(axis=5).max(axis=3)

    def backward(self, dout):
        dx = dout.repeat(self.p, axis=2).repeat(self.p, axis=3)
        return np.maximum(dx, 0)


class SharedLikeTheAverage:
    def __init__(self, p=2):
        self.p = p

    def forward(self, x):
        n, c, h, w = x.shape
        p = self.p
        self.blocks = x.reshape(n, c, h // p, p, w // p, p)
        self.out = self.blocks.max(axis=(3, 5))
        return self.out

    def backward(self, dout):
        n, c, h, p, w, _ = self.blocks.shape
        share = dout / (p * p)
        dx = np.where(self.blocks == self.out[:, :, :, None, :, None], share[:, :, :, None, :, None], 0.0)
        return dx.reshape(n, c, h * p, w * p)


class LeavesBlocks(MaxPoolReshape):
    def backward(self, dout):
        mask, (n, c, h, w) = self.cache
        grad = np.expand_dims(dout, (3, 5)) * mask
        return grad.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, h // self.p, w // self.p, self.p**2)


class KeepsWinnersOnly:
    def __init__(self, p=2):
        self.p = p

    def forward(self, x):
        n, c, h, w = x.shape
        blocks = x.reshape(n, c, h // self.p, self.p, w // self.p, self.p)
        top = blocks.max(axis=(3, 5), keepdims=True)
        blocks[blocks < top] = 0
        self.won = x != 0
        return top.squeeze((3, 5))

    def backward(self, dout):
        return np.kron(dout, np.ones((self.p, self.p))) * self.won


class HalfPrecisionMask:
    """The gradient of an image batch is large, float32 is enough."""

    def __init__(self, p=2):
        self.p = p

    def forward(self, x):
        n, c, h, w = x.shape
        blocks = x.reshape(n, c, h // self.p, self.p, w // self.p, self.p)
        out = blocks.max(axis=(3, 5))
        self.mask = (x == np.kron(out, np.ones((self.p, self.p)))).astype(np.float32)
        return out

    def backward(self, dout):
        up = np.empty(self.mask.shape, dtype=self.mask.dtype)
        for a in range(self.p):
            for b in range(self.p):
                up[:, :, a :: self.p, b :: self.p] = dout
        return self.mask * up


def inputs(rng):
    return (rng.normal(size=(5, 3, 4, 6)),)


RIGHT = [Right(lambda rng: MaxPoolReshape(), inputs)]

MISTAKES = [
    Mistake("mask-missing", "dx", lambda rng: EverybodyGetsIt(), inputs),
    Mistake("mask-from-dout", "dx", lambda rng: PositiveOnesPass(), inputs),
    Mistake("constant-factor", "dx", lambda rng: SharedLikeTheAverage(), inputs),
    Mistake("wrong-shape", "dx", lambda rng: LeavesBlocks(), inputs),
    Mistake("overwrites-input", None, lambda rng: KeepsWinnersOnly(), inputs),
    Mistake("precision", "dx", lambda rng: HalfPrecisionMask(), inputs),
]
