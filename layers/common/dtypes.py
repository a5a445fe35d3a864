"""In which dtype a layer computes."""

from typing import Any

import numpy as np

from layers.common.devices import as_array, is_array


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
        require_numbers(layer, x.dtype if is_array(x) else np.asarray(x).dtype)
    if layer.param_names:
        return getattr(layer, layer.param_names[0]).dtype
    floats = [x.dtype for x in inputs if is_array(x) and x.dtype.kind == "f"]
    return np.result_type(*floats) if floats else np.dtype(float)


def as_float(x: Any) -> np.ndarray:
    """Return x as an array of floats; integers become float64, where differences can be negative."""
    x = as_array(x)
    return x if x.dtype.kind == "f" else x.astype(float)
