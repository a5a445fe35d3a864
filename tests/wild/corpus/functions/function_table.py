import numpy as np


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _d_sigmoid(x):
    y = _sigmoid(x)
    return y - y * y


def _cubic(x):
    return x + x ** 3 / 3


def _d_cubic(x):
    return 1 + x ** 2


ACTIVATIONS = {
    'sigmoid': _sigmoid,
    'cubic': _cubic,
    'sine': lambda x: np.sin(x),
}

DERIVATIVES = {
    'sigmoid': _d_sigmoid,
    'cubic': _d_cubic,
    'sine': lambda x: np.cos(x),
}


def get(name):
    if name not in ACTIVATIONS:
        raise KeyError("unknown activation %r" % name)
    return ACTIVATIONS[name], DERIVATIVES[name]
