"""The multiplication node."""

import numpy as np

from layers.common.base import Layer


class Multiply(Layer):
    """Product of two inputs, ``z = x y``, element by element.

    The slope towards one input is the other, so backward multiplies by the inputs swapped::

        dL/dx = dout * y
        dL/dy = dout * x

    The inputs may be broadcast; each gradient has its own input's shape.

    Examples
    --------
    Two apples at 100 each, and what the total gains when one of the two numbers grows by 1:

    >>> node = Multiply()
    >>> print(node.forward(100.0, 2.0))
    200.0
    >>> dprice, dcount = node.backward(1.0)
    >>> print(dprice, dcount)
    2.0 100.0
    """

    shapes = {"x": "...", "y": "..."}  # any that broadcast (layers/common/inputs.py)

    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return ``x * y``."""
        self.x, self.y = x, y
        return x * y

    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return dL/dx and dL/dy, each in its input's shape."""
        return dout * self.y, dout * self.x
