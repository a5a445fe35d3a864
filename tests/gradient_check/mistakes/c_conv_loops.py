"""Convolution with four nested loops, in the style of the first week's exercise: slow, plain, easy to follow."""

import numpy as np

from mistakes import Mistake, Right


class Conv:
    def __init__(self, n_filters, n_channels, k, pad, rng):
        self.W = rng.normal(0, 0.4, (n_filters, n_channels, k, k))
        self.b = rng.normal(0, 0.4, n_filters)
        self.k = k
        self.pad = pad

    def forward(self, x):
        p, k = self.pad, self.k
        n_samples, _, height, width = x.shape
        xp = np.zeros((n_samples, x.shape[1], height + 2 * p, width + 2 * p))
        xp[:, :, p : p + height, p : p + width] = x
        out = np.zeros((n_samples, len(self.W), height + 2 * p - k + 1, width + 2 * p - k + 1))
        for n in range(n_samples):
            for f in range(len(self.W)):
                for i in range(out.shape[2]):
                    for j in range(out.shape[3]):
                        out[n, f, i, j] = np.sum(xp[n, :, i : i + k, j : j + k] * self.W[f]) + self.b[f]
        self.xp = xp
        return out

    def backward(self, dout):
        p, k = self.pad, self.k
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        dxp = np.zeros_like(self.xp)
        for n in range(dout.shape[0]):
            for f in range(dout.shape[1]):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        self.db[f] += dout[n, f, i, j]
                        self.dW[f] += self.xp[n, :, i : i + k, j : j + k] * dout[n, f, i, j]
                        dxp[n, :, i : i + k, j : j + k] += self.W[f] * dout[n, f, i, j]
        return dxp[:, :, p : dxp.shape[2] - p, p : dxp.shape[3] - p]


class TurnsKernelForX(Conv):
    def backward(self, dout):
        p, k = self.pad, self.k
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        turned = np.rot90(self.W, 2, axes=(2, 3))
        dxp = np.zeros_like(self.xp)
        N, F, H, W = dout.shape
        for n in range(N):
            for f in range(F):
                for i in range(H):
                    for j in range(W):
                        d = dout[n, f, i, j]
                        self.db[f] += d
                        self.dW[f] += d * self.xp[n, :, i : i + k, j : j + k]
                        dxp[n, :, i : i + k, j : j + k] += d * turned[f]
        return dxp[:, :, p : dxp.shape[2] - p, p : dxp.shape[3] - p]


class LoopsOverTheInput(Conv):
    """Asks of every pixel of x which outputs it went to."""

    def backward(self, dout):
        p, k = self.pad, self.k
        N, C, H, W = self.xp.shape
        self.db = dout.sum(axis=(0, 2, 3))
        self.dW = np.zeros_like(self.W)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                patch = self.xp[:, :, i : i + k, j : j + k]
                self.dW += np.tensordot(dout[:, :, i, j], patch, axes=(0, 0))
        dx = np.zeros((N, C, H - 2 * p, W - 2 * p))
        for r in range(H - 2 * p):
            for c in range(W - 2 * p):
                for a in range(k):
                    for e in range(k):
                        i, j = r + p - a, c + p - e
                        if 0 < i < dout.shape[2] and 0 <= j < dout.shape[3]:
                            dx[:, :, r, c] += dout[:, :, i, j] @ self.W[:, :, a, e]
        return dx


class GradientsMadeInInit:
    def __init__(self, n_filters, n_channels, k, rng):
        self.W = rng.normal(0, 0.4, (n_filters, n_channels, k, k))
        self.b = rng.normal(0, 0.4, n_filters)
        self.dW = np.zeros((n_filters, n_channels, k, k))
        self.db = np.zeros(n_filters)

    def forward(self, x):
        self.x = x
        F, _, k, _ = self.W.shape
        N, _, H, W = x.shape
        out = np.empty((N, F, H - k + 1, W - k + 1))
        for n in range(N):
            for f in range(F):
                for i in range(H - k + 1):
                    for j in range(W - k + 1):
                        out[n, f, i, j] = self.b[f] + np.vdot(self.W[f], x[n, :, i : i + k, j : j + k])
        return out

    def backward(self, dout):
        k = self.W.shape[2]
        dx = np.zeros(self.x.shape)
        self.db[:] = dout.sum(axis=(0, 2, 3))
        for n, f, i, j in np.ndindex(dout.shape):
            window = np.s_[n, :, i : i + k, j : j + k]
            self.dW[f] += dout[n, f, i, j] * self.x[window]
            dx[window] += dout[n, f, i, j] * self.W[f]
        return dx


