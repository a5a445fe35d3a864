"""The logistic sigmoid."""

import numpy as np

from layers.base import Layer
from layers.checks import as_float, checked_backward, checked_forward


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

    @checked_forward
    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``1 / (1 + exp(-x))`` with x's shape."""
        y = sigmoid(x)
        self.dydx = y * (1 - y)
        return y

    @checked_backward
    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.dydx


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return ``1 / (1 + exp(-x))`` without the exponential of a large positive number.

    With z = exp(-abs(x)), which never exceeds 1::

        sigmoid(x) = 1 / (1 + z)   for x >= 0
        sigmoid(x) = z / (1 + z)   for x < 0

    >>> sigmoid(np.array([-1e4, 0.0, 1e4]))
    array([0. , 0.5, 1. ])
    """
    x = as_float(x)
    z = np.exp(-np.abs(x))
    y = 1 / (1 + z)
    return np.where(x >= 0, y, z * y)
