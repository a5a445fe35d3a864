"""RMSNorm with a gain g, by a student who rebuilds a small language model."""

import numpy as np

from mistakes import Mistake, Right

EPS = 1e-6


class RMSNorm:
    def __init__(self, g):
        self.g = g
        self.dg = np.zeros_like(g)

    def forward(self, x):
        self.rms = np.sqrt((x * x).mean(axis=-1, keepdims=True) + EPS)
        self.xhat = x / self.rms
        return self.xhat * self.g

    def backward(self, dout):
        self.dg = (dout * self.xhat).sum(axis=0)
        dxhat = dout * self.g
        shared = (dxhat * self.xhat).mean(axis=-1, keepdims=True)
        return (dxhat - self.xhat * shared) / self.rms


class RMSNormConstantRoot(RMSNorm):
    def backward(self, dout):
        self.dg = np.sum(dout * self.xhat, axis=0)
        dxhat = dout * self.g
        return dxhat / self.rms


class RMSNormOneMean(RMSNorm):
    def backward(self, dout):
        self.dg = (dout * self.xhat).sum(axis=0)
        dxhat = dout * self.g
        return (dxhat - self.xhat * np.mean(dxhat * self.xhat)) / self.rms


class RMSNormNoRoot:
    def __init__(self, g):
        self.g = g

    def forward(self, x):
        self.x = x
        power = np.mean(x**2, axis=1, keepdims=True)
        return self.g * x / (power + EPS)

    def backward(self, dout):
        x, d = self.x, self.x.shape[1]
        r = 1.0 / np.sqrt(np.mean(x**2, axis=1, keepdims=True) + EPS)
        self.dg = np.sum(dout * x * r, axis=0)
        u = dout * self.g
        return r * u - r**3 / d * x * np.sum(u * x, axis=1, keepdims=True)


class RMSNormGainOfInput:
    def __init__(self, g):
        self.g = g

    def forward(self, x):
        inv = 1.0 / np.sqrt(np.einsum("nd,nd->n", x, x) / x.shape[1] + EPS)
        self.kept = x, inv[:, None]
        return x * inv[:, None] * self.g

    def backward(self, dout):
        x, inv = self.kept
        self.dg = np.einsum("nd,nd->d", dout, x)
        u = dout * self.g
        return inv * u - inv**3 * x * (u * x).mean(axis=1, keepdims=True)


class RMSNormSafeDivision:
    def __init__(self, g):
        self.g = g

    def forward(self, x):
        self.x = x
        self.ms = np.mean(x * x, axis=1, keepdims=True)
        return self.g * x / np.sqrt(self.ms + EPS)

    def backward(self, dout):
        rms = np.sqrt(self.ms + EPS) + 1e-3
        xhat = self.x / rms
        self.dg = np.sum(dout * xhat, axis=0)
        du = dout * self.g
        return (du - xhat * np.mean(du * xhat, axis=1, keepdims=True)) / rms


class RMSNormGainGrows:
    def __init__(self, g):
        self.g, self.dg = g, np.zeros(g.shape)

    def forward(self, x):
        self.root = np.array([np.sqrt(np.mean(row**2) + EPS) for row in x])
        self.unit = np.array([row / r for row, r in zip(x, self.root, strict=True)])
        return self.unit * self.g

    def backward(self, dout):
        dx = np.empty_like(dout)
        for n, unit in enumerate(self.unit):
            self.dg += dout[n] * unit
            d = dout[n] * self.g
            dx[n] = (d - unit * (d @ unit) / len(unit)) / self.root[n]
        return dx


def gain(rng):
    return rng.uniform(0.5, 1.5, size=5)


def tokens(rng):
    return (rng.standard_normal((4, 5)),)


RIGHT = [Right(lambda rng: RMSNorm(gain(rng)), tokens)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: RMSNormConstantRoot(gain(rng)), tokens),
    Mistake("cross-sample", "dx", lambda rng: RMSNormOneMean(gain(rng)), tokens),
    Mistake("forward-wrong", None, lambda rng: RMSNormNoRoot(gain(rng)), tokens),
    Mistake("wrong-point", "dg", lambda rng: RMSNormGainOfInput(gain(rng)), tokens),
    Mistake("precision", None, lambda rng: RMSNormSafeDivision(gain(rng)), tokens),
    Mistake("accumulates", "dg", lambda rng: RMSNormGainGrows(gain(rng)), tokens),
]
