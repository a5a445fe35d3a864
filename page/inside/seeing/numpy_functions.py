"""NumPy's functions, written with the operations of a graph."""

from collections.abc import Callable
from typing import Any

import numpy as np


def value_of(x: Any) -> Any:
    """Return the plain value of a Variable; anything else as it is."""
    return getattr(x, "now", x)


def maximum(x: Any, y: Any) -> Any:
    """Return the larger of both, element by element: ``y + ReLU(x - y)``, or ReLU itself beside 0."""
    if not hasattr(x, "relu"):
        x, y = y, x
    if not hasattr(y, "relu") and not np.any(y):
        return x.relu() if np.ndim(y) == 0 else (x + y).relu()
    return y + (x - y).relu()


def where(condition: Any, x: Any, y: Any) -> Any:
    """Return x where the condition holds, y elsewhere: each times a mask that is constant."""
    mask = np.asarray(value_of(condition)) * 1.0
    parts = [value * part for value, part in ((x, mask), (y, 1 - mask)) if hasattr(value, "relu") or np.any(value)]
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


def clip(x: Any, low: Any = None, high: Any = None, **named: Any) -> Any:
    """Return x, not below the one bound and not above the other."""
    low, high = named.get("a_min", low), named.get("a_max", high)
    x = x if low is None else maximum(x, low)
    return x if high is None else high - maximum(high - x, 0.0)


def variance(x: Any, axis: Any = None, keepdims: bool = False, **named: Any) -> Any:
    """Return the mean square of the distances from the mean."""
    return ((x - x.mean(axis, keepdims=True)) ** 2).mean(axis, keepdims)


def dot(x: Any, y: Any) -> Any:
    """Return the product: of matrices, or with a number."""
    is_number = np.ndim(value_of(x)) == 0 or np.ndim(value_of(y)) == 0
    return x * y if is_number else x @ y


def reshape(x: Any, shape: Any = None, newshape: Any = None, **named: Any) -> Any:
    """Return the elements in another shape."""
    shape = newshape if shape is None else shape
    return x.reshape(*np.atleast_1d(shape).tolist())


def expand_dims(x: Any, axis: Any) -> Any:
    """Return x with a new axis of length 1."""
    return x.reshape(*np.expand_dims(x.now, axis).shape)


def squeeze(x: Any, axis: Any = None) -> Any:
    """Return x without axes of length 1."""
    return x.reshape(*np.squeeze(x.now, axis).shape)


UFUNCS: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: y.__radd__(x) if is_plain(x) else x + y,
    "subtract": lambda x, y: y.__rsub__(x) if is_plain(x) else x - y,
    "multiply": lambda x, y: y.__rmul__(x) if is_plain(x) else x * y,
    "divide": lambda x, y: y.__rtruediv__(x) if is_plain(x) else x / y,
    "power": lambda x, y: y.__rpow__(x) if is_plain(x) else x**y,
    "matmul": lambda x, y: y.__rmatmul__(x) if is_plain(x) else x @ y,
    "negative": lambda x: -x,
    "positive": lambda x: x,
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "tanh": lambda x: x.tanh(),
    "sqrt": lambda x: x**0.5,
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
    "absolute": lambda x: x * np.sign(x.now),
    "maximum": maximum,
    "minimum": lambda x, y: -maximum(-x, -y),
    "sign": lambda x: np.sign(x.now),
    "greater": lambda x, y: value_of(x) > value_of(y),
    "greater_equal": lambda x, y: value_of(x) >= value_of(y),
    "less": lambda x, y: value_of(x) < value_of(y),
    "less_equal": lambda x, y: value_of(x) <= value_of(y),
    "isnan": lambda x: np.isnan(x.now),
    "isfinite": lambda x: np.isfinite(x.now),
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum": lambda x, axis=None, keepdims=False: x.sum(axis, keepdims),
    "mean": lambda x, axis=None, keepdims=False: x.mean(axis, keepdims),
    "max": lambda x, axis=None, keepdims=False: x.max(axis, keepdims),
    "amax": lambda x, axis=None, keepdims=False: x.max(axis, keepdims),
    "var": variance,
    "std": lambda x, axis=None, keepdims=False: variance(x, axis, keepdims) ** 0.5,
    "dot": dot,
    "reshape": reshape,
    "ravel": lambda x: x.reshape(-1),
    "transpose": lambda x, axes=None: x.transpose() if axes is None else x.transpose(*axes),
    "swapaxes": lambda x, a, b: x.transpose(*swapped(x.ndim, a, b)),
    "expand_dims": expand_dims,
    "squeeze": squeeze,
    "where": where,
    "clip": clip,
    "copy": lambda x, **named: x.copy(),
    "shape": lambda x: x.shape,
    "ndim": lambda x: x.ndim,
    "size": lambda x, axis=None: np.size(x.now, axis),
    "zeros_like": lambda x, **named: np.zeros_like(x.now),
    "ones_like": lambda x, **named: np.ones_like(x.now),
    "empty_like": lambda x, **named: np.zeros_like(x.now),
    "full_like": lambda x, value, **named: np.full_like(x.now, value),
    "argmax": lambda x, axis=None: np.argmax(x.now, axis),
    "any": lambda x, axis=None: np.any(x.now, axis),
    "all": lambda x, axis=None: np.all(x.now, axis),
}


def is_plain(x: Any) -> bool:
    """Return whether a value is no Variable."""
    return not hasattr(x, "relu")


def swapped(count: int, a: int, b: int) -> list[int]:
    """Return the axes with two of them exchanged.

    >>> swapped(3, 0, -1)
    [2, 1, 0]
    """
    axes = list(range(count))
    axes[a], axes[b] = axes[b], axes[a]
    return axes
