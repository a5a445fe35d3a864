"""Image to columns: everything that a filter sees of the images, as a matrix.

A filter of 2 x 2 slides over an image of 3 x 3 and sees four patches. With each patch as a row, what the filter
answers is one product of matrices::

    image          patches                                  im2col

    a b c          a b   b c   d e   e f                    a b d e       w1
    d e f    ->    d e   e f   g h   h i             ->     b c e f       w2
    g h i                                                   d e g h   @   w3
                                                            e f h i       w4

The way back adds up: ``e`` is in all four patches, so its gradient is the sum of four (``col2im``).

Arguments and layout are those of *Deep Learning from Scratch*, section 7.4. :class:`layers.Convolution` does the same
with the matrix the other way round, a column for each patch, and a part at a time (:mod:`layers.common.windows`).
"""

import numpy as np

from layers.common.devices import as_array
from layers.common.inputs import check_images
from layers.common.options import whole_number
from layers.common.windows import Windows, batch_first


def im2col(input_data: np.ndarray, filter_h: int, filter_w: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """Return the patches of images (N, C, H, W) as the rows of a matrix, (N out_h out_w, C filter_h filter_w).

    Raises
    ------
    ValueError
        When the filter does not fit the images.

    Examples
    --------
    >>> image = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> im2col(image, 2, 2)
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    """
    x = as_array(input_data)
    check_images("im2col", x)
    windows = filter_windows("im2col", x.shape, filter_h, filter_w, stride, pad)
    col = windows.columns(windows.padded(x), windows.all_rows)
    return col.reshape(len(col), -1, windows.N).transpose(2, 1, 0).reshape(windows.positions, len(col))


def col2im(
    col: np.ndarray, input_shape: tuple[int, ...], filter_h: int, filter_w: int, stride: int = 1, pad: int = 0
) -> np.ndarray:
    """Add the rows of :func:`im2col`'s matrix up to images (N, C, H, W), each value where it came from.

    Raises
    ------
    ValueError
        When the filter does not fit the images, or the matrix does not fit both.

    Examples
    --------
    >>> col2im(np.ones((4, 4)), (1, 1, 3, 3), 2, 2)
    array([[[[1., 2., 1.],
             [2., 4., 2.],
             [1., 2., 1.]]]])
    """
    col = as_array(col)
    if len(input_shape) != 4 or min(input_shape) < 1:
        raise ValueError(f"col2im: input_shape must be the shape (N, C, H, W) of images, got {input_shape}")
    windows = filter_windows("col2im", input_shape, filter_h, filter_w, stride, pad)
    expected = windows.positions, windows.C * filter_h * filter_w
    if col.shape != expected:
        raise ValueError(f"col2im: expected a matrix of shape {expected}, got col.shape {col.shape}")
    padded = np.zeros(windows.padded_shape, col.dtype, like=col)
    columns = col.reshape(windows.N, -1, expected[1]).transpose(2, 1, 0)
    windows.add_columns(columns, padded, windows.all_rows)
    return batch_first(windows.without_padding(padded))


def filter_windows(who: str, shape: tuple[int, ...], filter_h: int, filter_w: int, stride: int, pad: int) -> Windows:
    """Return the windows of a filter, its arguments checked."""
    for name, value in (("filter_h", filter_h), ("filter_w", filter_w), ("stride", stride)):
        whole_number(who, name, value, least=1)
    whole_number(who, "pad", pad, least=0)
    return Windows(who, shape, (filter_h, filter_w), (stride, stride), pad)
