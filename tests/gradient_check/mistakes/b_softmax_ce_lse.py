"""Cross entropy by log-sum-exp for integer and one-hot labels alike: a student who likes helper methods."""

import numpy as np

from mistakes import Mistake, Right


def logsumexp(x):
    m = np.max(x, axis=-1, keepdims=True)
    return m + np.log(np.sum(np.exp(x - m), axis=-1, keepdims=True))


class CrossEntropyLSE:
    def _as_onehot(self, t, k):
        if t.ndim == 2:
            return np.array(t, dtype=float)
        hot = np.zeros((t.size, k))
        for row, label in enumerate(t):
            hot[row, label] = 1.0
        return hot

    def forward(self, x, t):
        self._hot = self._as_onehot(t, x.shape[1])
        self._logp = x - logsumexp(x)
        return -np.sum(self._hot * self._logp) / x.shape[0]

    def backward(self, dout=1):
        batch = self._logp.shape[0]
        return dout * (np.exp(self._logp) - self._hot) / batch


class CrossEntropyLSEOnlyPicked(CrossEntropyLSE):
    """loss = -x[label] + lse"""

    def backward(self, dout=1):
        batch = self._logp.shape[0]
        return -dout * self._hot / batch


class CrossEntropyLSEBranches:
    def forward(self, x, t):
        self.x = x
        self.t = t
        lse = logsumexp(x)
        if t.ndim == 1:
            self.idx = (np.arange(len(t)), t)
            picked = x[self.idx]
        else:
            picked = (x * t).sum(axis=1)
        return np.mean(lse[:, 0] - picked)

    def backward(self, dout=1):
        dx = np.exp(self.x - logsumexp(self.x))
        dx[self.idx] -= 1
        return dout * dx / len(self.x)


class CrossEntropyLSESize:
    def forward(self, x, t):
        self.t = t
        self.logp = x - logsumexp(x)
        if t.ndim == 1:
            return -self.logp[np.arange(t.size), t].mean()
        return -(self.logp * t).sum(axis=1).mean()

    def backward(self, dout=1):
        dx = np.exp(self.logp)
        if self.t.ndim == 1:
            dx[np.arange(self.t.size), self.t] -= 1
        else:
            dx = dx - self.t
        return dout * dx / self.t.size


class CrossEntropyLSEShared:
    memo = {}

    def _labels(self, t):
        return t if t.ndim == 1 else t.argmax(axis=1)

    def forward(self, x, t):
        labels = self._labels(t)
        logp = x - logsumexp(x)
        self.memo["labels"] = labels
        self.memo["logp"] = logp
        return -sum(logp[i, c] for i, c in enumerate(labels)) / len(x)

    def backward(self, dout=1):
        dx = np.exp(self.memo["logp"])
        for i, c in enumerate(self.memo["labels"]):
            dx[i, c] -= 1
        return dout * dx / len(dx)


class CrossEntropyLSEAdds(CrossEntropyLSE):
    def __init__(self):
        self.dx = 0.0

    def backward(self, dout=1):
        batch = len(self._hot)
        self.dx = self.dx + dout * np.exp(self._logp) / batch
        self.dx = self.dx - dout * self._hot / batch
        return self.dx


def integers(rng):
    return rng.normal(size=(5, 3)), rng.integers(0, 3, size=5)


def onehot(rng):
    return rng.normal(size=(5, 4)), np.eye(4)[rng.integers(0, 4, size=5)]


RIGHT = [Right(lambda rng: CrossEntropyLSE(), integers), Right(lambda rng: CrossEntropyLSE(), onehot)]
MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: CrossEntropyLSEOnlyPicked(), integers),
    Mistake("raises", None, lambda rng: CrossEntropyLSEBranches(), onehot),
    Mistake("constant-factor", "dx", lambda rng: CrossEntropyLSESize(), onehot),
    Mistake("stale-cache", "dx", lambda rng: CrossEntropyLSEShared(), integers),
    Mistake("accumulates", "dx", lambda rng: CrossEntropyLSEAdds(), onehot),
]
