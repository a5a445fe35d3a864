"""Softmax with cross entropy, one-hot labels: a student who thinks in columns (classes down, samples across)."""

import numpy as np

from mistakes import Mistake, Right


class ColumnSoftmaxLoss:
    """Turn the batch, so that each sample is a column, and turn the gradient back at the end."""

    def forward(self, x, t):
        Z = x.T
        E = np.exp(Z - Z.max(axis=0))
        A = E / E.sum(axis=0)
        Y = t.T
        self.cache = (A, Y)
        m = Z.shape[1]
        return -np.sum(Y * np.log(A)) / m

    def backward(self, dout=1):
        A, Y = self.cache
        m = A.shape[1]
        dZ = dout * (A - Y) / m
        return dZ.T


class ColumnSoftmaxLossNotTurnedBack(ColumnSoftmaxLoss):
    def backward(self, dout=1):
        A, Y = self.cache
        m = A.shape[1]
        dZ = (A - Y) * dout
        return dZ / m


class ColumnSoftmaxLossM(ColumnSoftmaxLoss):
    def backward(self, dout=1):
        A, Y = self.cache
        m = A.shape[0]
        dZ = dout / m * (A - Y)
        return dZ.T


class ColumnSoftmaxLossTwice:
    def forward(self, x, t):
        logits = x.T
        probs = np.exp(logits - logits.max(axis=0))
        probs = probs / probs.sum(axis=0)
        again = np.exp(probs) / np.exp(probs).sum(axis=0)
        self.cache = {"A": probs, "Y": t.T, "m": len(x)}
        return -np.sum(t.T * np.log(again)) / len(x)

    def backward(self, dout=1):
        c = self.cache
        dZ = (c["A"] - c["Y"]) / c["m"]
        return dout * dZ.T


class ColumnSoftmaxLossEps:
    def forward(self, x, t):
        Z = x.T
        E = np.exp(Z - np.max(Z, axis=0))
        A = E / np.sum(E, axis=0)
        self.cache = (A, t.T)
        return -np.sum(t.T * np.log(A + 1e-4)) / Z.shape[1]

    def backward(self, dout=1):
        A, Y = self.cache
        return (dout * (A - Y) / A.shape[1]).T


class ColumnSoftmaxLossMinus:
    """Follow the minus of the cost through: J = -sum(Y log A)."""

    def forward(self, x, t):
        Z = x.T
        E = np.exp(Z - Z.max(axis=0))
        A = E / E.sum(axis=0)
        self.cache = (A, t.T)
        losses = -(t.T * np.log(A)).sum(axis=0)
        return losses.mean()

    def backward(self, dout=1):
        A, Y = self.cache
        m = A.shape[1]
        dlog = -Y / A
        inner = (dlog * A).sum(axis=0)
        dZ = A * (inner - dlog)
        return dout * dZ.T / m


class ColumnSoftmaxLossMean:
    def forward(self, x, t):
        Z = x.T
        E = np.exp(Z - Z.max(axis=0))
        A = E / E.sum(axis=0)
        self.A, self.Y, self.m = A, t.T, x.shape[0]
        return np.mean(-np.sum(self.Y * np.log(A), axis=0))

    def backward(self, dout=1):
        dlosses = np.full(self.m, dout / self.m)
        dZ = 1 / self.m * (self.A - self.Y) * dlosses
        return dZ.T


def inputs(rng):
    return rng.normal(size=(7, 3)), np.eye(3)[rng.integers(0, 3, size=7)]


def square(rng):
    return rng.normal(size=(4, 4)), np.eye(4)[[2, 0, 3, 0]]


RIGHT = [Right(lambda rng: ColumnSoftmaxLoss(), inputs), Right(lambda rng: ColumnSoftmaxLoss(), square)]
MISTAKES = [
    Mistake("transposed", "dx", lambda rng: ColumnSoftmaxLossNotTurnedBack(), square),
    Mistake("constant-factor", "dx", lambda rng: ColumnSoftmaxLossM(), inputs),
    Mistake("forward-wrong", None, lambda rng: ColumnSoftmaxLossTwice(), inputs),
    Mistake("precision", "dx", lambda rng: ColumnSoftmaxLossEps(), inputs),
    Mistake("sign-flipped", "dx", lambda rng: ColumnSoftmaxLossMinus(), inputs),
    Mistake("extra-batch-average", "dx", lambda rng: ColumnSoftmaxLossMean(), inputs),
]
