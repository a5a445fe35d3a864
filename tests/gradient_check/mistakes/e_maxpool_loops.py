"""Max pooling 2x2 with four nested loops, as typed from the lecture's pseudo code."""

import numpy as np

from mistakes import Mistake, Right


class MaxPoolLoops:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        s = self.size
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // s, W // s))
        for n in range(N):
            for c in range(C):
                for i in range(H // s):
                    for j in range(W // s):
                        out[n, c, i, j] = np.max(x[n, c, i * s : (i + 1) * s, j * s : (j + 1) * s])
        self.x = x
        return out

    def backward(self, dout):
        s = self.size
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(*dout.shape):
            window = self.x[n, c, i * s : (i + 1) * s, j * s : (j + 1) * s]
            p, q = np.unravel_index(np.argmax(window), window.shape)
            dx[n, c, i * s + p, j * s + q] += dout[n, c, i, j]
        return dx


class MaxPoolCountsFromOne(MaxPoolLoops):
    def backward(self, dout):
        s = self.size
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(*dout.shape):
            window = self.x[n, c, i * s : (i + 1) * s, j * s : (j + 1) * s]
            p, q = divmod(int(np.argmax(window)), s)
            dx[n, c, i * s + p - 1, j * s + q - 1] += dout[n, c, i, j]
        return dx


class MaxPoolWholeWindow:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        s = self.size
        self.shape = x.shape
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // s, W // s))
        for i in range(H // s):
            for j in range(W // s):
                out[:, :, i, j] = x[:, :, i * s : i * s + s, j * s : j * s + s].max(axis=(2, 3))
        return out

    def backward(self, dout):
        s = self.size
        dx = np.zeros(self.shape)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                dx[:, :, i * s : i * s + s, j * s : j * s + s] += dout[:, :, i : i + 1, j : j + 1]
        return dx


class MaxPoolRemembers:
    def __init__(self, size=2):
        self.size = size
        self.where = {}

    def forward(self, x):
        s = self.size
        self.shape = x.shape
        out = np.zeros((x.shape[0], x.shape[1], x.shape[2] // s, x.shape[3] // s))
        for n, c, i, j in np.ndindex(*out.shape):
            best, place = -np.inf, None
            for h in range(i * s, i * s + s):
                for w in range(j * s, j * s + s):
                    if x[n, c, h, w] > best:
                        best, place = x[n, c, h, w], (n, c, h, w)
            out[n, c, i, j] = best
            self.where.setdefault((n, c, i, j), place)
        return out

    def backward(self, dout):
        dx = np.zeros(self.shape)
        for index, d in np.ndenumerate(dout):
            dx[self.where[index]] += d
        return dx


class MaxPoolWinnerMap:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        s = self.size
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // s, W // s))
        self.winner = np.zeros(x.shape, dtype=int)
        for n in range(N):
            for c in range(C):
                for i in range(H // s):
                    for j in range(W // s):
                        window = x[n, c, i * s : i * s + s, j * s : j * s + s]
                        out[n, c, i, j] = window.max()
                        self.winner[n, c, i * s : i * s + s, j * s : j * s + s] = window == window.max()
        return out

    def backward(self, dout):
        s = self.size
        dx = np.zeros_like(self.winner)
        for n, c, h, w in np.ndindex(*dx.shape):
            if self.winner[n, c, h, w]:
                dx[n, c, h, w] = dout[n, c, h // s, w // s]
        return dx


def images(rng):
    return (rng.normal(size=(4, 2, 6, 6)),)


RIGHT = [Right(lambda rng: MaxPoolLoops(), images)]

MISTAKES = [
    Mistake("shifted", "dx", lambda rng: MaxPoolCountsFromOne(), images),
    Mistake("mask-missing", "dx", lambda rng: MaxPoolWholeWindow(), images),
    Mistake("stale-cache", "dx", lambda rng: MaxPoolRemembers(), images),
    Mistake("precision", "dx", lambda rng: MaxPoolWinnerMap(), images),
]
