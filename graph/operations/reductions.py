"""Sums, means and maxima, over all elements or along axes."""

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value

Axis = int | tuple[int, ...] | None


class Reduction(Operation):
    """Many elements become one; ``axis`` and ``keepdims`` mean what they mean in NumPy.

    Parameters
    ----------
    axis : int or tuple of int, optional
        Along which axes; without it over all elements.
    keepdims : bool
        Whether these axes stay, with length 1.
    """

    def __init__(self, axis: Axis = None, keepdims: bool = False) -> None:
        self.axis, self.keepdims = axis, keepdims
        self.rule = f"axis={axis!r} must name axes of an input that holds elements"

    def with_axes(self, y: Value) -> np.ndarray:
        """Return an array of the output's shape, with length 1 where the input's axes were."""
        (x,) = self.values
        if self.axis is None:
            return np.reshape(y, (1,) * np.ndim(x))
        return np.asarray(y) if self.keepdims else np.expand_dims(y, self.axis)


class Sum(Reduction):
    """``y = sum of x``. Every element has slope 1, so each gets the whole gradient.

    ::

        dL/dx = dout, repeated
    """

    symbol = "sum"

    def forward(self, x: Value) -> Value:
        """Return the sum."""
        return np.sum(x, self.axis, keepdims=self.keepdims)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        return (np.broadcast_to(self.with_axes(dout), np.shape(x)),)


class Mean(Reduction):
    """``y = 1/m sum of x`` over m elements, each of which gets its share of the gradient.

    ::

        dL/dx = dout / m, repeated
    """

    symbol = "mean"

    def forward(self, x: Value) -> Value:
        """Return the mean."""
        y = np.mean(check_not_empty(x), self.axis, keepdims=self.keepdims)
        self.m = np.size(x) // np.size(y)
        return y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        return (np.broadcast_to(self.with_axes(dout) / self.m, np.shape(x)),)


class Max(Reduction):
    """``y = max of x``. The output depends on the largest element alone, so it gets the whole gradient.

    ::

        dL/dx = dout where x was the maximum, 0 elsewhere

    Of equal elements the first, row by row, counts as the maximum, as in the layer ``MaxPooling``, and as in PyTorch's
    ``max`` along an axis. (PyTorch's ``amax``, and its ``max`` over all elements, share the gradient among them.)
    """

    symbol = "max"

    def forward(self, x: Value) -> Value:
        """Return the maximum."""
        return np.max(check_not_empty(x), self.axis, keepdims=self.keepdims)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        axes = sorted(range(np.ndim(x)) if self.axis is None else np.atleast_1d(self.axis) % np.ndim(x))
        last = range(-len(axes), 0)
        candidates = np.moveaxis(x, axes, last)
        rows = candidates.reshape(np.size(dout), -1)
        dx = np.zeros_like(rows, order="C")
        dx[np.arange(len(rows)), rows.argmax(axis=1)] = np.ravel(dout)
        return (np.moveaxis(dx.reshape(candidates.shape), last, axes),)


def check_not_empty(x: Value) -> Value:
    """Raise ValueError when x holds no elements."""
    if np.size(x) == 0:
        raise ValueError("there are no elements")
    return x
