"""The addition node."""

import numpy as np

from layers.common.base import Layer
from layers.common.broadcasting import check_broadcast, sum_to_shape
from layers.common.checks import checked_backward, checked_forward


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

    @checked_forward
    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return ``x + y``."""
        self.x_shape, self.y_shape = x.shape, y.shape
        return x + y

    @checked_backward
    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return dL/dx and dL/dy, each in its input's shape."""
        return sum_to_shape(dout, self.x_shape), sum_to_shape(dout, self.y_shape)

    def check(self, x: np.ndarray, y: np.ndarray) -> None:
        """Raise ValueError when x and y do not broadcast."""
        check_broadcast("Add", x, y)
