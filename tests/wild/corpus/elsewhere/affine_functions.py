"""Layers as pairs of functions. The cache holds what the backward pass needs."""
import numpy as np


def affine_forward(x, w, b):
    """x: (N, d_1, ..., d_k), w: (D, M), b: (M,)"""
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def scale_forward(x, gamma):
    """RMS normalisation over the last axis, with a learned scale"""
    rms = np.sqrt(np.mean(x ** 2, axis=-1, keepdims=True) + 1e-8)
    return gamma * x / rms, (x, gamma, rms)


def scale_backward(dout, cache):
    x, gamma, rms = cache
    xn = x / rms
    dgamma = (dout * xn).reshape(-1, x.shape[-1]).sum(0)
    dxn = dout * gamma
    dx = (dxn - xn * np.mean(dxn * xn, axis=-1, keepdims=True)) / rms
    return dx, dgamma
