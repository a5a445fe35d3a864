"""Wrong pairs of functions; where a wrong array is computed, the line says so: ``# <- dx``."""

import numpy as np


def affine_forward(x, W, b):
    return x @ W + b, (x, W)


def affine_backward(dout, cache):
    x, W = cache
    dx = dout @ W.T
    dW = x.T @ dout
    db = dout.mean(axis=0)  # <- db
    return dx, dW, db


def scale_forward(x, w):
    return x * w, (x, w)


def scale_backward(dout, cache):
    x, w = cache
    return dout * w, np.sum(dout * x)  # <- dw


def swish(x):
    return x / (1 + np.exp(-x))


def swish_prime(x):
    s = 1 / (1 + np.exp(-x))
    return s + s * (1 - s)  # <- dx


def sigmoid(x, derivative=False):
    y = 1 / (1 + np.exp(-x))
    if derivative:
        return y * (1 + y)  # <- dx
    return y


def softmax_loss(x, y):
    p = np.exp(x - x.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(x)), y]).mean()
    dx = p.copy()
    dx[np.arange(len(x)), y] -= 1  # <- dx
    return loss, dx