class DecaysItsWeights:
    decay = 0.001

    def __init__(self, n_filters, n_channels, k, rng):
        self.W = rng.normal(0, 0.4, (n_filters, n_channels, k, k))
        self.b = rng.normal(0, 0.4, n_filters)

    def forward(self, x):
        self.x = x
        F, _, k, _ = self.W.shape
        N, _, H, W = x.shape
        out = np.zeros((N, F, H - k + 1, W - k + 1))
        for n in range(N):
            for f in range(F):
                for i in range(H - k + 1):
                    for j in range(W - k + 1):
                        out[n, f, i, j] = (self.W[f] * x[n, :, i : i + k, j : j + k]).sum() + self.b[f]
        return out

    def backward(self, dout):
        k = self.W.shape[2]
        self.dW, self.db, dx = np.zeros_like(self.W), np.zeros_like(self.b), np.zeros_like(self.x)
        for n, sample in enumerate(dout):
            for f, image in enumerate(sample):
                for i, row in enumerate(image):
                    for j, d in enumerate(row):
                        self.dW[f] += d * self.x[n, :, i : i + k, j : j + k]
                        self.db[f] += d
                        dx[n, :, i : i + k, j : j + k] += d * self.W[f]
        self.W *= 1 - self.decay
        return dx


class BiasCountsPixels(Conv):
    def backward(self, dout):
        p, k = self.pad, self.k
        dW, db, dxp = np.zeros_like(self.W), np.zeros_like(self.b), np.zeros_like(self.xp)
        for n in range(dout.shape[0]):
            for f in range(dout.shape[1]):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        dW[f] += self.xp[n, :, i : i + k, j : j + k] * dout[n, f, i, j]
                        db[f] += 1
                        dxp[n, :, i : i + k, j : j + k] += self.W[f] * dout[n, f, i, j]
        self.dW, self.db = dW, db
        return dxp[:, :, p : dxp.shape[2] - p, p : dxp.shape[3] - p]


class SavesMemory:
    def __init__(self, n_filters, n_channels, k, rng):
        self.W = rng.normal(0, 0.4, (n_filters, n_channels, k, k))
        self.b = rng.normal(0, 0.4, n_filters)

    def forward(self, x):
        self.x = x
        k = self.W.shape[-1]
        out = np.empty((len(x), len(self.W), x.shape[2] - k + 1, x.shape[3] - k + 1))
        for n, f, i, j in np.ndindex(out.shape):
            out[n, f, i, j] = np.sum(self.W[f] * x[n, :, i : i + k, j : j + k]) + self.b[f]
        return out

    def backward(self, dout):
        k = self.W.shape[-1]
        dW = np.zeros(self.W.shape, dtype="float32")
        dx = np.zeros(self.x.shape)
        for n in range(dout.shape[0]):
            for f in range(dout.shape[1]):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        dW[f] += dout[n, f, i, j] * self.x[n, :, i : i + k, j : j + k]
                        dx[n, :, i : i + k, j : j + k] += dout[n, f, i, j] * self.W[f]
        self.dW, self.db = dW, dout.sum(axis=(0, 2, 3))
        return dx


def inputs(rng):
    return (rng.normal(size=(3, 2, 4, 5)),)


RIGHT = [Right(lambda rng: Conv(3, 2, 3, 1, rng), inputs), Right(lambda rng: Conv(3, 2, 2, 0, rng), inputs)]

MISTAKES = [
    Mistake("reversed", "dx", lambda rng: TurnsKernelForX(3, 2, 3, 1, rng), inputs),
    Mistake("partly-wrong", "dx", lambda rng: LoopsOverTheInput(3, 2, 3, 1, rng), inputs),
    Mistake("accumulates", "dW", lambda rng: GradientsMadeInInit(3, 2, 3, rng), inputs),
    Mistake("overwrites-parameter", None, lambda rng: DecaysItsWeights(3, 2, 3, rng), inputs),
    Mistake("ignores-dout", "db", lambda rng: BiasCountsPixels(3, 2, 3, 1, rng), inputs),
    Mistake("precision", "dW", lambda rng: SavesMemory(3, 2, 2, rng), inputs),
]
