"""Batch normalisation (N, D) after a blog's computational graph, one step at a time."""

import numpy as np

from mistakes import Mistake, Right


class BatchNormGraph:
    def __init__(self, d, rng, eps=1e-7):
        self.gamma = rng.uniform(0.5, 1.5, d)
        self.beta = rng.normal(size=d)
        self.eps = eps

    def forward(self, x):
        N, D = x.shape
        mu = 1.0 / N * np.sum(x, axis=0)
        xmu = x - mu
        sq = xmu**2
        var = 1.0 / N * np.sum(sq, axis=0)
        sqrtvar = np.sqrt(var + self.eps)
        ivar = 1.0 / sqrtvar
        xhat = xmu * ivar
        gammax = self.gamma * xhat
        out = gammax + self.beta
        self.cache = (xhat, xmu, ivar, sqrtvar, var)
        return out

    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar, var = self.cache
        N, D = dout.shape
        # step 9
        self.dbeta = np.sum(dout, axis=0)
        dgammax = dout
        # step 8
        self.dgamma = np.sum(dgammax * xhat, axis=0)
        dxhat = dgammax * self.gamma
        # step 7
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        # step 6
        dsqrtvar = -1.0 / (sqrtvar**2) * divar
        # step 5
        dvar = 0.5 * 1.0 / np.sqrt(var + self.eps) * dsqrtvar
        # step 4
        dsq = 1.0 / N * np.ones((N, D)) * dvar
        # step 3
        dxmu2 = 2 * xmu * dsq
        # step 2
        dx1 = dxmu1 + dxmu2
        dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
        # step 1
        dx2 = 1.0 / N * np.ones((N, D)) * dmu
        # step 0
        return dx1 + dx2


class BatchNormStopsAtTwo:
    def __init__(self, d, rng, eps=1e-7):
        self.gamma = rng.uniform(0.5, 1.5, d)
        self.beta = rng.normal(size=d)
        self.eps = eps

    def forward(self, x):
        N, D = x.shape
        mu = 1.0 / N * np.sum(x, axis=0)
        xmu = x - mu
        var = 1.0 / N * np.sum(xmu**2, axis=0)
        sqrtvar = np.sqrt(var + self.eps)
        ivar = 1.0 / sqrtvar
        xhat = xmu * ivar
        self.cache = (xhat, xmu, ivar, sqrtvar)
        return self.gamma * xhat + self.beta

    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar = self.cache
        N, D = dout.shape
        # step 9 and 8
        self.dbeta = np.sum(dout, axis=0)
        self.dgamma = np.sum(dout * xhat, axis=0)
        dxhat = dout * self.gamma
        # step 7 to 5
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        dsqrtvar = -1.0 / (sqrtvar**2) * divar
        dvar = 0.5 / sqrtvar * dsqrtvar
        # step 4 to 2
        dsq = 1.0 / N * np.ones((N, D)) * dvar
        dxmu2 = 2 * xmu * dsq
        dx = dxmu1 + dxmu2
        return dx


class BatchNormInverseOfVariance(BatchNormGraph):
    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar, var = self.cache
        N, D = dout.shape
        self.dbeta = np.sum(dout, axis=0)
        self.dgamma = np.sum(dout * xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        dsqrtvar = -1.0 / ((var + self.eps) ** 2) * divar
        dvar = 0.5 * 1.0 / np.sqrt(var + self.eps) * dsqrtvar
        dsq = 1.0 / N * np.ones((N, D)) * dvar
        dxmu2 = 2 * xmu * dsq
        dx1 = dxmu1 + dxmu2
        dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
        return dx1 + 1.0 / N * np.ones((N, D)) * dmu


class BatchNormMixedNames(BatchNormGraph):
    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar, var = self.cache
        N, D = dout.shape
        self.dgamma = np.sum(dout, axis=0)
        self.dbeta = np.sum(dout * xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dvar = -0.5 * divar / (var + self.eps) / sqrtvar
        dxmu = dxhat * ivar + 2 * xmu * dvar / N
        dmu = -np.sum(dxmu, axis=0)
        return dxmu + dmu / N


class BatchNormWithoutOffset:
    def __init__(self, d, rng, eps=1e-7):
        self.gamma = rng.uniform(0.5, 1.5, d)
        self.beta = rng.normal(size=d)
        self.eps = eps

    def forward(self, x):
        mu = np.mean(x, axis=0)
        xmu = x - mu
        var = np.mean(xmu**2, axis=0)
        ivar = 1.0 / np.sqrt(var + self.eps)
        xhat = xmu * ivar
        gammax = self.gamma * xhat
        self.cache = (xhat, xmu, ivar)
        return gammax

    def backward(self, dout):
        xhat, xmu, ivar = self.cache
        N, D = dout.shape
        self.dbeta = np.sum(dout, axis=0)
        self.dgamma = np.sum(dout * xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dvar = -0.5 * ivar**3 * divar
        dxmu = dxhat * ivar + 2.0 / N * xmu * dvar
        dmu = -np.sum(dxmu, axis=0)
        return dxmu + dmu / N


def batch(rng):
    return (rng.normal(1.0, 2.0, (6, 4)),)


RIGHT = [Right(lambda rng: BatchNormGraph(4, rng), batch)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: BatchNormStopsAtTwo(4, rng), batch),
    Mistake("wrong-point", "dx", lambda rng: BatchNormInverseOfVariance(4, rng), batch),
    Mistake("swapped", "dgamma", lambda rng: BatchNormMixedNames(4, rng), batch),
    Mistake("forward-wrong", None, lambda rng: BatchNormWithoutOffset(4, rng), batch),
]
