"""An affine layer with its ReLU inside, by a student who wants fewer layers to connect."""

import numpy as np

from mistakes import Mistake, Right


class DenseReLU:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias
        self.dweight = np.zeros_like(weight)
        self.dbias = np.zeros_like(bias)

    def forward(self, x):
        pre = np.dot(x, self.weight) + self.bias
        self.mem = (x, pre)
        return np.where(pre > 0, pre, 0.0)

    def backward(self, dout):
        x, pre = self.mem
        dpre = np.where(pre > 0, dout, 0.0)
        self.dweight = np.dot(x.T, dpre)
        self.dbias = np.sum(dpre, axis=0)
        return np.dot(dpre, self.weight.T)


class DenseReLUWeightsFromAbove(DenseReLU):
    def backward(self, dout):
        x, pre = self.mem
        self.dweight = np.dot(x.T, dout)
        dpre = np.where(pre > 0, dout, 0.0)
        self.dbias = dpre.sum(axis=0)
        return np.dot(dpre, self.weight.T)


class DenseReLUNegative:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        z = x @ self.weight + self.bias
        self.z = z
        return (np.abs(z) + z) / 2

    def backward(self, dout):
        dz = dout.copy()
        dz[self.z > 0] = 0.0
        self.dweight = self.x.T @ dz
        self.dbias = dz.sum(axis=0)
        return dz @ self.weight.T


class DenseReLUIntegerMask:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        z = x @ self.weight + self.bias
        self.gate = (z > 0).astype(int)
        return z * self.gate

    def backward(self, dout):
        dz = np.zeros_like(self.gate)
        rows, cols = np.nonzero(self.gate)
        dz[rows, cols] = dout[rows, cols]
        self.dweight = self.x.T @ dz
        self.dbias = dz.sum(axis=0)
        return dz @ self.weight.T


class DenseReLUNames:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        z = x @ self.weight + self.bias
        mask = z > 0
        return z * mask

    def backward(self, dout):
        dz = dout * self.mask
        self.dweight = self.x.T @ dz
        self.dbias = dz.sum(axis=0)
        return dz @ self.weight.T


class DenseReLUOneSide(DenseReLU):
    def backward(self, dout):
        x, pre = self.mem
        dpre = dout * (pre > 0)
        self.dweight = x.T.dot(dpre)
        return dpre.dot(self.weight.T)


class DenseReLUDoubleGate:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return np.maximum(0.0, np.matmul(x, self.weight) + self.bias)

    def backward(self, dout):
        delta = dout * np.heaviside(dout, 0.0)
        self.dweight = np.einsum("ni,nj->ij", self.x, delta)
        self.dbias = np.einsum("nj->j", delta)
        return np.einsum("nj,ij->ni", delta, self.weight)


def dense(rng):
    return rng.standard_normal((5, 3)), 0.1 * rng.standard_normal(3)


def samples(rng):
    return (rng.standard_normal((6, 5)),)


RIGHT = [Right(lambda rng: DenseReLU(*dense(rng)), samples)]

MISTAKES = [
    Mistake("mask-missing", "dweight", lambda rng: DenseReLUWeightsFromAbove(*dense(rng)), samples),
    Mistake("mask-inverted", None, lambda rng: DenseReLUNegative(*dense(rng)), samples),
    Mistake("precision", None, lambda rng: DenseReLUIntegerMask(*dense(rng)), samples),
    Mistake("raises", None, lambda rng: DenseReLUNames(*dense(rng)), samples),
    Mistake("not-computed", "dbias", lambda rng: DenseReLUOneSide(*dense(rng)), samples),
    Mistake("mask-from-dout", None, lambda rng: DenseReLUDoubleGate(*dense(rng)), samples),
]
