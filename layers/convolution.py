"""The convolutional layer."""

import numpy as np

from layers.affine import as_parameter
from layers.common.base import Layer
from layers.common.checks import checked_backward, checked_forward
from layers.common.windows import Windows, batch_first, batch_last, check_images, check_whole_numbers


class Convolution(Layer):
    """Convolution: each filter slides over the images and answers in each place with a weighted sum.

    ::

        y[n, f, i, j] = b[f] + sum over c, p, q of  W[f, c, p, q] x[n, c, i stride + p, j stride + q]

    With the patches that the filters see as the columns of a matrix (:mod:`layers.im2col`), it is an affine layer::

        y = W col + b                            W is (F, C FH FW), col is (C FH FW, places)

        dL/dW   = dout col^T
        dL/db   = dout summed over all places
        dL/dcol = W^T dout                       and col2im adds up what each pixel got in all its patches

    (As everywhere in deep learning the filter is not mirrored: strictly, this is the cross-correlation.)

    Parameters
    ----------
    W : ndarray, shape (F, C, FH, FW)
        F filters.
    b : ndarray, shape (F,)
    stride : int
        By how many pixels the filters move.
    pad : int
        How many zeros are added on each side of the images.

    Raises
    ------
    ValueError
        When the shapes or dtypes of W and b, the channels of x and W, or the filter and the image do not fit.

    Examples
    --------
    >>> convolution = Convolution(np.array([[[[1.0, -1.0]]]]), np.array([0.0]))
    >>> convolution.forward(np.array([[[[1.0, 3.0, 6.0]]]]))
    array([[[[-2., -3.]]]])
    >>> convolution.backward(np.array([[[[1.0, 1.0]]]]))
    array([[[[ 1.,  0., -1.]]]])
    >>> convolution.dW
    array([[[[4., 9.]]]])
    """

    param_names = ("W", "b")
    option_names = ("stride", "pad")

    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        self.W, self.b = as_parameter(W), as_parameter(b)
        self.stride, self.pad = stride, pad
        if self.W.ndim != 4 or self.W.size == 0 or self.b.shape != self.W.shape[:1]:
            raise ValueError(
                "Convolution: expected W of shape (F, C, FH, FW) and b of shape (F,), "
                f"got W.shape {self.W.shape} and b.shape {self.b.shape}"
            )
        if self.W.dtype != self.b.dtype:
            raise ValueError(
                f"Convolution: W is {self.W.dtype} and b {self.b.dtype}; expected one dtype, such as b.astype(W.dtype)"
            )
        check_whole_numbers("Convolution", 1, stride=stride)
        check_whole_numbers("Convolution", 0, pad=pad)

    @checked_forward
    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the filters' answers, shape (N, F, out_h, out_w), for x of shape (N, C, H, W)."""
        F, _, FH, FW = self.W.shape
        self.windows = Windows("Convolution", x.shape, (FH, FW), (self.stride, self.stride), self.pad)
        self.x = self.windows.padded(x)
        W = self.W.reshape(F, -1)
        y = np.empty((F, self.windows.places), x.dtype)
        for band in self.windows.bands(x.itemsize):
            np.matmul(W, self.windows.columns(self.x, band), out=y[:, band.places])
        y += self.b[:, np.newaxis]
        return batch_first(y.reshape(F, self.windows.out_h, self.windows.out_w, -1))

    def backward_params(self, dout: np.ndarray) -> None:
        """Store ``dW`` and ``db`` for dout of shape (N, F, out_h, out_w)."""
        dout = batch_last(dout).reshape(len(self.W), -1)
        self.db = dout.sum(axis=1)
        products = [
            dout[:, band.places] @ self.windows.columns(self.x, band).T for band in self.windows.bands(dout.itemsize)
        ]
        self.dW = sum(products).reshape(self.W.shape)

    @checked_backward
    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dW`` and ``db``, return dL/dx with x's shape, for dout of shape (N, F, out_h, out_w)."""
        self.backward_params(dout)
        W = self.W.reshape(len(self.W), -1)
        dout = batch_last(dout).reshape(len(self.W), -1)
        dx = np.zeros_like(self.x)
        for band in self.windows.bands(dout.itemsize):
            self.windows.add_columns(W.T @ dout[:, band.places], dx, band)
        return batch_first(self.windows.inner(dx))

    @checked_backward
    def backward_without_dx(self, dout: np.ndarray) -> None:
        """Store ``dW`` and ``db`` alone: in a network's first layer, dL/dx is the gradient of the data."""
        self.backward_params(dout)

    backward.without_dx = backward_without_dx  # goes with this backward: one that replaces it has none

    def check(self, x: np.ndarray) -> None:
        """Raise ValueError unless x holds images with W's number of channels."""
        check_images("Convolution", x)
        if x.shape[1] != self.W.shape[1]:
            raise ValueError(
                f"Convolution: x has {x.shape[1]} channels, W expects {self.W.shape[1]} "
                f"(x.shape {x.shape}, W.shape {self.W.shape})"
            )
