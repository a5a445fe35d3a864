"""The deep convolutional network of *Deep Learning from Scratch*, chapter 8."""

import numpy as np

from layers import ReLU, SoftmaxWithLoss
from layers.initializers import Initializer
from networks.network import Network
from networks.stack import Stack, check_sizes, convolution_arguments, image_shape

CONVOLUTIONS = (
    {"filter_num": 16, "filter_size": 3, "pad": 1, "stride": 1},
    {"filter_num": 16, "filter_size": 3, "pad": 1, "stride": 1},
    {"filter_num": 32, "filter_size": 3, "pad": 1, "stride": 1},
    {"filter_num": 32, "filter_size": 3, "pad": 2, "stride": 1},
    {"filter_num": 64, "filter_size": 3, "pad": 1, "stride": 1},
    {"filter_num": 64, "filter_size": 3, "pad": 1, "stride": 1},
)


class DeepConvNet(Network):
    """Six convolutions with a max pooling after every second one, then two affine layers with dropout.

    ::

        3 x (convolution, ReLU, convolution, ReLU, max pooling 2 x 2)
        affine, ReLU, dropout, affine, dropout; softmax with cross entropy

    Parameters
    ----------
    input_dim : (int, int, int)
        The shape (C, H, W) of an image.
    conv_param_1, ..., conv_param_6 : dict, optional
        What is to differ from 16, 16, 32, 32, 64 and 64 filters of 3 x 3 with pad 1 (the fourth: 2) and stride 1;
        the keys are ``filter_num``, ``filter_size``, ``pad`` and ``stride``.
    hidden_size, output_size : int
        Units of the hidden affine layer, classes.
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`); biases start at zero.
    dropout_ratio : float
        The share of values that dropout silences, in [0, 1).
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights and the same dropout.

    Raises
    ------
    ValueError
        For a size smaller than 1, filters or pooling that do not fit the image, an unknown key of a convolution or an
        unknown initialiser, a dropout ratio outside [0, 1), and a dtype that is no float.

    Examples
    --------
    >>> network = DeepConvNet(seed=0)
    >>> [network.params[name].shape for name in ("W1", "W6", "W7", "W8")]
    [(16, 1, 3, 3), (64, 64, 3, 3), (1024, 50), (50, 10)]
    """

    keeps_arguments = True

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (1, 28, 28),
        conv_param_1: dict[str, int] | None = None,
        conv_param_2: dict[str, int] | None = None,
        conv_param_3: dict[str, int] | None = None,
        conv_param_4: dict[str, int] | None = None,
        conv_param_5: dict[str, int] | None = None,
        conv_param_6: dict[str, int] | None = None,
        hidden_size: int = 50,
        output_size: int = 10,
        weight_init_std: str | float | Initializer = "he",
        dropout_ratio: float = 0.5,
        dtype: type = np.float32,
        seed: int | None = None,
    ) -> None:
        check_sizes("DeepConvNet", hidden_size=hidden_size, output_size=output_size)
        given = (conv_param_1, conv_param_2, conv_param_3, conv_param_4, conv_param_5, conv_param_6)
        stack = Stack("DeepConvNet", image_shape("DeepConvNet", input_dim), weight_init_std, dtype, seed)
        for number, (usual, asked) in enumerate(zip(CONVOLUTIONS, given, strict=True), start=1):
            stack.convolution(**convolution_arguments("DeepConvNet", usual, asked))
            stack.add(ReLU())
            if number % 2 == 0:
                stack.max_pooling(size=2, stride=2)
        stack.affine(hidden_size)
        stack.add(ReLU())
        stack.dropout(dropout_ratio)
        stack.affine(output_size)
        stack.dropout(dropout_ratio)
        super().__init__(stack.layers, SoftmaxWithLoss())
