"""The fully connected layer."""

import numpy as np

from layers.common.base import Layer, as_parameter
from layers.common.checks import checked_backward, checked_forward


class Affine(Layer):
    """Fully connected layer, ``y = x W + b``.

    With ``dout`` = dL/dy, the chain rule gives::

        dL/dx = dout W^T                (N, D)
        dL/dW = x^T dout                (D, M)
        dL/db = dout summed over N      (M,)

    An input with more axes, such as images ``(N, C, H, W)``, is flattened to ``(N, D)``; its gradient
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

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.W, self.b = as_parameter(W), as_parameter(b)
        if self.W.ndim != 2 or self.b.shape != self.W.shape[1:]:
            raise ValueError(
                "Affine: expected W of shape (D, M) and b of shape (M,), "
                f"got W.shape {self.W.shape} and b.shape {self.b.shape}"
            )
        if self.W.dtype != self.b.dtype:
            raise ValueError(
                f"Affine: W is {self.W.dtype} and b {self.b.dtype}; expected one dtype, such as b.astype(W.dtype)"
            )

    @checked_forward
    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x W + b``, shape (N, M), for x of shape (N, D) or (N, ...) with D values a sample."""
        self.x_shape = x.shape
        self.x = x.reshape(len(x), -1)
        y = self.x @ self.W
        y += self.b
        return y

    def backward_params(self, dout: np.ndarray) -> None:
        """Store ``dW`` and ``db`` for dout of shape (N, M)."""
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)

    @checked_backward
    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dW`` and ``db``, return dL/dx with x's shape, for dout of shape (N, M)."""
        self.backward_params(dout)
        dx = dout @ self.W.T
        return dx.reshape(self.x_shape)

    @checked_backward
    def backward_without_dx(self, dout: np.ndarray) -> None:
        """Store ``dW`` and ``db`` alone: in a network's first layer, dL/dx is the gradient of the data."""
        self.backward_params(dout)

    backward.without_dx = backward_without_dx  # goes with this backward: one that replaces it has none

    def check(self, x: np.ndarray) -> None:
        """Raise ValueError unless x has a batch axis and W's number of features."""
        D = len(self.W)
        if x.ndim < 2:
            raise ValueError(
                f"Affine: x.shape {x.shape} has no batch axis, expected (N, {D}); for one sample pass x[np.newaxis]"
            )
        if len(x) == 0:
            raise ValueError(f"Affine: x holds no samples (x.shape {x.shape})")
        features = x.size // len(x)
        if features != D:
            raise ValueError(
                f"Affine: x has {features} features, W expects {D} (x.shape {x.shape}, W.shape {self.W.shape})"
            )
