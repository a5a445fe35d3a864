"""The checks around ``forward`` and ``backward``, kept out of the way of the formulas.

``@checked_forward`` turns the inputs into float arrays of the layer's dtype, lets the layer's ``check``
look at their shapes, and notes the shape of the output. ``@checked_backward`` refuses to run before
``forward``, and refuses a ``dout`` of another shape than that output: it would broadcast, and give
gradients that are wrong without a word.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def checked_forward(forward: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Wrap ``forward(self, *inputs)`` of a layer: inputs become checked float arrays of one dtype."""

    @functools.wraps(forward)
    def checked(self: Any, *inputs: Any) -> np.ndarray:
        dtype = computing_dtype(self, inputs)
        arrays = [np.asarray(x, dtype) for x in inputs]
        self.check(*arrays)
        y = forward(self, *arrays)
        self._y_shape, self._dtype = y.shape, dtype
        return y

    return checked


def checked_backward(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``backward(self, dout)`` of a layer: ``dout`` becomes an array with the output's shape and dtype."""

    @functools.wraps(backward)
    def checked(self: Any, dout: Any) -> Any:
        require_forward(self, "_y_shape")
        dout = np.asarray(dout, self._dtype)
        if dout.shape != self._y_shape:
            raise ValueError(
                f"{type(self).__name__}: dout.shape {dout.shape} differs from the output's {self._y_shape}; "
                "dout is dL/dy, so it has the shape of what forward returned"
            )
        return backward(self, dout)

    return checked


def require_forward(layer: Any, kept: str) -> None:
    """Raise RuntimeError unless ``forward`` has set the attribute ``kept``."""
    if not hasattr(layer, kept):
        raise RuntimeError(
            f"{type(layer).__name__}: backward was called before forward; it needs the values that forward keeps"
        )


def computing_dtype(layer: Any, inputs: tuple[Any, ...]) -> np.dtype:
    """Return the dtype a layer computes in: its parameters', without parameters its inputs'.

    Python numbers adapt to the arrays beside them; integers become float64.

    Raises
    ------
    TypeError
        For anything but real numbers.
    """
    deciding = [getattr(layer, name) for name in layer.param_names] or [
        x if isinstance(x, np.ndarray) else np.asarray(x) for x in inputs if not isinstance(x, (int, float))
    ]
    dtypes = [array.dtype for array in deciding] or [np.dtype(float)]
    dtype = dtypes[0] if len(set(dtypes)) == 1 else np.result_type(*dtypes)
    if dtype.kind in "biu":
        return np.dtype(float)
    if dtype.kind != "f":
        raise TypeError(f"{type(layer).__name__}: expected real numbers, got an array of {dtype}")
    return dtype
