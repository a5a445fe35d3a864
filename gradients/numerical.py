"""Numerical differentiation: slow, and too simple to be wrong."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from language import _


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the gradient of a scalar function by central differences.

    ::

        df/dx_i  =  (f(x + h e_i) - f(x - h e_i)) / 2h   +   O(h^2)

    Each element of x is moved in place, one after the other, and set back to the bit, even when f raises.
    A function that reads x from somewhere else, as a network reads its parameters, may ignore its argument.
    It costs two calls of f an element; backpropagation gets all elements for about two.

    Parameters
    ----------
    f : callable
        Takes x, returns one number.
    x : ndarray of floats, any shape
        Where to differentiate. float64: in float32 the rounding of f is as large as its change.
    h : float
        The step. 1e-5 balances, in float64, the O(h^2) of the formula against rounding, O(1e-16 / h).

    Returns
    -------
    ndarray
        df/dx, with x's shape and dtype.

    Raises
    ------
    TypeError
        When x is not a writable array of floats.
    ValueError
        When h is not positive, or f does not return one number.

    Examples
    --------
    >>> x = np.array([3.0, 4.0])
    >>> numerical_gradient(lambda x: (x ** 2).sum(), x).round(6)
    array([6., 8.])
    """
    check_arguments(x, h)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        try:
            x[index] = original + h
            right, above = x[index], as_number(f(x))
            x[index] = original - h
            left, below = x[index], as_number(f(x))
        finally:
            x[index] = original
        gradient[index] = (above - below) / (right - left)  # 2h, as far as x can be moved by h at all
    return gradient


def check_arguments(x: np.ndarray, h: float) -> None:
    """Raise for an x that cannot be moved by h in place; warn where float32 would swallow the step."""
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        came = f"an array of {x.dtype}" if isinstance(x, np.ndarray) else type(x).__name__
        raise TypeError(
            _("numerical_gradient: x must be an array of floats, because it is moved by h; got {came}", came=came)
        )
    if not x.flags.writeable:
        raise TypeError(_("numerical_gradient: x is read-only, but it is moved by h in place; pass a copy"))
    if not (np.isfinite(h) and h > 0):
        raise ValueError(_("numerical_gradient: the step h must be positive, got {h}", h=h))
    if h < np.cbrt(np.finfo(x.dtype).eps) / 10:
        warnings.warn(
            _(
                "numerical_gradient: with h={h:g}, rounding in {dtype} leaves few correct digits; pass "
                "x.astype(np.float64), or a larger h",
                h=h,
                dtype=x.dtype,
            ),
            RuntimeWarning,
            stacklevel=3,
        )


def as_number(value: Any) -> float:
    """Return what f gave as a float, or raise ValueError when it is not one number."""
    if np.size(value) != 1:
        raise ValueError(_("numerical_gradient: f must return one number, got shape {shape}", shape=np.shape(value)))
    if value is None:
        raise ValueError(_("numerical_gradient: f must return one number, got None; does it lack a return?"))
    return float(np.asarray(value).reshape(()))
