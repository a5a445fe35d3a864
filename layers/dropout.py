"""Dropout: some values, drawn anew each time, are left out while the network learns."""

import numpy as np

from layers.common.base import Layer
from layers.common.devices import uniform_like
from layers.common.options import share_below_1


class Dropout(Layer):
    """While the network learns, set each value to 0 with probability ``dropout_ratio``, and divide the others.

    ::

        mask  = 0 with probability dropout_ratio, else 1 / (1 - dropout_ratio)
        y     = x * mask
        dL/dx = dout * mask

    No unit can rely on another one being there, so each learns something that is useful by itself. The division keeps
    the mean of y what it is without dropout, so that in prediction the mask is 1 and values pass as they are. (*Deep
    Learning from Scratch* does not divide, and multiplies by ``1 - dropout_ratio`` in prediction instead.)

    Parameters
    ----------
    dropout_ratio : float
        The share of values that is dropped, from 0 to below 1.
    rng : numpy.random.Generator or int, optional
        Draws the masks; a number is the seed of a new one. Without it, each layer draws masks of its own.

    Raises
    ------
    ValueError
        When the ratio is not in [0, 1).

    Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15, 2014,
    section 4, and section 10 for the division.

    Examples
    --------
    >>> layer = Dropout(0.5, rng=0)
    >>> layer.forward(np.array([[1.0, 2.0, 3.0, 4.0]]))
    array([[2., 0., 0., 0.]])
    >>> layer.backward(np.array([[1.0, 1.0, 1.0, 1.0]]))
    array([[2., 0., 0., 0.]])
    >>> layer.forward(np.array([[1.0, 2.0, 3.0, 4.0]]), training=False)
    array([[1., 2., 3., 4.]])
    """

    options = {"dropout_ratio": share_below_1}
    dropout_ratio: float

    def __init__(self, dropout_ratio: float = 0.5, rng: "np.random.Generator | int | None" = None) -> None:
        self.store(dropout_ratio=dropout_ratio)
        self.rng = np.random.default_rng(rng)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x with some values dropped and the others divided; in prediction, a copy of x.

        ``training=True`` or ``False`` tells one call which of the two it is (:mod:`layers.common.training_mode`);
        without it ``self.training`` does.
        """
        self.mask = self.draw_mask(x) if self.training else np.ones_like(x)
        return x * self.mask

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape: nothing flows back to a value that was dropped."""
        return dout * self.mask

    def draw_mask(self, x: np.ndarray) -> np.ndarray:
        """Return a new mask in the shape, the dtype and the order in memory of x."""
        mask = np.empty_like(x)
        mask[...] = uniform_like(x, self.rng) >= self.dropout_ratio
        return mask / (1 - self.dropout_ratio)
