"""A flat view of x, an element moved by adding and subtracting."""

import numpy as np


def numerical_gradient(f, x):
    h = 1e-4
    flat = x.reshape(-1)
    gradient = []
    for i in range(flat.size):
        flat[i] += h
        above = f(x)
        flat[i] -= 2 * h
        below = f(x)
        flat[i] += h
        gradient.append((above - below) / (2 * h))
    return np.array(gradient).reshape(x.shape)
