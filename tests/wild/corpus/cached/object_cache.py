from collections import namedtuple
from dataclasses import dataclass
from types import SimpleNamespace
import numpy as np

ConvCache = namedtuple("ConvCache", "cols weight x_shape")


@dataclass
class NormCache:
    xhat: np.ndarray
    inv_std: np.ndarray


def _im2col(x, k):
    n, c, h, w = x.shape
    oh, ow = h - k + 1, w - k + 1
    cols = np.empty((n, c, k, k, oh, ow))
    for i in range(k):
        for j in range(k):
            cols[:, :, i, j] = x[:, :, i:i + oh, j:j + ow]
    return cols


def conv_forward(x, weight, bias):
    """stride 1, no padding"""
    cols = _im2col(x, weight.shape[2])
    out = np.einsum("ncijhw,fcij->nfhw", cols, weight) + bias[:, None, None]
    return out, ConvCache(cols, weight, x.shape)


def conv_backward(dout, cache):
    k = cache.weight.shape[2]
    oh, ow = dout.shape[2:]
    dweight = np.einsum("nfhw,ncijhw->fcij", dout, cache.cols)
    dcols = np.einsum("nfhw,fcij->ncijhw", dout, cache.weight)
    dx = np.zeros(cache.x_shape)
    for i in range(k):
        for j in range(k):
            dx[:, :, i:i + oh, j:j + ow] += dcols[:, :, i, j]
    return dx, dweight, dout.sum(axis=(0, 2, 3))


def standardize_forward(x):
    inv_std = 1 / np.sqrt(x.var(axis=0) + 1e-5)
    xhat = (x - x.mean(axis=0)) * inv_std
    return xhat, NormCache(xhat, inv_std)


def standardize_backward(dout, cache):
    xhat = cache.xhat
    return cache.inv_std * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))


def power_forward(x, p=3):
    return x ** p, SimpleNamespace(x=x, p=p)


def power_backward(dout, cache):
    return dout * cache.p * cache.x ** (cache.p - 1)
