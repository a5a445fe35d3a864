"""The rectified linear unit."""

import numpy as np

from layers.common.base import Layer


class ReLU(Layer):
    """Rectified linear unit, ``y = max(x, 0)``, element by element.

    The slope is 1 where the input was positive and 0 elsewhere, so the gradient passes or stops::

        dL/dx = dout * (x > 0)

    At exactly 0, where ReLU has no derivative, the gradient is 0, as in PyTorch.

    Source: V. Nair, G. Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010.

    Examples
    --------
    >>> relu = ReLU()
    >>> relu.forward(np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 2.])
    >>> relu.backward(np.array([5.0, 5.0, 5.0]))
    array([0., 0., 5.])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``max(x, 0)`` with x's shape."""
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.mask
