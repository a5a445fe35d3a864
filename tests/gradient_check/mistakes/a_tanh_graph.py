"""LeCun's scaled tanh as a computational graph: every node of forward has its line in backward, in reverse order."""

import numpy as np

from mistakes import Mistake, Right

A = 1.7159
B = 2 / 3


class ScaledTanh:
    def forward(self, x):
        u = B * x
        p = np.exp(u)
        q = np.exp(-u)
        num = p - q
        den = p + q
        t = num / den
        self.nodes = (p, q, num, den)
        return A * t

    def backward(self, dout):
        p, q, num, den = self.nodes
        dt = A * dout
        dnum = dt / den
        dden = -dt * num / den**2
        dp = dnum + dden
        dq = -dnum + dden
        du = dp * p - dq * q
        return B * du


class ScaledTanhMinus(ScaledTanh):
    def backward(self, dout):
        p, q, num, den = self.nodes
        dt = A * dout
        dnum = dt / den
        dden = -dt * num / den**2
        dp = dnum + dden
        dq = -dnum + dden
        du = dq * q - dp * p
        return B * du


class ScaledTanhStopsAtU(ScaledTanh):
    def backward(self, dout):
        p, q, num, den = self.nodes
        dt = A * dout
        dnum = dt / den
        dden = -dt * num / den**2
        dp = dnum + dden
        dq = -dnum + dden
        return dp * p - dq * q


class ScaledTanhShortcut:
    def forward(self, x):
        u = B * x
        t = np.tanh(u)
        self.t = t
        return A * t

    def backward(self, dout):
        t = self.t
        dt = A * dout
        du = dt * (1 - np.tanh(t) ** 2)
        return B * du


class ScaledTanhSumsDenominator:
    def forward(self, x):
        u = B * x
        p, q = np.exp(u), np.exp(-u)
        num, den = p - q, p + q
        inv = 1 / den
        t = num * inv
        self.nodes = p, q, num, inv
        return A * t

    def backward(self, dout):
        p, q, num, inv = self.nodes
        dt = A * dout
        dnum = dt * inv
        dinv = np.sum(dt * num, axis=0)
        dden = -dinv * inv**2
        dp = dnum + dden
        dq = dden - dnum
        du = dp * p
        du = du - dq * q
        return B * du


class ScaledTanhOneCache:
    nodes = None

    def forward(self, x):
        u = B * x
        p = np.exp(u)
        q = np.exp(-u)
        t = (p - q) / (p + q)
        ScaledTanhOneCache.nodes = t
        return A * t

    def backward(self, dout):
        t = ScaledTanhOneCache.nodes
        dt = A * dout
        du = dt * (1 - t**2)
        return B * du


class ScaledTanhGradientBook:
    """p and q are used twice each, so their gradients are collected with +=."""

    def __init__(self):
        self.grad = {"p": 0, "q": 0}

    def forward(self, x):
        u = B * x
        self.p = np.exp(u)
        self.q = np.exp(-u)
        self.num = self.p - self.q
        self.den = self.p + self.q
        return A * (self.num / self.den)

    def backward(self, dout):
        dt = A * dout
        dnum = dt / self.den
        self.grad["p"] = self.grad["p"] + dnum
        self.grad["q"] = self.grad["q"] - dnum
        dden = -dt * self.num / self.den**2
        self.grad["p"] = self.grad["p"] + dden
        self.grad["q"] = self.grad["q"] + dden
        du = self.grad["p"] * self.p - self.grad["q"] * self.q
        return B * du


def x_batch(rng):
    return (rng.standard_normal((4, 6)),)


RIGHT = [Right(lambda rng: ScaledTanh(), x_batch)]

MISTAKES = [
    Mistake("sign-flipped", "dx", lambda rng: ScaledTanhMinus(), x_batch),
    Mistake("constant-factor", "dx", lambda rng: ScaledTanhStopsAtU(), x_batch),
    Mistake("wrong-point", "dx", lambda rng: ScaledTanhShortcut(), x_batch),
    Mistake("cross-sample", "dx", lambda rng: ScaledTanhSumsDenominator(), x_batch),
    Mistake("stale-cache", "dx", lambda rng: ScaledTanhOneCache(), x_batch),
    Mistake("accumulates", "dx", lambda rng: ScaledTanhGradientBook(), x_batch),
]
