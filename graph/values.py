"""What a Variable holds: a Python float, or an array of floats."""

from typing import Any

import numpy as np

Value = float | np.ndarray


def as_value(who: str, value: Any, dtype: np.dtype | type = np.float64) -> Value:
    """Return a number as a Python float, anything else as an array of floats.

    An array of floats is returned itself, not a copy. Integers, booleans and lists become arrays of ``dtype``.

    Raises
    ------
    TypeError
        For anything but real numbers.

    Examples
    --------
    >>> as_value("Variable", 3)
    3.0
    >>> as_value("Variable", [1, 2])
    array([1., 2.])
    """
    if type(value) is float or (type(value) is int and abs(value) < 1e300):
        return float(value)
    array = real_numbers(who, value)
    if array.ndim == 0:
        return float(array)
    return array if array.dtype.kind == "f" and isinstance(value, np.ndarray) else array.astype(dtype)


def real_numbers(who: str, value: Any) -> np.ndarray:
    """Return value as an array; raise TypeError unless it holds real numbers."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise TypeError(f"{who}: expected an array of numbers, got rows of different lengths: {value!r}") from None
    if array.dtype.kind not in "fbiu":
        came = f"an array of {array.dtype}" if isinstance(value, np.ndarray) else repr(value)
        raise TypeError(f"{who}: expected a real number or an array of real numbers, got {came}")
    return array


def as_gradient(who: str, gradient: Any, value: Value) -> Value:
    """Return dL/d(value) as what the value itself is: a Python float, or an array of its shape and dtype.

    Raises
    ------
    ValueError
        When the gradient has another shape than the value.
    """
    if np.shape(gradient) != np.shape(value):
        raise ValueError(
            f"{who}: backward gave a gradient of shape {np.shape(gradient)} for an input of shape {np.shape(value)}"
        )
    return np.asarray(gradient, value.dtype) if isinstance(value, np.ndarray) else float(gradient)


def shown(value: Value) -> str:
    """Return a value as a text: numbers and short arrays in full, long ones by their shape.

    >>> print(shown(np.array([[1.0, 2.0]])), shown(np.zeros((784, 50))))
    array([[1., 2.]]) array of shape (784, 50)
    """
    if isinstance(value, np.ndarray) and value.size > 12:
        return f"array of shape {value.shape}"
    return " ".join(repr(value).split())
