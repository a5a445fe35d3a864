"""What batch and layer normalisation share: means, spreads, and checks of what their constructors are given."""

import math
from numbers import Real

import numpy as np


def mean(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Return the mean over some axes, which stay with length 1; added up in float64, given in x's dtype.

    >>> mean(np.array([[1.0, 2.0], [3.0, 6.0]]), (0,))
    array([[2., 4.]])
    """
    return x.mean(axis=axes, keepdims=True, dtype=np.result_type(x.dtype, np.float64)).astype(x.dtype)


def root_mean_square(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Return the root of the mean square over some axes, which stay with length 1.

    Where a square is too large for x's dtype, x is first divided by its largest element.

    >>> root_mean_square(np.array([[3.0, -4.0], [3e200, -4e200]]), (1,))
    array([[3.53553391e+000],
           [3.53553391e+200]])
    """
    with np.errstate(over="ignore"):
        squares = mean(np.square(x), axes)
    if np.isfinite(squares).all():
        return np.sqrt(squares)
    largest = np.maximum(np.abs(x).max(axis=axes, keepdims=True), 1)
    return largest * np.sqrt(mean(np.square(x / largest), axes))


def with_eps(deviation: np.ndarray, eps: float) -> np.ndarray:
    """Return ``sqrt(deviation^2 + eps)``, what values are divided by; it is never 0, and the square never overflows.

    >>> with_eps(np.array([0.0, 2.0]), 0.25)
    array([0.5       , 2.06155281])
    """
    return np.hypot(deviation, deviation.dtype.type(math.sqrt(eps)))


def check_eps(who: str, eps: float) -> None:
    """Raise ValueError unless eps is a positive number."""
    if not (isinstance(eps, Real) and math.isfinite(eps) and eps > 0):
        raise ValueError(f"{who}: eps must be a positive number, got {eps!r}")


def check_alike(who: str, gamma: np.ndarray, **others: np.ndarray) -> None:
    """Raise ValueError unless the other arrays have gamma's shape and dtype."""
    for name, array in others.items():
        if array.shape != gamma.shape:
            raise ValueError(
                f"{who}: expected gamma and {name} of one shape, got gamma.shape {gamma.shape} "
                f"and {name}.shape {array.shape}"
            )
        if array.dtype != gamma.dtype:
            raise ValueError(
                f"{who}: gamma is {gamma.dtype} and {name} {array.dtype}; "
                f"expected one dtype, such as {name}.astype(gamma.dtype)"
            )
