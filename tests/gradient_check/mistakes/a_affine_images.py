"""Affine layer for image batches (N, C, H, W): scales the pixels, flattens each image, then x @ W + b."""

import numpy as np

from mistakes import Mistake, Right


class ImageAffine:
    def __init__(self, W, b, scale=0.25):
        self.W, self.b = W, b
        self.scale = scale
        self.dW, self.db = None, None

    def forward(self, x):
        self.in_shape = x.shape
        self.flat = x.reshape(x.shape[0], -1) * self.scale
        return self.flat @ self.W + self.b

    def backward(self, dout):
        self.dW = self.flat.T @ dout
        self.db = dout.sum(axis=0)
        dflat = dout @ self.W.T
        return (dflat * self.scale).reshape(self.in_shape)


class ImageAffineStaysFlat(ImageAffine):
    def backward(self, dout):
        self.dW = self.flat.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T * self.scale


class ImageAffineScalesView:
    def __init__(self, W, b, scale=0.25):
        self.W, self.b = W, b
        self.scale = scale

    def forward(self, x):
        self.in_shape = x.shape
        flat = x.reshape(x.shape[0], -1)
        flat *= self.scale
        self.flat = flat
        return flat @ self.W + self.b

    def backward(self, dout):
        self.dW = self.flat.T @ dout
        self.db = dout.sum(axis=0)
        dflat = dout @ self.W.T
        dflat *= self.scale
        return dflat.reshape(self.in_shape)


class ImageAffineScaleOnce(ImageAffine):
    def backward(self, dout):
        self.dW = self.flat.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(*self.in_shape)


class ImageAffineKeepsBuffer:
    def __init__(self, W, b, scale=0.25):
        self.W, self.b = W, b
        self.scale = scale
        self.flat = None

    def forward(self, x):
        self.in_shape = x.shape
        flat = x.reshape(len(x), -1) * self.scale
        if self.flat is None or self.flat.shape != flat.shape:  # new batch size: new buffer
            self.flat = flat
        return flat @ self.W + self.b

    def backward(self, dout):
        self.dW = self.flat.T @ dout
        self.db = dout.sum(axis=0)
        dx = self.scale * (dout @ self.W.T)
        return dx.reshape(self.in_shape)


class ImageAffineWidthFirst:
    def __init__(self, W, b, scale=0.25):
        self.W, self.b = W, b
        self.scale = scale

    def forward(self, x):
        n, c, h, w = x.shape
        self.cache = (x.reshape(n, c * h * w) * self.scale, n, c, h, w)
        return self.cache[0] @ self.W + self.b

    def backward(self, dout):
        flat, n, c, h, w = self.cache
        self.dW = flat.T @ dout
        self.db = dout.sum(axis=0)
        dflat = dout @ self.W.T * self.scale
        return dflat.reshape(n, c, w, h).transpose(0, 1, 3, 2)


class ImageAffineAverages:
    def __init__(self, W, b, scale=0.25):
        self.W, self.b = W, b
        self.scale = scale

    def forward(self, x):
        self.batch = x.shape[0]
        self.image_shape = x.shape[1:]
        self.flat = self.scale * x.reshape(self.batch, -1)
        return np.dot(self.flat, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.flat.T, dout) / self.batch
        self.db = dout.sum(axis=0)
        dx = np.dot(dout, self.W.T) * self.scale
        return dx.reshape((self.batch, *self.image_shape))


def build(layer, size):
    return lambda rng: layer(rng.normal(0, 1, (size, 5)), rng.normal(0, 1, 5))


def images(rng):
    return (rng.normal(0, 2, (4, 2, 2, 3)),)


def square_images(rng):
    return (rng.normal(0, 2, (4, 2, 3, 3)),)


RIGHT = [Right(build(ImageAffine, 12), images)]

MISTAKES = [
    Mistake("wrong-shape", "dx", build(ImageAffineStaysFlat, 12), images),
    Mistake("overwrites-input", None, build(ImageAffineScalesView, 12), images),
    Mistake("constant-factor", "dx", build(ImageAffineScaleOnce, 12), images),
    Mistake("stale-cache", "dW", build(ImageAffineKeepsBuffer, 12), images),
    Mistake("transposed", "dx", build(ImageAffineWidthFirst, 18), square_images),
    Mistake("extra-batch-average", "dW", build(ImageAffineAverages, 12), images),
]
