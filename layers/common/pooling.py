"""What max and average pooling share: a window that slides over each channel by itself."""

import numpy as np

from layers.common.base import Layer
from layers.common.options import at_least, optional
from layers.common.windows import Windows


class Pooling(Layer):
    """The window of a pooling layer; :class:`layers.MaxPooling` describes its arguments."""

    shapes = {"x": "N C H W"}
    options = {"pool_h": at_least(1), "pool_w": at_least(1), "stride": optional(at_least(1)), "pad": at_least(0)}
    pool_h: int
    pool_w: int
    stride: int | None
    pad: int

    def __init__(self, pool_h: int, pool_w: int, stride: int | None = None, pad: int = 0) -> None:
        self.store(pool_h=pool_h, pool_w=pool_w, stride=stride, pad=pad)
        if 2 * pad > min(pool_h, pool_w):
            raise ValueError(
                f"{type(self).__name__}: pad must be at most half of the window, or windows would see nothing but "
                f"padding; got pad {pad} for a window of {pool_h} x {pool_w}"
            )

    def windows_on(self, x: np.ndarray) -> Windows:
        """Return where the window stands on images x."""
        size = self.pool_h, self.pool_w
        stride = size if self.stride is None else (self.stride, self.stride)
        return Windows(type(self).__name__, x.shape, size, stride, self.pad)
