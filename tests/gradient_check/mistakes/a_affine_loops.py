"""Affine layer straight from the formula sheet: an explicit loop (or an einsum) for every index."""

import numpy as np

from mistakes import Mistake, Right


class LoopAffine:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)
        self.dW = np.zeros((D, M))
        self.db = np.zeros(M)

    def forward(self, x):
        N, D = x.shape
        M = self.b.shape[0]
        y = np.zeros((N, M))
        for n in range(N):
            for m in range(M):
                s = self.b[m]
                for d in range(D):
                    s += x[n, d] * self.W[d, m]
                y[n, m] = s
        self.x = x
        return y

    def backward(self, dout):
        N, D = self.x.shape
        M = dout.shape[1]
        dx = np.zeros((N, D))
        self.dW = np.zeros((D, M))
        self.db = np.zeros(M)
        for n in range(N):
            for m in range(M):
                self.db[m] += dout[n, m]
                for d in range(D):
                    dx[n, d] += dout[n, m] * self.W[d, m]
                    self.dW[d, m] += dout[n, m] * self.x[n, d]
        return dx


class EinsumAffine:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)

    def forward(self, x):
        self.x = x
        return np.einsum("nd,dm->nm", x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.einsum("nd,nm->dm", self.x, dout)
        self.db = np.einsum("nm->m", dout)
        return np.einsum("nm,dm->nd", dout, self.W)


class LoopFromOne(LoopAffine):
    def backward(self, dout):
        N, D = self.x.shape
        M = dout.shape[1]
        dx = np.zeros((N, D))
        self.dW = np.zeros((D, M))
        self.db = np.zeros(M)
        for m in range(M):
            for n in range(N):
                self.db[m] += dout[n, m]
            for d in range(D):
                for n in range(N):
                    self.dW[d, m] += dout[n, m] * self.x[n, d]
        for n in range(N):
            for d in range(1, D):
                for m in range(M):
                    dx[n, d] += dout[n, m] * self.W[d, m]
        return dx


class LoopPaperIndices(LoopAffine):
    def backward(self, dout):
        N, D = self.x.shape
        M = dout.shape[1]
        dx = np.zeros((N, D))
        self.dW = np.zeros((D, M))
        self.db = np.zeros(M)
        for n in range(N):
            for m in range(M):
                self.db[m] += dout[n, m]
                for d in range(D):
                    dx[n, d] += dout[n, m] * self.W[d, m]
                    self.dW[d - 1, m] += dout[n, m] * self.x[n, d]
        return dx


class LoopAssigns:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)

    def forward(self, x):
        self.x = x
        y = np.zeros((len(x), len(self.b)))
        for n, row in enumerate(x):
            for m in range(len(self.b)):
                y[n, m] = sum(row[d] * self.W[d, m] for d in range(len(row))) + self.b[m]
        return y

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        for n in range(len(dout)):
            for m in range(len(self.b)):
                self.db[m] += dout[n, m]
                for d in range(self.x.shape[1]):
                    dx[n, d] += dout[n, m] * self.W[d, m]
                    self.dW[d, m] = dout[n, m] * self.x[n, d]
        return dx


class EinsumSumsOut:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)

    def forward(self, x):
        self.x = x
        return np.einsum("nd,dm->nm", x, self.W) + self.b

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        dx += np.einsum("nm,dm->d", dout, self.W)
        self.dW = np.einsum("nd,nm->dm", self.x, dout)
        self.db = np.einsum("nm->m", dout)
        return dx


class LoopInsertsInFront:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)

    def forward(self, x):
        self.x = x
        rows = []
        for sample in x:
            row = []
            for m in range(self.W.shape[1]):
                row.append(self.b[m] + sum(sample * self.W[:, m]))
            rows.append(row)
        return np.array(rows)

    def backward(self, dout):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        rows = []
        for sample, delta in zip(self.x, dout, strict=True):
            row = []
            for d in range(self.W.shape[0]):
                row.insert(0, sum(delta * self.W[d]))
                self.dW[d] += sample[d] * delta
            rows.append(row)
            self.db += delta
        return np.array(rows)


class LoopFullOfZeros:
    def __init__(self, rng, D=3, M=4):
        self.W = rng.standard_normal((D, M))
        self.b = rng.standard_normal(M)

    def forward(self, x):
        self.x = x
        y = np.full((x.shape[0], self.W.shape[1]), 0.0)
        for n in range(y.shape[0]):
            for m in range(y.shape[1]):
                y[n, m] = (x[n] * self.W[:, m]).sum() + self.b[m]
        return y

    def backward(self, dout):
        dx = np.full(self.x.shape, 0)
        for n in range(dx.shape[0]):
            for d in range(dx.shape[1]):
                dx[n, d] = (dout[n] * self.W[d]).sum()
        self.dW = np.full(self.W.shape, 0.0)
        for d in range(self.W.shape[0]):
            for m in range(self.W.shape[1]):
                self.dW[d, m] = (dout[:, m] * self.x[:, d]).sum()
        self.db = dout.sum(axis=0)
        return dx


def small(rng):
    return (rng.standard_normal((5, 3)),)


RIGHT = [Right(LoopAffine, small), Right(EinsumAffine, small)]

MISTAKES = [
    Mistake("partly-wrong", "dx", LoopFromOne, small),
    Mistake("shifted", "dW", LoopPaperIndices, small),
    Mistake("not-summed", "dW", LoopAssigns, small),
    Mistake("cross-sample", "dx", EinsumSumsOut, small),
    Mistake("reversed", "dx", LoopInsertsInFront, small),
    Mistake("precision", "dx", LoopFullOfZeros, small),
]
