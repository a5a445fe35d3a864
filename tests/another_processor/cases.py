"""Every layer, loss and network, with what it is given, for the comparison of processors."""

import numpy as np

from layers import (
    GELU,
    Add,
    Affine,
    AveragePooling,
    BatchNormalization,
    Checkpoint,
    Convolution,
    Dropout,
    Flatten,
    IdentityWithLoss,
    LayerNormalization,
    LeakyReLU,
    MaxPooling,
    Multiply,
    ReLU,
    Residual,
    Sequence,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Softplus,
    Tanh,
)
from layers.common.devices import SEEDS, is_elsewhere
from layers.common.sublayers import all_layers
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet
from networks.moving import move_layer

ROWS, IMAGES = (8, 6), (4, 2, 7, 6)


class SameNumbers(Dropout):
    """Dropout in NumPy that draws the numbers of the stand-in, so that the two can be compared."""

    def draw_mask(self, x):
        rng = np.random.Generator(np.random.Philox(int(self.rng.integers(SEEDS))))
        kept = rng.random(x.shape, np.float64 if x.itemsize > 4 else np.float32) >= self.dropout_ratio
        return kept.astype(x.dtype) / (1 - self.dropout_ratio)


def draw(*shape, low=None):
    rng = np.random.default_rng(shape)
    return rng.standard_normal(shape) if low is None else low + rng.random(shape)


def dout_for(y):
    """A gradient for an output, which is not its input: else normalisation would have next to none to hand on."""
    return draw(2, *y.shape)[1].astype(y.dtype)


def affine():
    return Affine(draw(6, 6), draw(6))


def convolution(channels=3, stride=1, pad=1, size=3):
    return Convolution(draw(channels, 2, size, size), draw(channels), stride, pad)


def statistics(features):
    return [draw(features), draw(features)]


def labels(*shape):
    return np.random.default_rng(1).integers(0, shape[-1], shape[0])


LAYERS = [  # what makes it, the shapes of its inputs, and what a loss is given besides
    *((kind, [ROWS]) for kind in (ReLU, LeakyReLU, Sigmoid, Tanh, GELU, Softplus)),
    (affine, [ROWS]),
    (lambda: Affine(draw(84, 5), draw(5)), [IMAGES]),
    (convolution, [IMAGES]),
    (lambda: convolution(stride=2, pad=2), [IMAGES]),
    (lambda: convolution(pad=0, size=5), [IMAGES]),
    *((lambda kind=kind: kind(2, 2), [IMAGES]) for kind in (MaxPooling, AveragePooling)),
    *((lambda kind=kind: kind(3, 3, 2, 1), [IMAGES]) for kind in (MaxPooling, AveragePooling)),
    *((lambda kind=kind: kind(7, 6), [IMAGES]) for kind in (MaxPooling, AveragePooling)),
    (Flatten, [IMAGES]),
    (lambda: SameNumbers(0.4, 0), [ROWS]),
    (lambda: BatchNormalization(*statistics(6)), [ROWS]),
    (lambda: BatchNormalization(*statistics(2)), [IMAGES]),
    (lambda: LayerNormalization(*statistics(6)), [ROWS]),
    (lambda: LayerNormalization(draw(7, 6), draw(7, 6)), [IMAGES]),
    *((kind, [ROWS, shape]) for kind in (Add, Multiply) for shape in (ROWS, (6,), (8, 1))),
    (lambda: Sequence(affine(), ReLU()), [ROWS]),
    (lambda: Residual(affine(), BatchNormalization(*statistics(6)), projection=affine()), [ROWS]),
    (lambda: Checkpoint(affine(), SameNumbers(0.4, 0), BatchNormalization(*statistics(6))), [ROWS]),
]

LOSSES = [  # the loss, the shape of the scores, the labels or targets
    (SoftmaxWithLoss, (8, 5), labels(8, 5)),
    (SoftmaxWithLoss, (3, 5), labels(3, 5)),  # fewer rows than columns lie in memory in another order
    (SoftmaxWithLoss, (8, 5), np.eye(5)[labels(8, 5)]),
    (SigmoidWithLoss, (8, 5), draw(8, 5) > 0),
    (SigmoidWithLoss, (8,), draw(8) > 0),
    (IdentityWithLoss, (8, 5), draw(8, 5)),
]

NETWORKS = {  # by the class: what makes it, and the shape of a sample
    TwoLayerNet: (lambda: TwoLayerNet(12, 7, 3, seed=0), (12,)),
    MultiLayerNet: (
        lambda: MultiLayerNet(12, [7, 6], 3, "gelu", "xavier", 0.01, True, 0.3, use_batchnorm=True, seed=0),
        (12,),
    ),
    SimpleConvNet: (
        lambda: SimpleConvNet((2, 8, 8), hidden_size=6, output_size=3, dtype=np.float64, seed=0),
        (2, 8, 8),
    ),
    DeepConvNet: (lambda: DeepConvNet((1, 8, 8), hidden_size=6, output_size=3, dtype=np.float64, seed=0), (1, 8, 8)),
    ResidualNet: (lambda: ResidualNet((1, 8, 8), (2, 4), output_size=3, dtype=np.float64, seed=0), (1, 8, 8)),
    Network: (lambda: Network([Flatten(), Affine(draw(12, 3), draw(3))], SigmoidWithLoss()), (2, 6)),
}


def with_same_numbers(network):
    """The network, whose dropout draws the numbers of the stand-in."""
    for layer in network.layers.values():
        if type(layer) is Dropout:
            layer.__class__ = SameNumbers
    return network


def samples(network, shape, count=20):
    """Samples and what is to be learned of them."""
    x = np.random.default_rng(2).standard_normal((count, *shape)).astype(np.float32)
    answers = isinstance(network.loss_layer, SigmoidWithLoss)
    return x, (draw(count, 3) > 0) if answers else labels(count, 3)


def assert_same(mine, other, summed_otherwise=False):
    """The values on the GPU are NumPy's: to the bit, or to a millionth where they are summed in another order."""
    assert is_elsewhere(mine)
    assert (mine.dtype, mine.shape) == (other.dtype, other.shape)
    if summed_otherwise:
        np.testing.assert_allclose(mine.get(), other, rtol=0, atol=1e-6 * float(np.abs(other).max()))
    else:
        np.testing.assert_array_equal(mine.get(), other)


def moved(layer):
    """The layer on the GPU."""
    arrays = {}
    for each in all_layers([layer]):
        move_layer(each, "cuda", arrays)
    return layer
