"""The addition node."""

import numpy as np

from layers.common.base import Layer


class Add(Layer):
    """Addition of two inputs, ``z = x + y``.

    Both slopes are 1, so backward passes the gradient on as it came::

        dL/dx = dout
        dL/dy = dout

    The inputs may be broadcast; each gradient has its own input's shape.

    Examples
    --------
    >>> node = Add()
    >>> print(node.forward(200.0, 450.0))
    650.0
    >>> dx, dy = node.backward(1.1)
    >>> print(dx, dy)
    1.1 1.1
    """

    shapes = {"x": "...", "y": "..."}  # any that broadcast (layers/common/inputs.py)

    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return ``x + y``."""
        return x + y

    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return dL/dx and dL/dy, each in its input's shape."""
        return dout, dout
