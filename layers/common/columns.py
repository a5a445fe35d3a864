"""The columns of im2col, for the convolution: computed in stripes, and never all at once.

A stripe is some columns of the output from top to bottom. What the filters see in it needs few copies: each row of the
images is there as often as a filter is wide, shifted by a pixel each time, and the FH rows that a row of the output
needs lie one behind the other. The next row of the output shares all but one of them, as a view on the same memory.

Source: M. Cho, D. Brand, "MEC: Memory-efficient Convolution for Deep Neural Network", ICML 2017.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from layers.common.devices import is_elsewhere
from layers.common.threads import share, slices
from layers.common.windows import Windows, batch_first, batch_last

STRIPE_BYTES = 4 << 20  # of the shifted images in a stripe, at most
STRIPES = 4  # at least, for as many threads, where there is enough to share
WORTH_SHARING = 1 << 20  # values that the filters see


class Columns:
    """The matrix ``col`` of a convolution, (C FH FW, positions): what its filters see, a column for each position.

    The products ``W @ col`` and ``dout @ col.T``, and the way back to the images, are computed stripe by stripe, and by
    several threads (:mod:`layers.common.threads`).

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    filters : tuple of int
        The filters' shape, (F, C, FH, FW).
    stride, pad : int

    Examples
    --------
    >>> col = Columns(np.arange(9.0).reshape(1, 1, 3, 3), (1, 1, 2, 2), stride=1, pad=0)
    >>> np.ones((1, 4)) @ col
    array([[ 8., 12., 20., 24.]])
    >>> np.ones((1, 4)) @ col.T
    array([[ 8., 12., 20., 24.]])
    """

    __array_ufunc__ = None  # leaves ``array @ columns`` to __rmatmul__

    def __init__(self, x: np.ndarray, filters: tuple[int, ...], stride: int, pad: int) -> None:
        _, C, FH, FW = filters
        self.windows = Windows("Convolution", x.shape, (FH, FW), (stride, stride), pad)
        self.x = batch_last(x)
        self.filters = C, FH, FW

    def __rmatmul__(self, W: np.ndarray) -> np.ndarray:
        """Return ``W @ col``, shape (F, positions)."""
        if is_elsewhere(self.x):
            return W @ self.matrix()
        C, FH, FW = self.filters
        W = W.reshape(len(W), C, FH, FW).transpose(0, 2, 3, 1).reshape(len(W), -1)
        y = np.empty((len(W), self.windows.out_h, self.windows.out_w * self.windows.N), self.x.dtype)
        by_rows = y.swapaxes(0, 1)

        def answer(columns: np.ndarray, stripe: slice) -> None:
            np.matmul(W, columns, out=by_rows[:, :, stripe])

        self.for_stripes(answer)
        return y.reshape(len(W), -1)

    def matrix(self) -> np.ndarray:
        """Return all of the matrix, (C FH FW, positions), for a GPU, which is quickest with a single product."""
        return self.windows.columns(self.windows.with_padding(self.x), self.windows.all_rows)

    @property
    def T(self) -> "TransposedColumns":
        """The transposed matrix, (positions, C FH FW)."""
        return TransposedColumns(self)

    def for_stripes(self, work: Callable[[np.ndarray, slice], Any]) -> list[Any]:
        """Return what ``work(columns, positions)`` returns for every stripe.

        The columns are one matrix for each row of the output, (out_h, FH FW C, positions), and the positions those
        within a row, a slice of 0..out_w N.
        """
        windows = self.windows
        column_bytes = windows.size[1] * windows.C * (windows.H + 2 * windows.pad) * windows.N * self.x.itemsize
        stripes = max(STRIPES * (windows.values_seen > WORTH_SHARING), -(-windows.out_w * column_bytes // STRIPE_BYTES))
        wide = -(-windows.out_w // max(1, stripes))

        def in_stripe(stripe: slice) -> Any:
            return work(self.columns(stripe), slice(stripe.start * windows.N, stripe.stop * windows.N))

        return share(in_stripe, slices(0, windows.out_w, wide))

    def columns(self, stripe: slice) -> np.ndarray:
        """Return what the filters see in some columns of the output, (out_h, FH FW C, positions in a row)."""
        windows, (C, FH, FW) = self.windows, self.filters
        pad, (down, across) = windows.pad, windows.stride
        shifted = np.empty((windows.H + 2 * pad, FW, C, stripe.stop - stripe.start, windows.N), self.x.dtype)
        shifted[:pad] = shifted[pad + windows.H :] = 0
        for shift in range(FW):
            first = stripe.start * across + shift - pad  # the column of the images that the first of the output sees
            left = max(0, -(first // across))  # the first of the stripe that sees more than padding
            right = max(left, min(stripe.stop - stripe.start, (windows.W - 1 - first) // across + 1))
            inside = shifted[pad : pad + windows.H, shift]
            inside[:, :, :left] = inside[:, :, right:] = 0
            seen = slice(first + left * across, first + right * across, across)
            inside[:, :, left:right] = self.x[:, :, seen].swapaxes(0, 1)
        row, value = shifted.strides[0], shifted.itemsize
        shape = windows.out_h, FH * FW * C, shifted[0, 0, 0].size
        return as_strided(shifted, shape, (down * row, value * shape[2], value), writeable=False)

    def col2im(self, WT: np.ndarray, dout: np.ndarray) -> np.ndarray:
        """Return ``WT @ dout``, a gradient by columns, added up to images: each value where it came from.

        Where the filters move by one pixel, what a pixel gets is itself a convolution: of dout, with the filters
        turned by 180 degrees.
        """
        windows, (C, FH, FW) = self.windows, self.filters
        if windows.stride == (1, 1) and FH == FW and windows.pad < FH:
            turned = WT.reshape(C, FH, FW, -1)[:, ::-1, ::-1].transpose(0, 3, 1, 2)
            columns = Columns(self.as_images(dout), turned.shape, 1, FH - 1 - windows.pad)
            return columns.as_images(turned.reshape(C, -1) @ columns)
        padded = np.zeros(windows.padded_shape, dout.dtype, like=dout)
        for band in [windows.all_rows] if is_elsewhere(dout) else windows.bands(dout.itemsize):
            windows.add_columns(WT @ dout[:, band.positions], padded, band)
        return batch_first(windows.without_padding(padded))

    def as_images(self, y: np.ndarray) -> np.ndarray:
        """Return a matrix (F, positions) as images (N, F, out_h, out_w)."""
        return batch_first(y.reshape(len(y), self.windows.out_h, self.windows.out_w, -1))

    def as_matrix(self, y: np.ndarray) -> np.ndarray:
        """Return images (N, F, out_h, out_w) as a matrix (F, positions)."""
        return batch_last(y).reshape(y.shape[1], -1)


class TransposedColumns(Columns):
    """The transposed matrix."""

    def __init__(self, col: Columns) -> None:
        self.windows, self.x, self.filters = col.windows, col.x, col.filters

    def __rmatmul__(self, dout: np.ndarray) -> np.ndarray:
        """Return ``dout @ col.T``, shape (F, C FH FW)."""
        if is_elsewhere(self.x):
            return dout @ self.matrix().T
        F, (C, FH, FW) = len(dout), self.filters
        dout = dout.reshape(F, self.windows.out_h, -1).transpose(1, 2, 0)
        dW = sum(self.for_stripes(lambda columns, stripe: (columns @ dout[:, stripe]).sum(axis=0)))
        return dW.reshape(FH, FW, C, F).transpose(3, 2, 0, 1).reshape(F, -1)
