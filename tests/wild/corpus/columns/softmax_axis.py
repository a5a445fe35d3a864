import numpy as np


def softmax_forward(z):
    """z: (classes, batch)"""
    ez = np.exp(z - np.max(z, axis=0))
    p = ez / np.sum(ez, axis=0)
    return p, p


def softmax_backward(dp, p):
    # vector-Jacobian product without building the Jacobian
    inner = np.sum(dp * p, axis=1, keepdims=True)
    return p * (dp - inner)


def tanh_forward(z):
    a = np.tanh(z)
    return a, a


def tanh_backward(da, a):
    return da * (1 - np.square(a))
