"""Max pooling that remembers argmax, window size and stride free, in the style of a student of computer vision."""

import numpy as np

from mistakes import Mistake, Right


class MaxPool:
    def __init__(self, size, stride):
        self.size = size
        self.stride = stride
        self.x_shape = None
        self.argmax = None

    def forward(self, x):
        N, C, H, W = x.shape
        oh = (H - self.size) // self.stride + 1
        ow = (W - self.size) // self.stride + 1
        out = np.zeros((N, C, oh, ow))
        self.argmax = np.zeros((N, C, oh, ow), dtype=int)
        for i in range(oh):
            for j in range(ow):
                t, le = i * self.stride, j * self.stride
                window = x[:, :, t : t + self.size, le : le + self.size].reshape(N, C, -1)
                self.argmax[:, :, i, j] = window.argmax(axis=2)
                out[:, :, i, j] = window.max(axis=2)
        self.x_shape = x.shape
        return out

    def backward(self, dout):
        dx = np.zeros(self.x_shape)
        for n, c, i, j in np.ndindex(dout.shape):
            r, s = divmod(self.argmax[n, c, i, j], self.size)
            dx[n, c, i * self.stride + r, j * self.stride + s] += dout[n, c, i, j]
        return dx


class OverlapsReplaced(MaxPool):
    def backward(self, dout):
        N, C, oh, ow = dout.shape
        dx = np.zeros(self.x_shape)
        n, c, i, j = np.ogrid[:N, :C, :oh, :ow]
        rows = i * self.stride + self.argmax // self.size
        cols = j * self.stride + self.argmax % self.size
        dx[n, c, rows, cols] = dout
        return dx


class LosersWin(MaxPool):
    def backward(self, dout):
        dx = np.zeros(self.x_shape)
        k = self.size
        for n, c, i, j in np.ndindex(dout.shape):
            passed = np.full(k * k, dout[n, c, i, j])
            passed[self.argmax[n, c, i, j]] = 0
            t, le = i * self.stride, j * self.stride
            dx[n, c, t : t + k, le : le + k] += passed.reshape(k, k)
        return dx


class FlatIndex:
    """Remembers where in the flat array the maximum is, so that backward is a single line."""

    def __init__(self, size, stride):
        self.size = size
        self.stride = stride

    def forward(self, x):
        N, C, H, W = x.shape
        s, k = self.stride, self.size
        oh, ow = (H - k) // s + 1, (W - k) // s + 1
        self.where = np.zeros((N, C, oh, ow), dtype=np.int64)
        out = np.empty((N, C, oh, ow))
        for n, c, i, j in np.ndindex(out.shape):
            window = x[n, c, i * s : i * s + k, j * s : j * s + k]
            r, q = np.unravel_index(window.argmax(), window.shape)
            self.where[n, c, i, j] = c * H * W + (i * s + r) * W + (j * s + q)
            out[n, c, i, j] = window[r, q]
        self.shape = x.shape
        return out

    def backward(self, dout):
        dx = np.zeros(np.prod(self.shape))
        np.add.at(dx, self.where.ravel(), dout.ravel())
        return dx.reshape(self.shape)


class BestStartsAtZero:
    def __init__(self, size, stride):
        self.size, self.stride = size, stride

    def forward(self, x):
        k, s = self.size, self.stride
        self.x = x
        oh, ow = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
        best = np.zeros((*x.shape[:2], oh, ow))
        for a in range(k):
            for b in range(k):
                best = np.maximum(best, x[:, :, a : a + s * oh : s, b : b + s * ow : s])
        return best

    def backward(self, dout):
        k, s = self.size, self.stride
        dx = np.zeros_like(self.x)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = self.x[:, :, i * s : i * s + k, j * s : j * s + k]
                flat = window.reshape(*window.shape[:2], -1)
                hot = np.eye(k * k)[flat.argmax(-1)].reshape(window.shape)
                dx[:, :, i * s : i * s + k, j * s : j * s + k] += hot * dout[:, :, i, j][:, :, None, None]
        return dx


class ArgmaxOfTheFirstTime:
    def __init__(self, size, stride):
        self.size, self.stride = size, stride
        self.winners = []

    def forward(self, x):
        k, s = self.size, self.stride
        self.x_shape = x.shape
        out = np.zeros((*x.shape[:2], (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1))
        for n, c, i, j in np.ndindex(out.shape):
            window = x[n, c, i * s : i * s + k, j * s : j * s + k]
            a, b = divmod(int(window.argmax()), k)
            self.winners.append((n, c, i * s + a, j * s + b))
            out[n, c, i, j] = window[a, b]
        return out

    def backward(self, dout):
        dx = np.zeros(self.x_shape)
        for place, d in zip(self.winners, dout.flat, strict=False):
            dx[place] += d
        return dx


class WinnersOfTheFirstChannel(MaxPool):
    def forward(self, x):
        k, s = self.size, self.stride
        view = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
        self.flat = view.reshape(*view.shape[:4], k * k)
        self.x_shape = x.shape
        return self.flat.max(axis=-1)

    def backward(self, dout):
        k, s = self.size, self.stride
        dx = np.zeros(self.x_shape)
        N, _, oh, ow = dout.shape
        for n in range(N):
            for i in range(oh):
                for j in range(ow):
                    a, b = divmod(self.flat[n, 0, i, j].argmax(), k)
                    dx[n, :, i * s + a, j * s + b] += dout[n, :, i, j]
        return dx


def inputs(rng):
    return (rng.normal(size=(4, 2, 6, 8)),)


def odd(rng):
    return (rng.normal(size=(5, 2, 5, 7)),)


def low(rng):
    return (rng.normal(-0.6, 1.0, (4, 3, 6, 4)),)


RIGHT = [Right(lambda rng: MaxPool(2, 2), inputs), Right(lambda rng: MaxPool(3, 1), odd)]

MISTAKES = [
    Mistake("not-summed", "dx", lambda rng: OverlapsReplaced(3, 1), odd),
    Mistake("mask-inverted", "dx", lambda rng: LosersWin(2, 2), inputs),
    Mistake("cross-sample", "dx", lambda rng: FlatIndex(2, 2), inputs),
    Mistake("forward-wrong", None, lambda rng: BestStartsAtZero(2, 2), low),
    Mistake("stale-cache", "dx", lambda rng: ArgmaxOfTheFirstTime(2, 2), inputs),
    Mistake("partly-wrong", "dx", lambda rng: WinnersOfTheFirstChannel(2, 2), inputs),
]
