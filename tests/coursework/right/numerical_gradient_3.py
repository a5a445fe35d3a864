"""Columns of the identity as directions, a list comprehension, a step of a thousandth."""

import numpy as np


def numerical_gradient(f, x, h=1e-3):
    directions = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([f(x + d) / (2 * h) - f(x - d) / (2 * h) for d in directions]).reshape(x.shape)
