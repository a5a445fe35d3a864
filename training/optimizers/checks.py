"""What an update refuses before it changes anything: parameters, gradients and options that make no sense."""

import math
from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np

from layers.common.devices import is_array, is_elsewhere

SMALLEST = float(np.finfo(np.float32).tiny)
LIMITS = {
    "lr": ("the learning rate must be a positive number", lambda value: 0 < value < math.inf),
    "eps": (
        f"eps must be a positive number (not below {SMALLEST:.1e}, the smallest normal float32)",
        lambda value: SMALLEST <= value < math.inf,
    ),
    "weight_decay": ("weight_decay must be a number >= 0", lambda value: 0 <= value < math.inf),
    **{
        name: (f"{name} must lie in [0, 1)", lambda value: 0 <= value < 1)
        for name in ("momentum", "decay_rate", "beta1", "beta2")
    },
}


def checked_option(owner: str, name: str, value: Any) -> float:
    """Return an optimizer's option as a Python float, which leaves float32 arrays float32.

    Raises
    ------
    ValueError
        When the value lies outside the option's limits or is no number.

    Examples
    --------
    >>> checked_option("SGD", "lr", np.float64(0.1))
    0.1
    """
    expected, holds = LIMITS.get(name, (f"{name} must be a number", lambda value: not math.isnan(value)))
    if not (isinstance(value, Real) and holds(value)):
        raise ValueError(f"{owner}: {expected}, got {value}")
    return float(value)


def check_gradients(params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
    """Raise unless every parameter is an array of floats, with a gradient of its shape.

    Raises
    ------
    TypeError
        When a parameter is not an array of floats, or a gradient neither an array of numbers nor, for a parameter
        of shape (), a number.
    ValueError
        When a gradient is missing or of another shape, or a parameter cannot be written to.
    """
    for what, arrays in (("params", params), ("grads", grads)):
        if not isinstance(arrays, (dict, Mapping)):  # dict first: Mapping is slow to tell
            raise TypeError(f"{what} must be a dictionary of arrays by name, got {type(arrays).__name__}")
    for name, param in params.items():
        if not (isinstance(param, np.ndarray) or is_elsewhere(param)) or param.dtype.kind != "f":
            raise TypeError(
                f"{name} must be an array of floats, because it is changed in place; got {described(param)}"
            )
        if not getattr(param.flags, "writeable", True):  # CuPy's arrays always are
            raise ValueError(f"{name} is read-only and cannot be changed in place; pass a copy of it")
        if name not in grads:
            raise ValueError(f"there is no gradient of {name}; there are {', '.join(grads) or 'none'}")
        grad = array = grads[name]
        if not (isinstance(grad, np.ndarray) or is_elsewhere(grad)):
            array = np.asarray(grad if isinstance(grad, Real) else None)
        if array.dtype.kind not in "fiu":
            raise TypeError(f"the gradient of {name} must be an array of numbers, got {described(grad)}")
        if array.shape != param.shape:
            raise ValueError(f"{name} has shape {param.shape}, its gradient {array.shape}")


def described(value: Any) -> str:
    """Return what a value is, for an error."""
    return f"an array of {value.dtype}" if is_array(value) else type(value).__name__
