"""Batch normalisation for images (N, C, H, W), one mean and variance a channel, in the style of a PyTorch user."""

import numpy as np

from mistakes import Mistake, Right

AXES = (0, 2, 3)


def per_channel(v):
    return v.reshape(1, -1, 1, 1)


class BatchNorm2d:
    def __init__(self, num_features, rng):
        self.weight = rng.uniform(0.6, 1.4, num_features)
        self.bias = rng.uniform(-0.5, 0.5, num_features)
        self.eps = 1e-5
        self.dweight = None
        self.dbias = None

    def forward(self, x):
        mean = x.mean(AXES, keepdims=True)
        var = x.var(AXES, keepdims=True)
        self.invstd = 1 / np.sqrt(var + self.eps)
        self.xhat = (x - mean) * self.invstd
        return per_channel(self.weight) * self.xhat + per_channel(self.bias)

    def backward(self, dout):
        self.dbias = dout.sum(AXES)
        self.dweight = (dout * self.xhat).sum(AXES)
        g = dout * per_channel(self.weight)
        g = g - g.mean(AXES, keepdims=True) - self.xhat * (g * self.xhat).mean(AXES, keepdims=True)
        return g * self.invstd


class WeightKeepsTheImage(BatchNorm2d):
    def backward(self, dout):
        prod = dout * self.xhat
        self.dbias = dout.sum(AXES)
        self.dweight = prod.sum(0)
        g = dout * per_channel(self.weight)
        g = g - g.mean(AXES, keepdims=True) - self.xhat * (g * self.xhat).mean(AXES, keepdims=True)
        return g * self.invstd


class ThroughTwoDimensions:
    """Uses the (M, D) formula on pixels as rows."""

    def __init__(self, num_features, rng):
        self.weight = rng.uniform(0.6, 1.4, num_features)
        self.bias = rng.uniform(-0.5, 0.5, num_features)

    def forward(self, x):
        N, C, H, W = x.shape
        rows = x.transpose(0, 2, 3, 1).reshape(-1, C)
        self.std = np.sqrt(rows.var(axis=0) + 1e-5)
        self.xhat = (rows - rows.mean(axis=0)) / self.std
        out = self.xhat * self.weight + self.bias
        return out.reshape(N, H, W, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        N, C, H, W = dout.shape
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, C)
        self.dbias = rows.sum(axis=0)
        self.dweight = (rows * self.xhat).sum(axis=0)
        M = len(rows)
        dx = (rows - self.dbias / M - self.xhat * self.dweight / M) * self.weight / self.std
        return dx.reshape(N, H, W, C).transpose(0, 3, 2, 1)


class RunningMeanInTraining:
    def __init__(self, num_features, rng):
        self.weight = rng.uniform(0.6, 1.4, num_features)
        self.bias = rng.uniform(-0.5, 0.5, num_features)
        self.running_mean = None
        self.eps = 1e-5

    def forward(self, x):
        mean = x.mean(AXES)
        if self.running_mean is None:
            self.running_mean = np.zeros_like(mean)
        self.running_mean = 0.9 * self.running_mean + 0.1 * mean
        self.invstd = 1 / np.sqrt(per_channel(x.var(AXES)) + self.eps)
        self.xhat = (x - per_channel(mean)) * self.invstd
        self.shown = (x - per_channel(self.running_mean)) * self.invstd
        return per_channel(self.weight) * self.shown + per_channel(self.bias)

    def backward(self, dout):
        self.dbias = dout.sum(AXES)
        self.dweight = (dout * self.shown).sum(AXES)
        g = dout * per_channel(self.weight)
        g = g - 0.1 * g.mean(AXES, keepdims=True) - self.xhat * (g * self.shown).mean(AXES, keepdims=True)
        return g * self.invstd


class NoVariancePath(BatchNorm2d):
    def backward(self, dout):
        self.dbias = np.einsum("nchw->c", dout)
        self.dweight = np.einsum("nchw,nchw->c", dout, self.xhat)
        g = np.einsum("nchw,c->nchw", dout, self.weight)
        return self.invstd * (g - g.mean(AXES, keepdims=True))


class SavedForEveryone:
    saved = None

    def __init__(self, num_features, rng):
        self.weight = rng.uniform(0.6, 1.4, num_features)
        self.bias = rng.uniform(-0.5, 0.5, num_features)

    def forward(self, x):
        mean, var = x.mean(AXES, keepdims=True), x.var(AXES, keepdims=True)
        invstd = 1 / np.sqrt(var + 1e-5)
        xhat = (x - mean) * invstd
        SavedForEveryone.saved = xhat, invstd
        return per_channel(self.weight) * xhat + per_channel(self.bias)

    def backward(self, dout):
        xhat, invstd = self.saved
        self.dbias, self.dweight = dout.sum(AXES), (dout * xhat).sum(AXES)
        M = dout.size // dout.shape[1]
        inner = dout - per_channel(self.dbias) / M - xhat * per_channel(self.dweight) / M
        return per_channel(self.weight) * invstd * inner


class DividesByTheVariance:
    def __init__(self, num_features, rng):
        self.weight = rng.uniform(0.6, 1.4, num_features)
        self.bias = rng.uniform(-0.5, 0.5, num_features)

    def forward(self, x):
        self.x = x
        self.mean = x.mean(AXES, keepdims=True)
        self.var = x.var(AXES, keepdims=True) + 1e-5
        return per_channel(self.weight) * (x - self.mean) / self.var + per_channel(self.bias)

    def backward(self, dout):
        xhat = (self.x - self.mean) / np.sqrt(self.var)
        self.dbias = dout.sum(AXES)
        self.dweight = (dout * xhat).sum(AXES)
        g = dout * per_channel(self.weight)
        g = g - g.mean(AXES, keepdims=True) - xhat * (g * xhat).mean(AXES, keepdims=True)
        return g / np.sqrt(self.var)


def inputs(rng):
    return (rng.normal(0.7, 2.0, (5, 3, 2, 4)),)


def square(rng):
    return (rng.normal(0.7, 2.0, (5, 2, 4, 4)),)


RIGHT = [Right(lambda rng: BatchNorm2d(3, rng), inputs)]

MISTAKES = [
    Mistake("not-summed", "dweight", lambda rng: WeightKeepsTheImage(3, rng), inputs),
    Mistake("transposed", "dx", lambda rng: ThroughTwoDimensions(2, rng), square),
    Mistake("nondeterministic", None, lambda rng: RunningMeanInTraining(3, rng), inputs),
    Mistake("missing-term", "dx", lambda rng: NoVariancePath(3, rng), inputs),
    Mistake("stale-cache", None, lambda rng: SavedForEveryone(3, rng), inputs),
    Mistake("forward-wrong", None, lambda rng: DividesByTheVariance(3, rng), inputs),
]
