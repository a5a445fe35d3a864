"""The convolutional layer."""

import numpy as np

from layers.common.base import Layer
from layers.common.columns import Columns
from layers.common.options import at_least


class Convolution(Layer):
    """Convolution: each filter slides over the images and answers in each place with a weighted sum.

    ::

        y[n, f, i, j] = b[f] + sum over c, p, q of  W[f, c, p, q] x[n, c, i stride + p, j stride + q]

    where x has been padded. With the patches that the filters see as the columns of a matrix, it is an affine layer
    (:mod:`layers.im2col` shows how; *Deep Learning from Scratch* has the patches as rows)::

        y = W col + b                            W is (F, C FH FW), col is (C FH FW, positions)

        dL/dW   = dout col^T
        dL/db   = dout summed over all positions
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
    shapes = {"W": "F C FH FW", "b": "F", "x": "N C H W"}
    options = {"stride": at_least(1), "pad": at_least(0)}
    stride: int
    pad: int

    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        self.store(W=W, b=b, stride=stride, pad=pad)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the filters' answers, shape (N, F, out_h, out_w), for x of shape (N, C, H, W)."""
        self.col = Columns(x, self.W.shape, self.stride, self.pad)  # computed piece by piece (layers/common/columns.py)
        y = self.W.reshape(len(self.W), -1) @ self.col
        y += self.b[:, np.newaxis]
        return self.col.as_images(y)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dW`` and ``db``, return dL/dx with x's shape, for dout of shape (N, F, out_h, out_w)."""
        dout = self.col.as_matrix(dout)
        self.dW = (dout @ self.col.T).reshape(self.W.shape)
        self.db = dout.sum(axis=1)
        return self.col.col2im(self.W.reshape(len(self.W), -1).T, dout)  # of the product W.T @ dout
