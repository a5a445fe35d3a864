"""The Gaussian error linear unit."""

import math

import numpy as np

from layers.common.base import Layer
from layers.common.erf import erf

FAR = 40.0  # standard deviations, from where the density is 0 in every float


class GELU(Layer):
    """Gaussian error linear unit, ``y = x Phi(x)``, element by element.

    Each input is weighted with the share Phi of standard normal numbers that lie below it. The derivative of Phi is
    the normal density phi, so the product rule gives::

        Phi(x) = (1 + erf(x / sqrt(2))) / 2
        phi(x) = exp(-x^2 / 2) / sqrt(2 pi)

        dy/dx = Phi(x) + x phi(x)
        dL/dx = dout * dy/dx

    This is the exact GELU, PyTorch's default, not its approximation by tanh.

    Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", arXiv:1606.08415, 2016, section 2.

    Examples
    --------
    >>> layer = GELU()
    >>> print(layer.forward(np.array([-1.0, 0.0, 1.0])).round(4))
    [-0.1587  0.      0.8413]
    >>> print(layer.backward(np.array([1.0, 1.0, 1.0])).round(4))
    [-0.0833  0.5     1.0833]
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x Phi(x)`` with x's shape."""
        share = normal_share_below(x)
        self.dydx = share + x * normal_density(x)
        return x * share

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.dydx


def normal_share_below(x: np.ndarray) -> np.ndarray:
    """Return Phi(x), the share of standard normal numbers below x.

    >>> normal_share_below(np.array([-1e30, 0.0, 1e30]))
    array([0. , 0.5, 1. ])
    """
    return (1 + erf(x * math.sqrt(0.5))) / 2


def normal_density(x: np.ndarray) -> np.ndarray:
    """Return phi(x), the density of the standard normal distribution.

    >>> normal_density(np.array([1e30]))
    array([0.])
    """
    x = np.clip(x, -FAR, FAR)
    return np.exp(x * x / -2) * (1 / math.sqrt(2 * math.pi))
