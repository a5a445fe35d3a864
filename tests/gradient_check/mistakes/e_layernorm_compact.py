"""Layer normalisation in the short closed form, parameters in dicts."""

import numpy as np

from mistakes import Mistake, Right


class LayerNorm:
    def __init__(self, size, rng):
        self.params = {"scale": rng.uniform(0.5, 1.5, size), "shift": rng.normal(size=size)}
        self.grads = {}

    def forward(self, x):
        self.std = np.sqrt(x.var(-1, keepdims=True) + 1e-8)
        self.n = (x - x.mean(-1, keepdims=True)) / self.std
        return self.params["scale"] * self.n + self.params["shift"]

    def backward(self, dout):
        self.grads = {"scale": (dout * self.n).sum(0), "shift": dout.sum(0)}
        g = dout * self.params["scale"]
        return (g - g.mean(-1, keepdims=True) - self.n * (g * self.n).mean(-1, keepdims=True)) / self.std


class LayerNormCentred(LayerNorm):
    def backward(self, dout):
        self.grads = {"scale": (dout * self.n).sum(0), "shift": dout.sum(0)}
        g = dout * self.params["scale"]
        return (g - g.mean(-1, keepdims=True)) / self.std


class LayerNormFromBatchNorm:
    def __init__(self, size, rng):
        self.params = {"scale": rng.uniform(0.5, 1.5, size), "shift": rng.normal(size=size)}
        self.grads = {}

    def forward(self, x):
        m, v = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        self.inv = (v + 1e-8) ** -0.5
        self.n = (x - m) * self.inv
        return self.params["scale"] * self.n + self.params["shift"]

    def backward(self, dout):
        self.grads["scale"] = np.sum(dout * self.n, axis=0)
        self.grads["shift"] = np.sum(dout, axis=0)
        g = dout * self.params["scale"]
        return self.inv * (g - np.mean(g, axis=0) - self.n * np.mean(g * self.n, axis=0))


class LayerNormScalePerRow(LayerNorm):
    def backward(self, dout):
        self.grads = {"scale": dout * self.n, "shift": dout.sum(0)}
        g = dout * self.params["scale"]
        inner = g.mean(-1, keepdims=True) + self.n * (g * self.n).mean(-1, keepdims=True)
        return (g - inner) / self.std


class LayerNormTwoEps:
    def __init__(self, size, rng):
        self.params = {"scale": rng.uniform(0.5, 1.5, size), "shift": rng.normal(size=size)}
        self.grads = {}

    def forward(self, x):
        self.var = x.var(-1, keepdims=True)
        self.n = (x - x.mean(-1, keepdims=True)) / np.sqrt(self.var + 1e-12)
        return self.params["scale"] * self.n + self.params["shift"]

    def backward(self, dout):
        self.grads = {"scale": (dout * self.n).sum(0), "shift": dout.sum(0)}
        g = dout * self.params["scale"]
        std = np.sqrt(self.var + 1e-5)
        return (g - g.mean(-1, keepdims=True) - self.n * (g * self.n).mean(-1, keepdims=True)) / std


def batch(rng):
    return (rng.normal(0.5, 1.5, (6, 4)),)


RIGHT = [Right(lambda rng: LayerNorm(4, rng), batch)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: LayerNormCentred(4, rng), batch),
    Mistake("cross-sample", "dx", lambda rng: LayerNormFromBatchNorm(4, rng), batch),
    Mistake("not-summed", "dscale", lambda rng: LayerNormScalePerRow(4, rng), batch),
    Mistake("precision", "dx", lambda rng: LayerNormTwoEps(4, rng), batch),
]
