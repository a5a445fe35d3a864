"""The checks around ``forward`` and ``backward``, kept out of the way of the formulas.

``@checked_forward`` turns the inputs into float arrays of the layer's dtype, lets the layer's ``check``
look at their shapes, and notes the shape of the output. ``@checked_backward`` refuses to run before
``forward``, and refuses a ``dout`` of another shape than that output: it would broadcast, and give
gradients that are wrong without a word.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np


def checked_forward(forward: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Wrap ``forward(self, *inputs)`` of a layer: inputs become checked float arrays of one dtype.

    Arguments with a default, such as ``training``, are options and not inputs; they pass as they are.
    """
    signature = inspect.signature(forward)
    count = sum(parameter.default is parameter.empty for parameter in signature.parameters.values()) - 1

    @functools.wraps(forward)
    def checked(self: Any, *inputs: Any, **named: Any) -> np.ndarray:
        if named or len(inputs) != count:
            inputs = bound(signature, self, inputs, named)
        dtype = computing_dtype(self, inputs[:count])
        if len(inputs) == 1:  # the usual layer, without the detours that the general case takes
            x = np.asarray(inputs[0], dtype)
            self.check(x)
            y = forward(self, x)
        else:
            arrays = [np.asarray(x, dtype) for x in inputs[:count]]
            self.check(*arrays)
            y = forward(self, *arrays, *inputs[count:])
        self._y_shape, self._dtype = y.shape, dtype
        return y

    return checked


def checked_backward(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``backward(self, dout)`` of a layer: ``dout`` becomes an array with the output's shape and dtype."""

    @functools.wraps(backward)
    def checked(self: Any, dout: Any) -> Any:
        require_forward(self, "_y_shape")
        if type(dout) is not np.ndarray or dout.dtype is not self._dtype:
            dout = np.asarray(dout)
            require_numbers(self, dout.dtype)
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


def bound(signature: inspect.Signature, layer: Any, inputs: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Return the arguments of forward in their order; ``train_flg``, the book's word, is taken for ``training``."""
    if "train_flg" in named:
        named = {"training" if name == "train_flg" else name: value for name, value in named.items()}
    try:
        return signature.bind(layer, *inputs, **named).args[1:]
    except TypeError as error:
        raise TypeError(f"{type(layer).__name__}.forward: {error}") from None


def require_numbers(layer: Any, dtype: np.dtype) -> None:
    """Raise TypeError unless the dtype is one of real numbers."""
    if dtype.kind not in "fbiu":
        raise TypeError(f"{type(layer).__name__}: expected real numbers, got an array of {dtype}")


def computing_dtype(layer: Any, inputs: tuple[Any, ...]) -> np.dtype:
    """Return the dtype a layer computes in: its parameters', without parameters that of its float inputs.

    Integers, lists and Python numbers adapt to the float arrays beside them; alone they become float64.

    Raises
    ------
    TypeError
        For anything but real numbers.
    """
    if len(inputs) == 1 and isinstance(inputs[0], np.ndarray) and inputs[0].dtype.kind == "f":
        return getattr(layer, layer.param_names[0]).dtype if layer.param_names else inputs[0].dtype
    for x in inputs:
        require_numbers(layer, x.dtype if isinstance(x, np.ndarray) else np.asarray(x).dtype)
    if layer.param_names:
        return getattr(layer, layer.param_names[0]).dtype
    floats = [x.dtype for x in inputs if isinstance(x, np.ndarray) and x.dtype.kind == "f"]
    return np.result_type(*floats) if floats else np.dtype(float)


def as_float(x: Any) -> np.ndarray:
    """Return x as an array of floats; integers become float64, where differences can be negative."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
