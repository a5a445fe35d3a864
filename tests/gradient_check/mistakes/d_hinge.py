"""The multi-class hinge loss (plain and squared) with integer labels, by a student from a computer vision course."""

import numpy as np

from mistakes import Mistake, Right


class Hinge:
    def forward(self, scores, t):
        n = len(t)
        correct = scores[np.arange(n), t][:, None]
        margins = np.maximum(0, scores - correct + 1)
        margins[np.arange(n), t] = 0
        self.margins, self.t = margins, t
        return margins.sum() / n

    def backward(self, dout=1):
        n = len(self.t)
        ds = (self.margins > 0).astype(float)
        ds[np.arange(n), self.t] = -ds.sum(axis=1)
        return dout * ds / n


class SquaredHinge:
    def forward(self, scores, t):
        rows = np.arange(len(t))
        m = np.maximum(0, scores - scores[rows, t].reshape(-1, 1) + 1)
        m[rows, t] = 0
        self.m, self.t = m, t
        return np.mean(np.sum(m**2, axis=1))

    def backward(self, dout=1):
        ds = 2 * self.m
        ds[np.arange(len(self.t)), self.t] -= ds.sum(axis=1)
        return dout * ds / len(self.t)


class HingeSum(Hinge):
    def backward(self, dout=1):
        hit = self.margins > 0
        ds = np.zeros(hit.shape)
        for i in range(len(hit)):
            ds[i, hit[i]] = 1.0
            ds[i, self.t[i]] = -hit[i].sum()
        return ds * dout


class HingeAlwaysHit:
    def forward(self, scores, t):
        self.t, self.shape = t, scores.shape
        loss = 0.0
        for s, y in zip(scores, t, strict=True):
            for j, s_j in enumerate(s):
                if j != y:
                    loss += max(0.0, s_j - s[y] + 1.0)
        return loss / len(t)

    def backward(self, dout=1):
        n, k = self.shape
        ds = np.zeros(self.shape)
        for i in range(n):
            for j in range(k):
                if j != self.t[i]:
                    ds[i, j] += 1.0
                    ds[i, self.t[i]] -= 1.0
        return dout * ds / n


class HingeForgetsTrueClass(Hinge):
    def backward(self, dout=1):
        n = self.margins.shape[0]
        binary = np.where(self.margins > 0, 1.0, 0.0)
        return dout * binary / n


class HingeOneBoard:
    """One blackboard for the margins, as in the lecture."""

    board = None

    def forward(self, scores, t):
        i = np.arange(t.size)
        m = np.maximum(scores - scores[i, t][:, np.newaxis] + 1, 0)
        m[i, t] = 0
        HingeOneBoard.board = (m, t.copy())
        return m.sum(axis=1).mean()

    def backward(self, dout=1):
        m, t = HingeOneBoard.board
        ds = np.sign(m)
        ds[np.arange(t.size), t] = -np.count_nonzero(m, axis=1)
        return ds * (dout / t.size)


class SquaredHingeSlope(SquaredHinge):
    def backward(self, dout=1):
        ds = self.m.copy()
        ds[np.arange(len(self.t)), self.t] = -self.m.sum(axis=1)
        return dout * ds / len(self.t)


class HingeTwiceDivided:
    def forward(self, scores, t):
        n = scores.shape[0]
        margins = np.maximum(0, scores - scores[np.arange(n), t][:, None] + 1)
        margins[np.arange(n), t] = 0
        self.indicator = (margins > 0) / n
        self.t = t
        return margins.sum() / n

    def backward(self, dout=1):
        ds = self.indicator.copy()
        n = ds.shape[0]
        ds[np.arange(n), self.t] = -ds.sum(axis=1)
        ds /= n
        return ds * dout


def scores_and_labels(rng):
    return 2.0 * rng.standard_normal((6, 4)), rng.integers(0, 4, size=6)


RIGHT = [Right(lambda rng: Hinge(), scores_and_labels), Right(lambda rng: SquaredHinge(), scores_and_labels)]

MISTAKES = [
    Mistake("missing-batch-average", "dx", lambda rng: HingeSum(), scores_and_labels),
    Mistake("mask-missing", "dx", lambda rng: HingeAlwaysHit(), scores_and_labels),
    Mistake("partly-wrong", "dx", lambda rng: HingeForgetsTrueClass(), scores_and_labels),
    Mistake("stale-cache", "dx", lambda rng: HingeOneBoard(), scores_and_labels),
    Mistake("constant-factor", "dx", lambda rng: SquaredHingeSlope(), scores_and_labels),
    Mistake("extra-batch-average", "dx", lambda rng: HingeTwiceDivided(), scores_and_labels),
]
