"""Batch normalisation over (N, D), walked back node by node, in the style of a student with the fish book at hand."""

import numpy as np

from mistakes import Mistake, Right


class BatchNormalization:
    def __init__(self, gamma, beta, momentum=0.9):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.running_mean = None
        self.running_var = None
        self.batch_size = None
        self.xc = None
        self.std = None
        self.dgamma = None
        self.dbeta = None

    def forward(self, x):
        if self.running_mean is None:
            self.running_mean = np.zeros(x.shape[1])
            self.running_var = np.zeros(x.shape[1])
        mu = x.mean(axis=0)
        xc = x - mu
        var = np.mean(xc**2, axis=0)
        std = np.sqrt(var + 10e-7)
        xn = xc / std
        self.batch_size = x.shape[0]
        self.xc = xc
        self.xn = xn
        self.std = std
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
        self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        return self.gamma * xn + self.beta

    def backward(self, dout):
        dbeta = dout.sum(axis=0)
        dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / self.std
        dstd = -np.sum((dxn * self.xc) / (self.std * self.std), axis=0)
        dvar = 0.5 * dstd / self.std
        dxc = dxc + (2.0 / self.batch_size) * self.xc * dvar
        dmu = np.sum(dxc, axis=0)
        dx = dxc - dmu / self.batch_size
        self.dgamma = dgamma
        self.dbeta = dbeta
        return dx


class MeanNodeForgotten(BatchNormalization):
    def backward(self, dout):
        self.dbeta = dout.sum(axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / self.std
        dstd = -np.sum((dxn * self.xc) / (self.std * self.std), axis=0)
        dvar = 0.5 * dstd / self.std
        return dxc + (2.0 / self.batch_size) * self.xc * dvar


class SqrtNodeAtItsInput(BatchNormalization):
    def forward(self, x):
        mu = x.mean(axis=0)
        self.batch_size = len(x)
        self.xc = x - mu
        self.var = np.mean(self.xc**2, axis=0) + 10e-7
        self.std = np.sqrt(self.var)
        self.xn = self.xc / self.std
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        self.dbeta = dout.sum(axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc1 = dxn / self.std
        dstd = -np.sum((dxn * self.xc) / self.var, axis=0)
        dvar = 0.5 * dstd / self.var
        dxc2 = (2.0 / self.batch_size) * self.xc * dvar
        dxc = dxc1 + dxc2
        return dxc - np.sum(dxc, axis=0) / self.batch_size


class TwoEpsilons:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta
        self.dgamma, self.dbeta = None, None

    def forward(self, x):
        self.x = x
        self.mu = x.mean(axis=0)
        self.var = x.var(axis=0)
        self.xn = (x - self.mu) / np.sqrt(self.var + 1e-7)
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        n = dout.shape[0]
        xc = self.x - self.mu
        std = np.sqrt(self.var + 1e-3)
        self.dbeta = dout.sum(axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / std
        dstd = -np.sum(dxn * xc / std**2, axis=0)
        dvar = 0.5 * dstd / std
        dxc = dxc + 2.0 / n * xc * dvar
        return dxc - dxc.sum(axis=0) / n


class LearnsInBackward(BatchNormalization):
    lr = 0.01

    def backward(self, dout):
        dx = super().backward(dout)
        self.gamma = self.gamma - self.lr * self.dgamma
        self.beta = self.beta - self.lr * self.dbeta
        return dx


class GradientsHandedOverCrosswise:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta
        self.dgamma, self.dbeta = np.zeros_like(gamma), np.zeros_like(beta)

    def forward(self, x):
        self.xc = x - np.mean(x, axis=0)
        self.std = np.sqrt(np.mean(self.xc**2, axis=0) + 10e-7)
        self.xn = self.xc / self.std
        return self.gamma * self.xn + self.beta

    def _affine(self, dout):
        return dout * self.gamma, np.sum(dout, axis=0), np.sum(dout * self.xn, axis=0)

    def backward(self, dout):
        n = len(dout)
        dxn, self.dgamma, self.dbeta = self._affine(dout)
        dstd = -np.sum(dxn * self.xc / self.std**2, axis=0)
        dvar = 0.5 * dstd / self.std
        dxc = dxn / self.std + 2.0 / n * self.xc * dvar
        return dxc - dxc.sum(axis=0) / n


class CentresInPlace(BatchNormalization):
    def forward(self, x):
        mu = x.mean(axis=0)
        x -= mu
        var = np.mean(x**2, axis=0)
        self.std = np.sqrt(var + 10e-7)
        self.xc = x.copy()
        self.xn = x / self.std
        self.batch_size = x.shape[0]
        return self.gamma * self.xn + self.beta


def parameters(rng):
    return rng.uniform(0.5, 2.0, 4), rng.normal(size=4)


def inputs(rng):
    return (rng.normal(1.0, 2.5, (7, 4)),)


RIGHT = [Right(lambda rng: BatchNormalization(*parameters(rng)), inputs)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: MeanNodeForgotten(*parameters(rng)), inputs),
    Mistake("wrong-point", "dx", lambda rng: SqrtNodeAtItsInput(*parameters(rng)), inputs),
    Mistake("precision", "dx", lambda rng: TwoEpsilons(*parameters(rng)), inputs),
    Mistake("overwrites-parameter", None, lambda rng: LearnsInBackward(*parameters(rng)), inputs),
    Mistake("swapped", "dgamma", lambda rng: GradientsHandedOverCrosswise(*parameters(rng)), inputs),
    Mistake("overwrites-input", None, lambda rng: CentresInPlace(*parameters(rng)), inputs),
]
