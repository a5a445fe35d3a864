"""Average pooling."""

import numpy as np

from layers.common.pooling import Pooling
from layers.common.windows import batch_first, batch_last


class AveragePooling(Pooling):
    """Average pooling: the mean of what the window sees, in each place and each channel.

    Every pixel has the same share in the mean, and gets the same share of its gradient::

        y      = 1/P  sum over the window's pixels of x            P = pool_h pool_w
        dL/dx  = 1/P  dout, summed over the windows in which the pixel was

    Padding is zeros, which count as pixels, as in PyTorch. Parameters and errors are those of
    :class:`~layers.max_pooling.MaxPooling`.

    Examples
    --------
    >>> pooling = AveragePooling(2, 2)
    >>> pooling.forward(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[2.5]]]])
    >>> pooling.backward(np.array([[[[10.0]]]]))
    array([[[[2.5, 2.5],
             [2.5, 2.5]]]])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the means, shape (N, C, out_h, out_w), for x of shape (N, C, H, W)."""
        self.windows = self.windows_on(x)
        return batch_first(np.divide(sum(self.windows.pixels(self.windows.padded(x))), self.pool_h * self.pool_w))

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx with x's shape for dout of shape (N, C, out_h, out_w)."""
        share = batch_last(dout) / (self.pool_h * self.pool_w)
        return self.windows.add_up([share] * (self.pool_h * self.pool_w), share)
