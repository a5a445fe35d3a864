"""Half the sum of squares over the batch size, 1/2 sum (y-t)^2 / N: a student who works on the flattened vectors."""

import numpy as np

from mistakes import Mistake, Right


class HalfSquaredError:
    def forward(self, y, t):
        self.shape = y.shape
        self.diff = y.ravel() - t.ravel()
        return 0.5 * np.dot(self.diff, self.diff) / self.shape[0]

    def backward(self, dout=1):
        dy = self.diff * dout / self.shape[0]
        return dy.reshape(self.shape)


class HalfSquaredErrorFlat(HalfSquaredError):
    def backward(self, dout=1):
        return dout * self.diff / self.shape[0]


class HalfSquaredErrorNoReturn:
    def forward(self, y, t):
        self.N = y.shape[0]
        self.e = y - t
        return 0.5 * np.dot(self.e.ravel(), self.e.ravel()) / self.N

    def backward(self, dout=1):
        self.dy = dout * self.e / self.N


class HalfSquaredErrorByRule:
    """Power rule: (e^2)' = 2 e."""

    def forward(self, y, t):
        self.y, self.t = y, t
        e = y.ravel() - t.ravel()
        return np.sum(e**2) / (2 * len(y))

    def backward(self, dout=1):
        power = 2
        dy = power * (self.y - self.t) ** (power - 1)
        return dout * dy / len(self.y)


class HalfSquaredErrorTarget:
    def forward(self, y, t):
        t -= y
        self.diff = -t
        flat = t.ravel()
        return 0.5 * (flat @ flat) / y.shape[0]

    def backward(self, dout=1):
        return dout * self.diff / self.diff.shape[0]


class HalfSquaredErrorSlope:
    """The slope is what the loss gains on a small step."""

    def _cost(self, y, t):
        d = y.ravel() - t.ravel()
        return 0.5 * np.dot(d, d)

    def forward(self, y, t):
        self.y, self.t = y.copy(), t.copy()
        return self._cost(y, t) / len(y)

    def backward(self, dout=1):
        h = 1e-4
        start = self._cost(self.y, self.t)
        dy = np.zeros_like(self.y)
        for k in np.ndindex(*self.y.shape):
            moved = self.y.copy()
            moved[k] += h
            dy[k] = (self._cost(moved, self.t) - start) / h
        return dout * dy / len(self.y)


class HalfSquaredErrorNoN(HalfSquaredError):
    def backward(self, dout=1):
        dy = np.empty(self.shape)
        dy.flat = dout * self.diff
        return dy


def inputs(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


def images(rng):
    return rng.normal(size=(4, 2, 3, 3)), rng.normal(size=(4, 2, 3, 3))


RIGHT = [Right(lambda rng: HalfSquaredError(), inputs), Right(lambda rng: HalfSquaredError(), images)]
MISTAKES = [
    Mistake("wrong-shape", "dx", lambda rng: HalfSquaredErrorFlat(), inputs),
    Mistake("not-computed", "dx", lambda rng: HalfSquaredErrorNoReturn(), inputs),
    Mistake("constant-factor", "dx", lambda rng: HalfSquaredErrorByRule(), inputs),
    Mistake("overwrites-input", None, lambda rng: HalfSquaredErrorTarget(), inputs),
    Mistake("precision", "dx", lambda rng: HalfSquaredErrorSlope(), inputs),
    Mistake("missing-batch-average", "dx", lambda rng: HalfSquaredErrorNoN(), images),
]
