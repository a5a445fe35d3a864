"""What the layers with two inputs do about broadcasting."""

import numpy as np


def sum_to_shape(gradient: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Sum a gradient down to the shape of an input that was broadcast in ``forward``.

    An element that was repeated had an influence through every copy, and the influences add up.

    Parameters
    ----------
    gradient : ndarray
        dL/d(the broadcast input).
    shape : tuple of int
        The input's own shape, from which ``gradient.shape`` was broadcast.

    Examples
    --------
    >>> sum_to_shape(np.ones((3, 2)), (2,))
    array([3., 3.])
    >>> sum_to_shape(np.ones((3, 2)), (3, 1))
    array([[2.],
           [2.],
           [2.]])
    """
    new_axes = gradient.ndim - len(shape)
    repeated = tuple(new_axes + i for i, size in enumerate(shape) if size == 1)
    summed = gradient.sum(axis=(*range(new_axes), *repeated), keepdims=True)
    return summed.reshape(shape)


def check_broadcast(layer_name: str, x: np.ndarray, y: np.ndarray) -> None:
    """Raise ValueError when two inputs cannot be broadcast together."""
    try:
        np.broadcast_shapes(x.shape, y.shape)
    except ValueError:
        raise ValueError(
            f"{layer_name}: x.shape {x.shape} and y.shape {y.shape} do not broadcast: "
            "counting from the right, each pair of axes must have the same length, or one of them must have length 1"
        ) from None
