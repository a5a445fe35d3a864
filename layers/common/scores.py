"""Scores, a table with a row for each sample, in the order in memory in which NumPy adds up its rows fastest."""

from typing import Any

import numpy as np

from layers.common.devices import in_order, number
from layers.common.dtypes import as_float


def as_scores(x: Any) -> np.ndarray:
    """Return scores as floats, a table in column-major order (:func:`column_major`)."""
    return column_major(as_float(x))


def column_major(x: np.ndarray) -> np.ndarray:
    """Return a table with more rows than columns in column-major (Fortran) order; other arrays as they are.

    A sum or a maximum over each row is then a few operations on whole columns, where rows of ten values would each
    be a loop of their own. What is computed from it has the same order in memory.

    >>> column_major(np.zeros((3, 2))).strides, column_major(np.zeros((2, 3))).strides
    ((8, 24), (24, 8))
    """
    return in_order(x, "F") if x.ndim == 2 and len(x) > x.shape[1] else x


def minus_maximum(x: np.ndarray) -> np.ndarray:
    """Return ``x - max(x)`` for each row.

    A score that is so far below the maximum that their difference would be infinite is first lifted to where it is not.

    >>> minus_maximum(np.array([[1.0, 3.0]]))
    array([[-2.,  0.]])
    """
    highest = x.max(axis=-1, keepdims=True)
    return np.maximum(x, highest - np.finfo(x.dtype).max / 16) - highest


def sum_of_products(a: np.ndarray, b: np.ndarray) -> float:
    """Return the sum over all elements of ``a * b``, for two arrays of one shape.

    It is one call of BLAS, which reads column-major tables as they lie in memory.

    >>> sum_of_products(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))
    11.0
    """
    return number(np.vdot(a.T, b.T))
