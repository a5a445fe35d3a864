"""Means and spreads, with which batch and layer normalisation standardise."""

import math
from typing import Any

import numpy as np

from layers.common.devices import is_elsewhere


def mean_over(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Return the mean over some axes, which stay with length 1; added up in float64, given in x's dtype.

    >>> mean_over(np.array([[1.0, 2.0], [3.0, 6.0]]), (0,))
    array([[2., 4.]])
    """
    return x.mean(axis=axes, keepdims=True, dtype=np.result_type(x.dtype, np.float64)).astype(x.dtype)


def moments(x: np.ndarray, axes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation over some axes, which stay with length 1.

    Where a square is too large for x's dtype, what is squared is first divided by its largest element.

    >>> moments(np.array([[3.0, -4.0], [3e200, -4e200]]), (1,))
    (array([[-5.e-001],
           [-5.e+199]]), array([[3.5e+000],
           [3.5e+200]]))
    """
    mean = mean_over(x, axes)
    centred = x - mean
    with np.errstate(over="ignore"):
        variance = mean_over(np.square(centred), axes)
    if not is_elsewhere(x) and np.isfinite(variance).all():  # a GPU would have to finish all it has been told first
        return mean, np.sqrt(variance)
    largest = np.maximum(np.abs(centred).max(axis=axes, keepdims=True), 1)
    if is_elsewhere(x):
        largest = power_of_two(largest)  # by which a division changes no digit
    return mean, largest * np.sqrt(mean_over(np.square(centred / largest), axes))


def power_of_two(x: np.ndarray) -> np.ndarray:
    """Return the largest powers of two that are not above x.

    >>> power_of_two(np.array([1.0, 7.0, 8.0]))
    array([1., 4., 8.])
    """
    return np.ldexp(np.ones_like(x), np.frexp(x)[1] - 1)


def add_eps(std: np.ndarray, eps: float) -> np.ndarray:
    """Return ``sqrt(std^2 + eps)``, what values are divided by; it is never 0, and the square never overflows.

    >>> add_eps(np.array([0.0, 2.0]), 0.25)
    array([0.5       , 2.06155281])
    """
    return np.hypot(std, std.dtype.type(math.sqrt(eps)))


def update_running(layer: Any, mean: np.ndarray, std: np.ndarray, m: int) -> None:
    """Let a layer's running mean and variance follow those of a batch with m values of each feature.

    ``running = momentum running + (1 - momentum) batch``, in place; the variance is the unbiased estimate.
    """
    with np.errstate(over="ignore"):
        unbiased = np.minimum(std**2 * (m / (m - 1)), np.finfo(std.dtype).max)
    for running, new in ((layer.running_mean, mean), (layer.running_var, unbiased)):
        running *= layer.momentum
        running += (1 - layer.momentum) * new.ravel()


def all_but_features(x: np.ndarray) -> tuple[int, ...]:
    """Return the axes of (N, D) or (N, C, H, W) over which a feature's values lie: all but axis 1."""
    return (0, *range(2, x.ndim))


def per_feature(values: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return one value for each feature in a shape that broadcasts with x: (D,) or (C, 1, 1)."""
    return values.reshape(-1, *[1] * (x.ndim - 2))
