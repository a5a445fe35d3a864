"""Huber and L1 loss, summed over a row and averaged over the batch: a student who writes if and else in loops."""

import numpy as np

from mistakes import Mistake, Right


class Huber:
    def __init__(self, delta=0.8):
        self.delta = delta

    def forward(self, x, t):
        self.d = x - t
        total = 0.0
        for d in self.d.flat:
            if abs(d) <= self.delta:
                total += 0.5 * d**2
            else:
                total += self.delta * (abs(d) - 0.5 * self.delta)
        return total / len(x)

    def backward(self, dout=1):
        dx = np.zeros_like(self.d)
        for i, row in enumerate(self.d):
            for j, d in enumerate(row):
                if abs(d) <= self.delta:
                    dx[i, j] = d
                elif d > 0:
                    dx[i, j] = self.delta
                else:
                    dx[i, j] = -self.delta
        return dout * dx / len(self.d)


class L1:
    def forward(self, x, t):
        self.x = x
        self.t = t
        total = 0.0
        for row, target in zip(x, t):
            total += np.abs(row - target).sum()
        return total / x.shape[0]

    def backward(self, dout=1):
        dx = np.zeros_like(self.x)
        for i in range(dx.shape[0]):
            for j in range(dx.shape[1]):
                dx[i, j] = 1.0 if self.x[i, j] > self.t[i, j] else -1.0
        return dx * dout / dx.shape[0]


class HuberNoSign(Huber):
    def backward(self, dout=1):
        dx = np.zeros_like(self.d)
        for pos, d in np.ndenumerate(self.d):
            if abs(d) <= self.delta:
                dx[pos] = d
            else:
                dx[pos] = self.delta
        return dout * dx / len(self.d)


class L1SignOfX(L1):
    def backward(self, dout=1):
        dx = np.zeros_like(self.x)
        for i, row in enumerate(self.x):
            dx[i] = np.sign(row)
        return dx * dout / len(dx)


class L1NoAbs:
    def forward(self, x, t):
        self.signs = np.sign(x - t)
        total = 0.0
        for row, target in zip(x, t):
            for a, b in zip(row, target):
                total += a - b
        return total / x.shape[0]

    def backward(self, dout=1):
        return dout * self.signs / self.signs.shape[0]


class HuberConst:
    """The loss is the last layer, so dout is one."""

    def __init__(self, delta=1.2):
        self.delta = delta

    def forward(self, x, t):
        self.dx = np.zeros(x.shape)
        n = x.shape[0]
        loss = 0.0
        for i in range(n):
            for j in range(x.shape[1]):
                d = x[i, j] - t[i, j]
                if abs(d) > self.delta:
                    loss += self.delta * abs(d) - 0.5 * self.delta**2
                    self.dx[i, j] = self.delta * np.sign(d) / n
                else:
                    loss += 0.5 * d * d
                    self.dx[i, j] = d / n
        return loss / n

    def backward(self, dout=1):
        return self.dx.copy()


class L1Case:
    """The minus of the right case goes with x > t: |t - x| = t - x, when t is larger."""

    def forward(self, x, t):
        self.larger = t > x
        out = 0.0
        for k, larger in np.ndenumerate(self.larger):
            out += t[k] - x[k] if larger else x[k] - t[k]
        return out / len(x)

    def backward(self, dout=1):
        dx = np.empty(self.larger.shape)
        for k, larger in np.ndenumerate(self.larger):
            dx[k] = dout if larger else -dout
        return dx / len(dx)


class HuberMeans:
    """Each sample's loss on its own first, then the mean over the samples."""

    def __init__(self, delta=0.8):
        self.delta = delta

    def _sample(self, d):
        quad = np.minimum(np.abs(d), self.delta)
        return np.sum(0.5 * quad**2 + self.delta * (np.abs(d) - quad))

    def forward(self, x, t):
        self.d = x - t
        return np.mean([self._sample(row) for row in self.d])

    def backward(self, dout=1):
        rows = []
        for row in self.d:
            rows.append(dout * np.clip(row, -self.delta, self.delta))
        return np.array(rows)


def inputs(rng):
    """Draw both parts of the Huber loss on both sides, no point near a kink."""
    d = np.array([[0.3, -2.0, 1.7], [-0.4, 2.4, 0.5], [1.9, -0.2, -1.6], [-1.5, 0.6, 0.1], [0.2, 1.4, -2.2]])
    t = rng.normal(size=d.shape)
    return t + d * rng.uniform(0.95, 1.05, size=d.shape), t


RIGHT = [Right(lambda rng: Huber(), inputs), Right(lambda rng: L1(), inputs)]
MISTAKES = [
    Mistake("partly-wrong", "dx", lambda rng: HuberNoSign(), inputs),
    Mistake("wrong-point", "dx", lambda rng: L1SignOfX(), inputs),
    Mistake("forward-wrong", None, lambda rng: L1NoAbs(), inputs),
    Mistake("ignores-dout", "dx", lambda rng: HuberConst(), inputs),
    Mistake("sign-flipped", "dx", lambda rng: L1Case(), inputs),
    Mistake("missing-batch-average", "dx", lambda rng: HuberMeans(), inputs),
]
