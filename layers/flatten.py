"""Flattening: each sample becomes a row."""

import numpy as np

from layers.common.base import Layer


class Flatten(Layer):
    """Write each sample as one row, ``(N, ...)`` to ``(N, D)``, between layers for images and affine layers.

    The values stay as they are, so backward only gives the gradient the shape back::

        dL/dx = dout in x's shape

    Examples
    --------
    >>> layer = Flatten()
    >>> layer.forward(np.array([[[1.0, 2.0], [3.0, 4.0]]]))
    array([[1., 2., 3., 4.]])
    >>> layer.backward(np.array([[5.0, 6.0, 7.0, 8.0]]))
    array([[[5., 6.],
            [7., 8.]]])
    """

    shapes = {"x": "N ..."}

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return a copy of x in the shape (N, D)."""
        self.x_shape = x.shape
        return np.copy(x.reshape(len(x), -1))

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return a copy of dout, shape (N, D), in x's shape."""
        return np.copy(dout.reshape(self.x_shape))
