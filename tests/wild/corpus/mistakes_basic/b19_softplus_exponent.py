import numpy as np


def softplus_forward(x):
    out = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    cache = x
    return out, cache


def softplus_backward(dout, cache):
    x = cache
    dx = dout / (1 + np.exp(x))
    return dx


def softsign_forward(x):
    return x / (1 + np.abs(x)), x


def softsign_backward(dout, cache):
    return dout / (1 + np.abs(cache)) ** 2
