"""Max pooling."""

import numpy as np

from layers.common.pooling import Pooling
from layers.common.windows import batch_first, batch_last


class MaxPooling(Pooling):
    """Max pooling: the largest value that the window sees, in each place and each channel.

    The output depends on that one pixel alone, so it gets the whole gradient, and the other pixels none::

        y      = max over the window's pixels of x
        dL/dx  = dout at the pixel that was the maximum, summed over the windows in which it was

    Of equal pixels the first, row by row, counts as the maximum, and padding is minus infinity, which no number is
    below: both as in PyTorch. (*Deep Learning from Scratch* pads with zeros, which would exceed negative pixels.)

    Parameters
    ----------
    pool_h, pool_w : int
        Height and width of the window.
    stride : int, optional
        By how many pixels the window moves; without it by its own size, so that windows do not overlap.
    pad : int
        How many pixels are added on each side of the images; at most half of the window.

    Raises
    ------
    ValueError
        When the window is larger than the padded images, or pad larger than half of the window.

    Examples
    --------
    >>> pooling = MaxPooling(2, 2)
    >>> pooling.forward(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[4.]]]])
    >>> pooling.backward(np.array([[[[10.0]]]]))
    array([[[[ 0.,  0.],
             [10.,  0.]]]])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the maxima, shape (N, C, out_h, out_w), for x of shape (N, C, H, W)."""
        self.windows = self.windows_on(x)
        pixels = list(self.windows.pixels(self.windows.padded(x, -np.inf)))
        y = pixels[0].copy()
        for pixel in pixels[1:]:
            np.maximum(y, pixel, out=y)
        self.winner = number_of_first_maximum(pixels, y)
        return batch_first(y)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx with x's shape for dout of shape (N, C, out_h, out_w)."""
        dout, pixels = batch_last(dout), range(self.pool_h * self.pool_w)
        return self.windows.add_up((dout * (self.winner == number) for number in pixels), dout)


def number_of_first_maximum(pixels: list[np.ndarray], y: np.ndarray) -> np.ndarray:
    """Return the number of the first pixel that equals y, in each place: the number of those before it that do not."""
    number = np.zeros(y.shape, np.min_scalar_type(len(pixels)), like=y)
    not_yet = np.ones_like(y, bool)
    for pixel in pixels[:-1]:
        not_yet &= pixel != y
        number += not_yet
    return number
