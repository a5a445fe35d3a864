"""The matrix product."""

import numpy as np

from graph.operations.operation import Gradients, Operation, sum_to_shape
from graph.values import Value


class MatMul(Operation):
    """Matrix product, ``z = x @ y``, for vectors, matrices, and stacks of matrices that broadcast.

    As in the product of numbers the inputs are swapped, each transposed, so that the shapes fit::

        dL/dx = dout y^T        dL/dy = x^T dout

    A vector on the left is a matrix of one row, one on the right a matrix of one column.
    """

    symbol = "@"
    rule = (
        "the last axis of the first must be as long as the second-to-last axis of the second (or a vector's only "
        "axis); use * to multiply by a number"
    )

    def forward(self, x: Value, y: Value) -> Value:
        """Return ``x @ y``."""
        return np.matmul(x, y)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dy."""
        x, y = self.values
        dz = np.asarray(dout)
        dz = dz[..., np.newaxis] if y.ndim == 1 else dz
        dz = dz[..., np.newaxis, :] if x.ndim == 1 else dz
        dx = summed_like(x, dz @ transposed(column(y))) if self.wants_gradient(0) else None
        dy = summed_like(y, transposed(row(x)) @ dz) if self.wants_gradient(1) else None
        return dx, dy


def row(x: np.ndarray) -> np.ndarray:
    """Return a vector as a matrix of one row, matrices as they are."""
    return x[np.newaxis] if x.ndim == 1 else x


def column(y: np.ndarray) -> np.ndarray:
    """Return a vector as a matrix of one column, matrices as they are."""
    return y[:, np.newaxis] if y.ndim == 1 else y


def transposed(matrices: np.ndarray) -> np.ndarray:
    """Return every matrix of a stack transposed."""
    return matrices.swapaxes(-1, -2)


def summed_like(operand: np.ndarray, gradient: np.ndarray) -> Value:
    """Return the gradient, one of a matrix, in the operand's shape; it may have been a vector, or broadcast."""
    if operand.ndim > 1:
        return sum_to_shape(gradient, operand.shape)
    return np.reshape(sum_to_shape(gradient, gradient.shape[-2:]), operand.shape)
