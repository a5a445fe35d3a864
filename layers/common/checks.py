"""The checks around ``forward`` and ``backward`` of the project's own layers, kept out of the way of the formulas.

:class:`layers.Layer` puts them there. Forward gets its inputs as float arrays of the layer's dtype and of a shape that
fits (:mod:`layers.common.inputs`). Backward is refused before forward, and for a ``dout`` of another shape than the
output: it would broadcast, and give gradients that are wrong without a word.

Anybody else's class, also one that inherits from ours, is left as it is, unless it declares shapes or options itself.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from layers.common.devices import as_array, number
from layers.common.dtypes import computing_dtype, require_numbers
from layers.common.signatures import Signature
from layers.common.training_mode import in_mode


def checked_forward(forward: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Wrap ``forward(self, x)`` or ``forward(self, x, y)``: inputs become checked float arrays of one dtype."""
    signature = Signature(forward)
    count = signature.count

    @functools.wraps(forward)
    def checked(self: Any, *inputs: Any, **named: Any) -> np.ndarray:
        if named or len(inputs) != count:
            inputs, training = signature.bind(self, inputs, named)
            with in_mode(self, training):
                return checked(self, *inputs)
        dtype = computing_dtype(self, inputs)
        if count == 1:  # the usual layer, without the detours of the general case
            (x,), kind = inputs, self.input_kind
            if type(x) is not np.ndarray or x.dtype is not dtype:
                x = as_array(x, dtype)
            y = forward(self, x if kind is None else kind.accept(self, kind.features, x))
        else:
            y = forward(self, *self.input_kind.accept(self, None, *(as_array(x, dtype) for x in inputs)))
        self._y_shape, self._dtype = y.shape, dtype
        return y

    vars(checked)["__signature__"] = signature.shown
    return checked


def checked_backward(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``backward(self, dout)``: ``dout`` becomes an array with the output's shape and dtype."""

    @functools.wraps(backward)
    def checked(self: Any, dout: Any) -> Any:
        require_forward(self, "_y_shape")
        if type(dout) is not np.ndarray or dout.dtype is not self._dtype:
            dout = as_array(dout)
            require_numbers(self, dout.dtype)
            dout = as_array(dout, self._dtype)
        require_shape(self, dout.shape, self._y_shape)
        dx, kind = backward(self, dout), self.input_kind
        return dx if kind is None or kind.restore is None or dx is None else kind.restore(self, dx)

    vars(checked)["formula"] = backward
    return checked


def checked_loss(forward: Callable[..., float]) -> Callable[..., float]:
    """Wrap ``forward(self, x, t)`` of a loss: scores become floats, and labels or targets what its formula wants."""
    signature = Signature(forward)

    @functools.wraps(forward)
    def checked(self: Any, *inputs: Any, **named: Any) -> float:
        if named or len(inputs) != 2:
            inputs, _ = signature.bind(self, inputs, named)
        x, t = inputs
        return number(forward(self, *self.targets_as(as_array(x, computing_dtype(self, (x,))), t)))

    return checked


def checked_loss_backward(backward: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Wrap ``backward(self, dout=1.0)`` of a loss, where dout is a number."""

    @functools.wraps(backward)
    def checked(self: Any, dout: float = 1.0) -> np.ndarray:
        require_forward(self, "y")
        return backward(self, float(dout))

    return checked


def require_shape(layer: Any, shape: tuple[int, ...], y_shape: tuple[int, ...]) -> None:
    """Raise ValueError unless ``dout`` has the shape of what ``forward`` returned."""
    if shape != y_shape:
        raise ValueError(
            f"{type(layer).__name__}: dout.shape {shape} differs from the output's {y_shape}; "
            "dout is dL/dy, so it has the shape of what forward returned"
        )


def require_forward(layer: Any, kept: str) -> None:
    """Raise RuntimeError unless ``forward`` has set the attribute ``kept``."""
    if not hasattr(layer, kept):
        raise RuntimeError(
            f"{type(layer).__name__}: backward was called before forward; it needs the values that forward keeps"
        )
