"""Operations that move elements and leave their values alone: reshape, transpose, indexing."""

from typing import Any

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value


class Reshape(Operation):
    """The same elements in another shape; backward gives the gradient the old shape back.

    Parameters
    ----------
    shape : tuple of int
        One of them may be -1, which is then worked out.
    """

    symbol = "reshape"

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.rule = f"the elements must fill the new shape {shape}"

    def forward(self, x: Value) -> Value:
        """Return x in the new shape."""
        return np.reshape(x, self.shape)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        return (np.reshape(dout, np.shape(x)),)


class Transpose(Operation):
    """The axes in another order; backward puts those of the gradient back.

    Parameters
    ----------
    axes : tuple of int, optional
        The old axes in their new order; without it the order is reversed, which transposes a matrix.
    """

    symbol = "T"
    name = "transpose"

    def __init__(self, axes: tuple[int, ...] | None = None) -> None:
        self.axes = axes
        self.rule = f"axes={axes} must name every axis of the input once"

    def forward(self, x: Value) -> Value:
        """Return x with its axes in the new order."""
        return np.transpose(x, self.axes)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        back = None if self.axes is None else np.argsort(np.mod(self.axes, len(self.axes)))
        return (np.transpose(dout, back),)


class Index(Operation):
    """``y = x[index]``: some elements of x. The others had no influence, so their gradient is 0.

    ::

        dL/dx = zeros, to which dout is added at the index

    An element that was taken twice, which arrays of integers can do, gets the sum.

    Parameters
    ----------
    index : int, slice, Ellipsis, None, array of integers or booleans, or a tuple of them
    """

    symbol = "[ ]"
    name = "indexing"

    def __init__(self, index: Any) -> None:
        self.index = index

    def forward(self, x: Value) -> Value:
        """Return ``x[index]``."""
        try:
            return np.asarray(x)[self.index]
        except IndexError as error:
            # TypeError for numbers: an IndexError would let a loop over one end without a word
            kind = IndexError if np.ndim(x) > 0 else TypeError
            raise kind(f"indexing: {error} (x.shape {np.shape(x)})") from None

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        dx = np.zeros(np.shape(x), getattr(x, "dtype", float))
        if self.takes_each_once():
            dx[self.index] = dout
        else:
            np.add.at(dx, self.index, dout)
        return (dx,)

    def takes_each_once(self) -> bool:
        """Return whether no element can have been taken twice: nothing but an array of integers does that."""
        parts = self.index if isinstance(self.index, tuple) else (self.index,)
        return not any(np.ndim(part) > 0 and np.asarray(part).dtype.kind in "iu" for part in parts)
