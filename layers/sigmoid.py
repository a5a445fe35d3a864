"""The logistic sigmoid."""

import numpy as np

from layers.common.base import Layer
from layers.common.dtypes import as_float


class Sigmoid(Layer):
    """Logistic sigmoid, ``y = 1 / (1 + exp(-x))``, element by element.

    Its derivative can be written with the output alone, so forward keeps that::

        dy/dx = y (1 - y)
        dL/dx = dout * dy/dx

    Examples
    --------
    >>> layer = Sigmoid()
    >>> layer.forward(np.array([0.0]))
    array([0.5])
    >>> layer.backward(np.array([1.0]))
    array([0.25])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``1 / (1 + exp(-x))`` with x's shape."""
        y = sigmoid(x)
        self.dydx = y * (1 - y)
        return y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.dydx


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return ``1 / (1 + exp(-x))`` without the exponential of a large positive number.

    Where x is negative, numerator and denominator are multiplied by exp(x), so that no exponent is positive::

        sigmoid(x) = exp(min(x, 0)) / (1 + exp(-abs(x)))

    >>> sigmoid(np.array([-1e4, 0.0, 1e4]))
    array([0. , 0.5, 1. ])
    """
    x = as_float(x)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))
