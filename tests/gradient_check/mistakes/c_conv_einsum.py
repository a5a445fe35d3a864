"""Convolution by sliding_window_view and einsum, in the style of someone who avoids loops."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from mistakes import Mistake, Right


def windows(x, k):
    return sliding_window_view(x, (k, k), axis=(2, 3))


def margin(x, p):
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))


class WindowConv:
    def __init__(self, cin, cout, k, rng):
        self.k = k
        self.params = {"W": rng.standard_normal((cout, cin, k, k)) / k, "b": rng.standard_normal(cout)}
        self.grads = {}

    def forward(self, x):
        self.win = windows(x, self.k)
        return np.einsum("ncijkl,fckl->nfij", self.win, self.params["W"]) + self.params["b"][:, None, None]

    def backward(self, dout):
        self.grads["W"] = np.einsum("nfij,ncijkl->fckl", dout, self.win)
        self.grads["b"] = np.einsum("nfij->f", dout)
        turned = self.params["W"][:, :, ::-1, ::-1]
        return np.einsum("nfijkl,fckl->ncij", windows(margin(dout, self.k - 1), self.k), turned)


class WindowConvRelu(WindowConv):
    def forward(self, x):
        z = super().forward(x)
        self.on = z > 0
        return z * self.on

    def backward(self, dout):
        return super().backward(dout * self.on)


class KernelNotTurned(WindowConv):
    def backward(self, dout):
        self.grads = {"W": np.einsum("nfij,ncijkl->fckl", dout, self.win), "b": dout.sum((0, 2, 3))}
        around = windows(margin(dout, self.k - 1), self.k)
        return np.einsum("nfijkl,fckl->ncij", around, self.params["W"])


class ChannelsAndFiltersMixedUp(WindowConv):
    def backward(self, dout):
        W = self.params["W"]
        self.grads["W"] = np.einsum("nfij,ncijkl->cfkl", dout, self.win)
        self.grads["b"] = dout.sum((0, 2, 3))
        return np.einsum("nfijkl,fckl->ncij", windows(margin(dout, self.k - 1), self.k), W[..., ::-1, ::-1])


class BiasNeverAdded:
    def __init__(self, cin, cout, k, rng):
        self.k = k
        self.params = {"W": rng.standard_normal((cout, cin, k, k)) / k, "b": rng.standard_normal(cout)}
        self.grads = {"W": None, "b": None}

    def forward(self, x):
        self.x = x
        out = np.einsum("ncijkl,fckl->nfij", windows(x, self.k), self.params["W"])
        out + self.params["b"].reshape(1, -1, 1, 1)
        return out

    def backward(self, dout):
        W = self.params["W"]
        self.grads["b"] = dout.sum(axis=(0, 2, 3))
        self.grads["W"] = np.einsum("ncijkl,nfij->fckl", windows(self.x, self.k), dout, optimize=True)
        full = windows(margin(dout, self.k - 1), self.k)
        return np.einsum("nfijkl,fckl->ncij", full, np.flip(W, (2, 3)), optimize=True)


class LetterForgotten:
    def __init__(self, cin, cout, k, rng):
        self.k = k
        self.params = {"W": rng.standard_normal((cout, cin, k, k)) / k, "b": rng.standard_normal(cout)}
        self.grads = {}

    def forward(self, x):
        self.cache = x.shape, windows(x, self.k)
        return np.tensordot(self.cache[1], self.params["W"], axes=((1, 4, 5), (1, 2, 3))).transpose(
            0, 3, 1, 2
        ) + self.params["b"].reshape(-1, 1, 1)

    def backward(self, dout):
        shape, win = self.cache
        self.grads["b"] = dout.sum(axis=(0, 2, 3))
        self.grads["W"] = np.tensordot(dout, win, axes=((0, 2, 3), (0, 2, 3)))
        dx = np.zeros(shape)
        h, w = dout.shape[2:]
        for a in range(self.k):
            for b in range(self.k):
                dx[:, :, a : a + h, b : b + w] += np.einsum("nfij,fc->cij", dout, self.params["W"][:, :, a, b])
        return dx


class BiasAveraged:
    def __init__(self, cin, cout, k, rng):
        self.k, self.pad = k, k // 2
        self.params = {"W": rng.standard_normal((cout, cin, k, k)) / k, "b": rng.standard_normal(cout)}
        self.grads = {}

    def forward(self, x):
        self.win = windows(margin(x, self.pad), self.k)
        return np.einsum("ncijkl,fckl->nfij", self.win, self.params["W"]) + self.params["b"][None, :, None, None]

    def backward(self, dout):
        self.grads["W"] = np.einsum("nfij,ncijkl->fckl", dout, self.win)
        self.grads["b"] = dout.sum((2, 3)).mean(0)
        turned = self.params["W"][:, :, ::-1, ::-1]
        return np.einsum("nfijkl,fckl->ncij", windows(margin(dout, self.pad), self.k), turned)


class WithReluBuiltIn(WindowConv):
    """With the ReLU built in."""

    def forward(self, x):
        z = super().forward(x)
        self.on = z > 0
        return z * self.on

    def backward(self, dout):
        dz = np.where(self.on, 0.0, dout)
        return super().backward(dz)


def inputs(rng):
    return (rng.standard_normal((5, 2, 4, 6)),)


def three_channels(rng):
    return (rng.standard_normal((5, 3, 4, 4)),)


RIGHT = [Right(lambda rng: WindowConv(2, 3, 2, rng), inputs), Right(lambda rng: WindowConvRelu(2, 3, 2, rng), inputs)]

MISTAKES = [
    Mistake("reversed", "dx", lambda rng: KernelNotTurned(2, 3, 2, rng), inputs),
    Mistake("transposed", "dW", lambda rng: ChannelsAndFiltersMixedUp(3, 3, 2, rng), three_channels),
    Mistake("forward-wrong", None, lambda rng: BiasNeverAdded(2, 3, 2, rng), inputs),
    Mistake("cross-sample", "dx", lambda rng: LetterForgotten(2, 3, 2, rng), inputs),
    Mistake("extra-batch-average", "db", lambda rng: BiasAveraged(2, 3, 3, rng), inputs),
    Mistake("mask-inverted", None, lambda rng: WithReluBuiltIn(2, 3, 2, rng), inputs),
]
