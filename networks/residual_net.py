"""A small residual network."""

from collections.abc import Sequence

import numpy as np

from layers import ReLU, Residual, SoftmaxWithLoss
from layers.initializers import Initializer
from networks.network import Network
from networks.stack import Stack, check_sizes, image_shape


class ResidualNet(Network):
    """Residual blocks of two convolutions each, the average over each channel, and one affine layer.

    ::

        convolution 3 x 3, batch normalisation, ReLU
        for every number of channels, ``blocks`` times:
            x + (convolution 3 x 3, batch normalisation, ReLU, convolution 3 x 3, batch normalisation), ReLU
        average over each channel, affine; softmax with cross entropy

    The first block of every number of channels after the first halves height and width by a stride of 2, and takes x
    through a convolution of 1 x 1, so that it fits.

    Parameters
    ----------
    input_dim : (int, int, int)
        The shape (C, H, W) of an image.
    channel_list : sequence of int
        The numbers of channels.
    blocks : int
        How many blocks have the same number of channels; the network has ``2 blocks len(channel_list) + 2`` layers
        with weights.
    output_size : int
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`); biases start at zero.
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights.

    Raises
    ------
    ValueError
        For a size smaller than 1, an unknown initialiser, and a dtype that is no float.

    Source: K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2 (on CIFAR-10).

    Examples
    --------
    >>> network = ResidualNet(seed=0)
    >>> print(network.summary((1, 28, 28)))
    layer                    output shape  parameters
    Convolution1          (N, 16, 28, 28)         160
    BatchNormalization1   (N, 16, 28, 28)          32
    ReLU1                 (N, 16, 28, 28)           0
    Residual1             (N, 16, 28, 28)       4,704
    ReLU2                 (N, 16, 28, 28)           0
    Residual2             (N, 32, 14, 14)      14,560
    ReLU3                 (N, 32, 14, 14)           0
    AveragePooling1         (N, 32, 1, 1)           0
    Affine1                       (N, 10)         330
    SoftmaxWithLoss                number           0
    total                                      19,786
    """

    keeps_arguments = True

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (1, 28, 28),
        channel_list: Sequence[int] = (16, 32),
        blocks: int = 1,
        output_size: int = 10,
        weight_init_std: str | float | Initializer = "he",
        dtype: type = np.float32,
        seed: int | None = None,
    ) -> None:
        if not isinstance(channel_list, (list, tuple)) or not channel_list:
            raise ValueError(f"ResidualNet: channel_list must be a list of numbers of channels, got {channel_list!r}")
        check_sizes("ResidualNet", **{f"channel_list[{i}]": channels for i, channels in enumerate(channel_list)})
        check_sizes("ResidualNet", blocks=blocks, output_size=output_size)
        stack = Stack("ResidualNet", image_shape("ResidualNet", input_dim), weight_init_std, dtype, seed)
        stack.convolution(channel_list[0], 3, pad=1)
        stack.batch_normalization()
        stack.add(ReLU())
        for channels in channel_list:
            for _ in range(blocks):
                add_block(stack, channels)
        stack.global_average_pooling()
        stack.affine(output_size)
        super().__init__(stack.layers, SoftmaxWithLoss())


def add_block(stack: Stack, channels: int) -> None:
    """Put a residual block and a ReLU on top; one that changes the number of channels halves height and width."""
    changes = channels != stack.shape[0]
    stride = 2 if changes else 1
    branch, shortcut = stack.empty(), stack.empty()
    branch.convolution(channels, 3, stride, pad=1)
    branch.batch_normalization()
    branch.add(ReLU())
    branch.convolution(channels, 3, pad=1)
    branch.batch_normalization()
    if changes:
        shortcut.convolution(channels, 1, stride)
    stack.add(Residual(*branch.layers, projection=shortcut.layers[0] if changes else None))
    stack.add(ReLU())
    stack.shape = branch.shape
