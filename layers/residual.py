"""The residual connection."""

from typing import Any

import numpy as np

from layers.common.devices import as_array
from layers.common.training_mode import forward_as_told
from layers.sequence import Sequence


class Residual(Sequence):
    """Residual connection, ``y = x + f(x)``: the layers f learn what is to be added to their input.

    The gradient goes both ways and adds up. One of them is as good as an open road: however small the gradient that
    comes back through f, dout itself arrives unchanged, layer below layer::

        dL/dx = dout + f.backward(dout)

    Where f changes the shape, a projection p, such as a convolution of 1 x 1 pixels, gives x that shape too::

        y = p(x) + f(x)          dL/dx = p.backward(dout) + f.backward(dout)

    Parameters
    ----------
    *layers : layer
        The branch f, one behind the other.
    projection : layer, optional

    Raises
    ------
    ValueError
        When the branch changes the shape of x, and there is no projection to the same shape.

    Source: K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 3.2.

    Examples
    --------
    >>> from layers import ReLU
    >>> layer = Residual(ReLU())
    >>> layer.forward(np.array([[-1.0, 2.0]]))
    array([[-1.,  4.]])
    >>> layer.backward(np.array([[1.0, 1.0]]))
    array([[1., 2.]])
    """

    def __init__(self, *layers: Any, projection: Any = None) -> None:
        self.projection = projection
        super().__init__(*layers)

    @property
    def sublayers(self) -> tuple[Any, ...]:
        """The layers of the branch, then the projection."""
        return self.layers if self.projection is None else (*self.layers, self.projection)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x + f(x)``, or ``p(x) + f(x)``."""
        x = as_array(x)
        y = super().forward(x)
        shortcut = x
        if self.projection is not None:
            shortcut = forward_as_told(self.projection, x, self.training)
        shortcut = as_array(shortcut, y.dtype)
        if shortcut.shape != y.shape:
            self.raise_shape_error(x, shortcut, y)
        return shortcut + y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Have every layer store its gradients, return dL/dx."""
        through_branch = super().backward(dout)
        shortcut = dout if self.projection is None else self.projection.backward(dout)
        return through_branch + as_array(shortcut, through_branch.dtype)

    def raise_shape_error(self, x: np.ndarray, shortcut: np.ndarray, y: np.ndarray) -> None:
        """Raise ValueError: the branch's output and what it is to be added to differ in shape."""
        if self.projection is None:
            raise ValueError(
                f"Residual: the branch turns x.shape {x.shape} into {y.shape}, which cannot be added to x; "
                f"expected the same shape, or a projection=layer that gives x the shape {y.shape}"
            )
        raise ValueError(
            f"Residual: the branch turns x.shape {x.shape} into {y.shape}, the projection into {shortcut.shape}; "
            "expected the same shape from both"
        )
