"""The hyperbolic tangent."""

import numpy as np

from layers.common.base import Layer


class Tanh(Layer):
    """Hyperbolic tangent, ``y = tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))``, element by element.

    Its derivative can be written with the output alone::

        dy/dx = 1 - y^2
        dL/dx = dout * dy/dx

    It is the sigmoid stretched, ``tanh(x) = 2 sigmoid(2x) - 1``, but its outputs lie around 0, between -1 and 1.

    Source: Y. LeCun et al., "Efficient BackProp", 1998, section 4.4.

    Examples
    --------
    >>> layer = Tanh()
    >>> layer.forward(np.array([0.0]))
    array([0.])
    >>> layer.backward(np.array([3.0]))
    array([3.])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``tanh(x)`` with x's shape."""
        y = np.tanh(x)
        self.dydx = 1 - y * y
        return y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.dydx
