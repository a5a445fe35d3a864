"""Windows that slide over images: where they stand, and what they see there.

Images have shape (N, C, H, W) everywhere, but convolution and pooling keep the batch axis last *in memory*,
(C, H, W, N). What one pixel of the window meets, place by place along a row and sample by sample, then lies in one
piece, and is copied, added or compared at the speed of the memory.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from layers.common.devices import in_order

BAND_BYTES = 2 << 20  # what of the columns of im2col is worked on at a time: about what a core's cache holds


class Band(NamedTuple):
    """Some rows of the output, first..last, and the slice of all positions that they are."""

    first: int
    last: int
    positions: slice


class Windows:
    """Where a window, that of a filter or of a pooling, stands as it slides over images.

    Parameters
    ----------
    who : str
        Who asks; begins the error messages.
    shape : tuple of int
        The images', (N, C, H, W).
    size : (int, int)
        Height and width of the window.
    stride : (int, int)
        By how many pixels it moves, downwards and across.
    pad : int
        How many pixels are added on each side of the images.

    Attributes
    ----------
    out_h, out_w : int
        In how many positions it stands, downwards and across::

            out = (image + 2 pad - window) // stride + 1

    positions : int
        In how many it stands altogether, on all images: out_h out_w N.
    values_seen : int
        How many values it sees in them altogether.

    Raises
    ------
    ValueError
        When the window does not fit in once.
    """

    def __init__(
        self, who: str, shape: tuple[int, ...], size: tuple[int, int], stride: tuple[int, int], pad: int
    ) -> None:
        self.N, self.C, self.H, self.W = shape
        self.size, self.stride, self.pad = size, stride, pad
        self.out_h = count_positions(who, "high", self.H, size[0], stride[0], pad)
        self.out_w = count_positions(who, "wide", self.W, size[1], stride[1], pad)
        self.positions = self.out_h * self.out_w * self.N
        self.values_seen = self.C * size[0] * size[1] * self.positions
        self.padded_shape = self.C, self.H + 2 * pad, self.W + 2 * pad, self.N

    def padded(self, x: np.ndarray, value: float = 0.0) -> np.ndarray:
        """Return images (N, C, H, W) with their padding, an array (C, H + 2 pad, W + 2 pad, N)."""
        return self.with_padding(batch_last(x), value)

    def with_padding(self, x: np.ndarray, value: float = 0.0) -> np.ndarray:
        """Return images (C, H, W, N) with their padding."""
        if self.pad == 0:
            return x
        padded = np.empty(self.padded_shape, x.dtype, like=x)
        padded[...] = value
        self.without_padding(padded)[...] = x
        return padded

    def without_padding(self, padded: np.ndarray) -> np.ndarray:
        """Return the images in a padded array, a view (C, H, W, N)."""
        return padded[:, self.pad : self.pad + self.H, self.pad : self.pad + self.W]

    def pixels(self, padded: np.ndarray, rows: tuple[int, int] | None = None) -> Iterator[np.ndarray]:
        """Yield what each pixel of the window meets in all its positions, or those of some output rows.

        They are views (C, rows, out_w, N), one for each pixel of the window, row by row.
        """
        first, last = rows or (0, self.out_h)
        down, across = self.stride
        for i, j in np.ndindex(self.size):
            yield padded[:, i + first * down : i + last * down : down, j : j + self.out_w * across : across]

    def add_up(self, parts: Iterable[np.ndarray], like: np.ndarray) -> np.ndarray:
        """Return images (N, C, H, W) in which each pixel has the sum of what it gets in the windows that see it.

        ``parts`` holds what each pixel of the window gets in all positions, row by row, arrays (C, out_h, out_w, N) of
        the kind of ``like``.
        """
        once = self.stride == self.size and self.padded_shape[1:3] == (
            self.out_h * self.size[0],
            self.out_w * self.size[1],
        )
        padded = (np.empty if once else np.zeros)(self.padded_shape, like.dtype, like=like)
        for pixel, part in zip(self.pixels(padded), parts, strict=True):
            if once:  # each pixel is seen by one window
                pixel[...] = part
            else:
                pixel += part
        return batch_first(self.without_padding(padded))

    @property
    def all_rows(self) -> Band:
        """The band of all output rows."""
        return Band(0, self.out_h, slice(None))

    def bands(self, itemsize: int) -> Iterator[Band]:
        """Yield bands of output rows whose columns, as :meth:`columns` makes them, fit into the cache."""
        row_positions = self.out_w * self.N
        rows = max(1, BAND_BYTES // (self.C * self.size[0] * self.size[1] * row_positions * itemsize))
        for first in range(0, self.out_h, rows):
            last = min(first + rows, self.out_h)
            yield Band(first, last, slice(first * row_positions, last * row_positions))

    def columns(self, padded: np.ndarray, band: Band) -> np.ndarray:
        """Return what the windows of a band see, a column for each: (C window_h window_w, positions)."""
        shape = self.C, self.size[0] * self.size[1], band.last - band.first, self.out_w, self.N
        col = np.empty(shape, padded.dtype, like=padded)
        for number, pixel in enumerate(self.pixels(padded, band[:2])):
            col[:, number] = pixel
        return col.reshape(col.shape[0] * col.shape[1], -1)

    def add_columns(self, col: np.ndarray, padded: np.ndarray, band: Band) -> None:
        """Add the columns of a band to the pixels that they came from."""
        col = col.reshape(self.C, -1, band.last - band.first, self.out_w, self.N)
        for number, pixel in enumerate(self.pixels(padded, band[:2])):
            pixel += col[:, number]


def count_positions(who: str, direction: str, image: int, window: int, stride: int, pad: int) -> int:
    """Return in how many positions a window stands along one axis of an image; raise ValueError if in none."""
    count = (image + 2 * pad - window) // stride + 1
    if count < 1:
        raise ValueError(
            f"{who}: a window {window} {direction} does not fit into an image {image} {direction} with pad {pad}: "
            f"out = (image + 2 pad - window) // stride + 1 = ({image} + {2 * pad} - {window}) // {stride} + 1 = {count}"
        )
    return count


def batch_last(x: np.ndarray) -> np.ndarray:
    """Return images (N, C, H, W) as an array (C, H, W, N) in one piece; no copy where they lie so in memory."""
    return in_order(x.transpose(1, 2, 3, 0), "C")


def batch_first(x: np.ndarray) -> np.ndarray:
    """Return an array (C, H, W, N) as images (N, C, H, W), which share its memory."""
    return x.transpose(3, 0, 1, 2)
