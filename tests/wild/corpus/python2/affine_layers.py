import numpy as np
from layer_utils import flat, relu, check


def affine_forward(x, w, b):
    xf = flat(x)
    check(xf.shape[1] == w.shape[0], "shapes of x and w do not fit")
    return np.dot(xf, w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(flat(x).T, dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    return relu(a), (fc_cache, a)


def affine_relu_backward(dout, cache):
    fc_cache, a = cache
    return affine_backward(dout * relu(a), fc_cache)
