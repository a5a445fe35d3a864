"""Global average pooling and flattening, the two ways from images to a vector, in the style of a ResNet reader."""

import math

import numpy as np

from mistakes import Mistake, Right


class GlobalAveragePool:
    def forward(self, x):
        self.shape = x.shape
        return x.mean(axis=(2, 3))

    def backward(self, dout):
        _, _, h, w = self.shape
        return np.broadcast_to(dout[:, :, None, None] / (h * w), self.shape).copy()


class Flatten:
    def forward(self, x):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dout):
        return dout.reshape(self.shape)


class PoolWithoutNewAxes(GlobalAveragePool):
    def backward(self, dout):
        _, _, h, w = self.shape
        return np.ones(self.shape) * dout / (h * w)


class PoolByResize:
    def forward(self, x):
        self.shape = x.shape
        return x.reshape(*x.shape[:2], -1).mean(axis=-1)

    def backward(self, dout):
        area = self.shape[2] * self.shape[3]
        return np.resize(dout / area, self.shape)


class PoolOfOnes:
    def forward(self, x):
        self.x = x
        total = 0
        for row in range(x.shape[2]):
            for col in range(x.shape[3]):
                total = total + x[:, :, row, col]
        return total / math.prod(x.shape[2:])

    def backward(self, dout):
        return np.full_like(self.x, 1 / math.prod(self.x.shape[2:]))


class PoolLeavesOnePixel:
    def forward(self, x):
        self.area = np.prod(x.shape[2:])
        return np.einsum("nchw->nc", x) / self.area

    def backward(self, dout):
        return (dout / self.area).reshape(*dout.shape, 1, 1)


class FlattenTurned(Flatten):
    def backward(self, dout):
        n, c, h, w = self.shape
        dx = np.zeros((n, c, h, w))
        for k, place in enumerate(np.ndindex(c, w, h)):
            channel, first, second = place
            dx[:, channel, second, first] = dout[:, k]
        return dx


class FlattenCentredOnce:
    last_shape = None

    def forward(self, x):
        """Flatten and centre every sample."""
        flat = x.reshape(x.shape[0], -1)
        self.last_shape = x.shape
        return flat - flat.mean(axis=1, keepdims=True)

    def backward(self, dout):
        return dout.reshape(self.last_shape)


class FlattenCentred:
    def forward(self, x):
        self.shape = x.shape
        flat = x.reshape(x.shape[0], -1)
        return flat - flat.mean(axis=1, keepdims=True)

    def backward(self, dout):
        return (dout - dout.mean(axis=1, keepdims=True)).reshape(self.shape)


def inputs(rng):
    return (rng.normal(size=(5, 2, 3, 4)),)


def square(rng):
    return (rng.normal(size=(5, 2, 4, 4)),)


RIGHT = [
    Right(lambda rng: GlobalAveragePool(), inputs),
    Right(lambda rng: Flatten(), inputs),
    Right(lambda rng: FlattenCentred(), inputs),
]

MISTAKES = [
    Mistake("raises", None, lambda rng: PoolWithoutNewAxes(), inputs),
    Mistake("cross-sample", "dx", lambda rng: PoolByResize(), inputs),
    Mistake("ignores-dout", "dx", lambda rng: PoolOfOnes(), inputs),
    Mistake("wrong-shape", "dx", lambda rng: PoolLeavesOnePixel(), inputs),
    Mistake("transposed", "dx", lambda rng: FlattenTurned(), square),
    Mistake("missing-term", "dx", lambda rng: FlattenCentredOnce(), inputs),
]
