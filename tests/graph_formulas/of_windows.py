"""Convolution and pooling, written with the operations of a graph: indexing, the matrix product, max and mean."""

from typing import Any

import numpy as np

from graph.variable import Variable


def convolution(layer: Any, x: Variable, W: Variable, b: Variable) -> Variable:
    """Return the filters' answers: ``W windows + b``, each filter a row of W, each window a column."""
    F, _, FH, FW = W.shape
    seen = windows(x, (FH, FW), (layer.stride, layer.stride), layer.pad)
    N, C, *_, out_h, out_w = seen.shape
    columns = seen.reshape(N, C * FH * FW, out_h * out_w)
    y = W.reshape(F, C * FH * FW) @ columns + b.reshape(F, 1)
    return y.reshape(N, F, out_h, out_w)


def max_pooling(layer: Any, x: Variable) -> Variable:
    """Return the largest pixel of each window; padding never is."""
    return pooling_windows(layer, x, -np.inf).max(axis=(2, 3))


def average_pooling(layer: Any, x: Variable) -> Variable:
    """Return the mean of each window; padding counts as pixels of 0."""
    return pooling_windows(layer, x, 0.0).mean(axis=(2, 3))


def pooling_windows(layer: Any, x: Variable, padding: float) -> Variable:
    """Return what the windows of a pooling layer see."""
    size = layer.pool_h, layer.pool_w
    stride = size if layer.stride is None else (layer.stride, layer.stride)
    return windows(x, size, stride, layer.pad, padding)


def windows(x: Variable, size: tuple[int, int], stride: tuple[int, int], pad: int, padding: float = 0.0) -> Variable:
    """Return what a window sees in each place, shape (N, C, window_h, window_w, out_h, out_w).

    The pixel (p, q) of the window in the place (i, j) is ``x[n, c, i stride + p - pad, j stride + q - pad]``. Outside
    of the image, some pixel is taken, multiplied by 0, and the padding added.
    """
    rows, row_is_inside = positions(x.shape[2], size[0], stride[0], pad)
    columns, column_is_inside = positions(x.shape[3], size[1], stride[1], pad)
    rows, row_is_inside = rows[:, np.newaxis, :, np.newaxis], row_is_inside[:, np.newaxis, :, np.newaxis]
    columns, column_is_inside = columns[:, np.newaxis, :], column_is_inside[:, np.newaxis, :]
    seen = x[:, :, rows, columns]
    if pad == 0:
        return seen
    inside = row_is_inside & column_is_inside
    return seen * inside + np.where(inside, 0.0, padding).astype(x.data.dtype)


def positions(length: int, size: int, stride: int, pad: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where the window's pixels lie along one axis, shape (size, out), and whether that is in the image.

    >>> where, inside = positions(length=3, size=2, stride=2, pad=1)
    >>> print(where)
    [[0 1]
     [0 2]]
    >>> print(inside)
    [[False  True]
     [ True  True]]
    """
    out = (length + 2 * pad - size) // stride + 1
    where = np.arange(size)[:, np.newaxis] + stride * np.arange(out) - pad
    return np.clip(where, 0, length - 1), (where >= 0) & (where < length)
