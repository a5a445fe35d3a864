"""What a layer or a network has returned is never changed by what it does later."""

import inspect

import numpy as np
import pytest

import layers
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
from layers.common.base import grads_of
from networks import DeepConvNet, MultiLayerNet, ResidualNet, SimpleConvNet, TwoLayerNet

ROWS, IMAGES = (4, 6), (3, 2, 6, 6)
LABELS = np.array([0, 5, 2, 2])
ANSWERS = np.random.default_rng(0).integers(0, 2, ROWS)


def affine():
    rng = np.random.default_rng(0)
    return Affine(rng.standard_normal((6, 6)), rng.standard_normal(6))


def convolution():
    rng = np.random.default_rng(0)
    return Convolution(rng.standard_normal((3, 2, 3, 3)), rng.standard_normal(3), pad=1)


MAKE = {  # a layer, the shapes of its inputs, and what it is given besides
    **{kind: (kind, [ROWS], []) for kind in (ReLU, LeakyReLU, Sigmoid, Tanh, GELU, Softplus)},
    Affine: (affine, [ROWS], []),
    Convolution: (convolution, [IMAGES], []),
    MaxPooling: (lambda: MaxPooling(2, 2), [IMAGES], []),
    AveragePooling: (lambda: AveragePooling(2, 2), [IMAGES], []),
    Flatten: (Flatten, [IMAGES], []),
    Dropout: (lambda: Dropout(0.5, 0), [ROWS], []),
    BatchNormalization: (lambda: BatchNormalization(np.ones(6), np.zeros(6)), [ROWS], []),
    LayerNormalization: (lambda: LayerNormalization(np.ones(6), np.zeros(6)), [ROWS], []),
    Add: (Add, [ROWS, ROWS], []),
    Multiply: (Multiply, [ROWS, ROWS], []),
    Sequence: (lambda: Sequence(affine(), ReLU()), [ROWS], []),
    Residual: (lambda: Residual(affine(), ReLU()), [ROWS], []),
    Checkpoint: (lambda: Checkpoint(affine(), ReLU()), [ROWS], []),
    SoftmaxWithLoss: (SoftmaxWithLoss, [ROWS], [LABELS]),
    SigmoidWithLoss: (SigmoidWithLoss, [ROWS], [ANSWERS]),
    IdentityWithLoss: (IdentityWithLoss, [ROWS], [np.ones(ROWS)]),
}


def results(layer, rng, shapes, besides):
    """All that comes back from a forward and a backward on new inputs: y, dL/dx and the gradients of the parameters."""
    y = layer.forward(*(rng.standard_normal(shape) for shape in shapes), *besides)
    dx = layer.backward(rng.standard_normal(np.shape(y)))
    return [np.asarray(each) for each in (y, *(dx if isinstance(dx, tuple) else (dx,)), *grads_of(layer).values())]


def test_every_layer_is_among_them():
    kinds = {kind for kind in vars(layers).values() if inspect.isclass(kind) and issubclass(kind, layers.Layer)}
    assert set(MAKE) == kinds - {layers.Layer}


@pytest.mark.parametrize("kind", MAKE, ids=lambda kind: kind.__name__)
def test_what_a_layer_returned_stays_after_the_next_forward_and_backward(kind, rng):
    make, shapes, besides = MAKE[kind]
    layer = make()
    first = results(layer, rng, shapes, besides)
    copies = [each.copy() for each in first]
    second = results(layer, rng, shapes, besides)
    for each, copy in zip(first, copies, strict=True):
        np.testing.assert_array_equal(each, copy)
    assert any((one != other).any() for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize(
    ("network", "shape"),
    [
        (TwoLayerNet(784, 5, 10, seed=0), (784,)),
        (MultiLayerNet(784, [5, 5], 10, seed=0), (784,)),
        (ResidualNet(seed=0), (1, 28, 28)),
        (SimpleConvNet(seed=0), (1, 28, 28)),
        (DeepConvNet(seed=0), (1, 28, 28)),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "layers") else "",
)
def test_the_scores_and_gradients_of_a_network_stay_after_the_next_ones(network, shape, rng):
    def work():
        x, t = rng.random((2, *shape), np.float32), rng.integers(0, 10, 2)
        return [network.predict(x), *network.gradient(x, t).values()]

    first = work()
    copies = [each.copy() for each in first]
    second = work()
    for each, copy in zip(first, copies, strict=True):
        np.testing.assert_array_equal(each, copy)
    assert (first[0] != second[0]).any()
