"""ReLU in one-liners with np.maximum and np.where, for activations of any shape."""

import numpy as np

from mistakes import Mistake, Right


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return np.where(self.x > 0, dout, 0)


class ReLUDerivative(ReLU):
    def backward(self, dout):
        return np.where(self.x > 0, 1.0, 0.0)


class ReLUMaximumTwice(ReLU):
    def backward(self, dout):
        return np.maximum(dout, 0)


class ReLUFromOutput:
    def forward(self, x):
        self.y = np.maximum(0, x)
        return self.y

    def backward(self, dout):
        return np.where(self.y >= 0, dout, 0)


class ReLUHalfMemory:
    def forward(self, x):
        self.positive = x > 0
        return np.where(self.positive, x, 0)

    def backward(self, dout):
        dx = np.zeros(dout.shape, dtype=np.float32)
        np.copyto(dx, dout, where=self.positive, casting="same_kind")
        return dx


class ReLUTypo:
    def forward(self, x):
        self.x = x
        return np.maximum(x, -x)

    def backward(self, dout):
        return np.where(self.x > 0, dout, 0)


class ReLUClip:
    def forward(self, x):
        self.gate = np.clip(x, 0, 1).astype(int)
        return np.maximum(x, 0)

    def backward(self, dout):
        return self.gate * dout


def rows(rng):
    x = 1.5 * rng.standard_normal((7, 4))
    return (np.where(np.abs(x) < 0.05, 0.3, x),)


def maps(rng):
    x = 1.5 * rng.standard_normal((4, 2, 3, 5))
    return (np.where(np.abs(x) < 0.05, 0.3, x),)


RIGHT = [Right(lambda rng: ReLU(), rows), Right(lambda rng: ReLU(), maps)]

MISTAKES = [
    Mistake("ignores-dout", "dx", lambda rng: ReLUDerivative(), rows),
    Mistake("mask-from-dout", "dx", lambda rng: ReLUMaximumTwice(), maps),
    Mistake("mask-missing", "dx", lambda rng: ReLUFromOutput(), rows),
    Mistake("precision", "dx", lambda rng: ReLUHalfMemory(), maps),
    Mistake("forward-wrong", None, lambda rng: ReLUTypo(), rows),
    Mistake("partly-wrong", "dx", lambda rng: ReLUClip(), maps),
]
