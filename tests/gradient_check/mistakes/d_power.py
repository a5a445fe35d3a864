"""x to a learned power, one exponent a feature, by a student who thinks in logarithms."""

import numpy as np

from mistakes import Mistake, Right


class Power:
    def __init__(self, exponents):
        self.p = exponents
        self.dp = np.zeros_like(exponents)

    def forward(self, x):
        self.base = x
        self.result = np.power(x, self.p)
        return self.result

    def backward(self, dout):
        per_sample = dout * self.result * np.log(self.base)
        self.dp = per_sample.sum(axis=0)
        return dout * self.p * np.power(self.base, self.p - 1)


class PowerOfResult:
    def __init__(self, exponents):
        self.p = exponents
        self.dp = np.zeros_like(exponents)

    def forward(self, x):
        self.logx = np.log(x)
        self.result = np.exp(self.p * self.logx)
        return self.result

    def backward(self, dout):
        self.dp = np.sum(dout * self.result * self.logx, axis=0)
        return dout * self.p * self.result ** (self.p - 1)


class PowerEverySample(Power):
    def backward(self, dout):
        self.dp = dout * self.result * np.log(self.base)
        return dout * self.p * self.base ** (self.p - 1)


class PowerLogInPlace:
    def __init__(self, exponents):
        self.p = exponents
        self.dp = np.zeros_like(exponents)

    def forward(self, x):
        np.log(x, out=x)
        self.logx = x.copy()
        self.result = np.exp(self.p * self.logx)
        return self.result

    def backward(self, dout):
        self.dp = np.einsum("nd,nd,nd->d", dout, self.result, self.logx)
        return dout * self.p * self.result / np.exp(self.logx)


class PowerHalfMemory:
    """Keeps what backward needs in half of the memory."""

    def __init__(self, exponents):
        self.p = exponents
        self.dp = np.zeros_like(exponents)

    def forward(self, x):
        self.kept = x.astype(np.float32)
        return x**self.p

    def backward(self, dout):
        x, p, dout = self.kept, self.p.astype(np.float32), dout.astype(np.float32)
        self.dp = (dout * x**p * np.log(x)).sum(axis=0)
        return dout * p * x ** (p - 1)


class PowerMeanExponent(Power):
    def backward(self, dout):
        g = dout * self.result
        self.dp = np.mean(g * np.log(self.base), axis=0)
        return g * self.p / self.base


class PowerOnlyInput(Power):
    def backward(self, dout):
        # d/dx x^p = p x^(p-1)
        return dout * self.p * np.power(self.base, self.p - 1)


def exponents(rng):
    return rng.uniform(1.5, 3.0, size=3)


def positive(rng):
    return (rng.uniform(0.4, 2.0, size=(5, 3)),)


RIGHT = [Right(lambda rng: Power(exponents(rng)), positive)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: PowerOfResult(exponents(rng)), positive),
    Mistake("not-summed", "dp", lambda rng: PowerEverySample(exponents(rng)), positive),
    Mistake("overwrites-input", None, lambda rng: PowerLogInPlace(exponents(rng)), positive),
    Mistake("precision", None, lambda rng: PowerHalfMemory(exponents(rng)), positive),
    Mistake("extra-batch-average", "dp", lambda rng: PowerMeanExponent(exponents(rng)), positive),
    Mistake("not-computed", "dp", lambda rng: PowerOnlyInput(exponents(rng)), positive),
]
