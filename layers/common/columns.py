"""Operations that NumPy does faster in another way than the one that reads best; the layers call them by name."""

import numpy as np


def by_columns(x: np.ndarray) -> np.ndarray:
    """Return a table with more rows than columns so that each column lies in one piece of memory; others as they are.

    A sum or a maximum over each row is then a few operations on whole columns, where rows of ten values would each
    be a loop of their own. What is computed from it lies in the same way.

    >>> by_columns(np.zeros((3, 2))).strides, by_columns(np.zeros((2, 3))).strides
    ((8, 24), (24, 8))
    """
    return np.asfortranarray(x) if x.ndim == 2 and len(x) > x.shape[1] else x


def sum_of_products(a: np.ndarray, b: np.ndarray) -> float:
    """Return the sum over all elements of ``a * b``, for two arrays of one shape.

    It is one call of BLAS, in which tables that lie by columns are read as they lie.

    >>> sum_of_products(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))
    11.0
    """
    return float(np.vdot(a.T, b.T))
