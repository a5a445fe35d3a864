"""The fully connected layer."""

import numpy as np

from layers.common.base import Layer


class Affine(Layer):
    """Fully connected layer, ``y = x W + b``.

    With ``dout`` = dL/dy, the chain rule gives::

        dL/dx = dout W^T                (N, D)
        dL/dW = x^T dout                (D, M)
        dL/db = dout summed over N      (M,)

    An input with more axes, such as images ``(N, C, H, W)``, reaches forward as rows ``(N, D)``; its gradient
    comes back in the input's own shape.

    Parameters
    ----------
    W : ndarray, shape (D, M)
    b : ndarray, shape (M,)

    Raises
    ------
    ValueError
        When the shapes or dtypes of W and b, or the shapes of x and W, do not fit.

    Examples
    --------
    >>> affine = Affine(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -0.5]))
    >>> affine.forward(np.array([[1.0, 1.0]]))
    array([[4.5, 5.5]])
    >>> affine.backward(np.array([[1.0, 0.0]]))
    array([[1., 3.]])
    >>> affine.dW
    array([[1., 0.],
           [1., 0.]])
    >>> affine.db
    array([1., 0.])
    """

    param_names = ("W", "b")
    shapes = {"W": "D M", "b": "M", "x": "N D.."}  # axes of x as forward gets it (layers/common/inputs.py)

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.store(W=W, b=b)  # as self.W and self.b (layers/common/base.py)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x W + b``, shape (N, M), for x of shape (N, D) or (N, ...) with D values a sample."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dW`` and ``db``, return dL/dx with x's shape, for dout of shape (N, M)."""
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
