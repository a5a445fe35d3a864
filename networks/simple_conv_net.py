"""The small convolutional network of *Deep Learning from Scratch*, chapter 7."""

import numpy as np

from layers import ReLU, SoftmaxWithLoss
from layers.initializers import Initializer
from networks.network import Network
from networks.stack import Stack, check_sizes, convolution_arguments, image_shape

CONVOLUTION = {"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1}


class SimpleConvNet(Network):
    """Convolution, ReLU, max pooling, affine, ReLU, affine; softmax with cross entropy behind them.

    Parameters
    ----------
    input_dim : (int, int, int)
        The shape (C, H, W) of an image.
    conv_param : dict, optional
        What is to differ from ``{"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1}``.
    hidden_size, output_size : int
        Units of the hidden affine layer, classes.
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`); biases start at zero.
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights.

    Raises
    ------
    ValueError
        For a size smaller than 1, filters or pooling that do not fit the image, an unknown key in ``conv_param`` or
        an unknown initialiser, and a dtype that is no float.

    Examples
    --------
    >>> network = SimpleConvNet(seed=0)
    >>> print(network.summary((1, 28, 28)))
    layer               output shape  parameters
    Convolution1     (N, 30, 24, 24)         780
    ReLU1            (N, 30, 24, 24)           0
    MaxPooling1      (N, 30, 12, 12)           0
    Affine1                 (N, 100)     432,100
    ReLU2                   (N, 100)           0
    Affine2                  (N, 10)       1,010
    SoftmaxWithLoss           number           0
    total                                433,890
    """

    keeps_arguments = True

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (1, 28, 28),
        conv_param: dict[str, int] | None = None,
        hidden_size: int = 100,
        output_size: int = 10,
        weight_init_std: str | float | Initializer = "he",
        dtype: type = np.float32,
        seed: int | None = None,
    ) -> None:
        check_sizes("SimpleConvNet", hidden_size=hidden_size, output_size=output_size)
        stack = Stack("SimpleConvNet", image_shape("SimpleConvNet", input_dim), weight_init_std, dtype, seed)
        stack.convolution(**convolution_arguments("SimpleConvNet", CONVOLUTION, conv_param))
        stack.add(ReLU())
        stack.max_pooling(size=2, stride=2)
        stack.affine(hidden_size)
        stack.add(ReLU())
        stack.affine(output_size)
        super().__init__(stack.layers, SoftmaxWithLoss())
