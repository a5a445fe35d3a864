"""Networks of random layers, each sized to fit the one below."""

import numpy as np
from hypothesis import strategies as st

from layers import (
    GELU,
    Affine,
    AveragePooling,
    BatchNormalization,
    Checkpoint,
    Convolution,
    Dropout,
    Flatten,
    LayerNormalization,
    LeakyReLU,
    MaxPooling,
    ReLU,
    Residual,
    Sequence,
    Sigmoid,
    SoftmaxWithLoss,
    Softplus,
    Tanh,
)
from networks import Network


class RandomStack:
    """Layers of the kinds asked for, where they fit, and samples that they take."""

    def __init__(self, kinds, seed, dtype, of_images):
        self.rng, self.dtype = np.random.default_rng(seed), dtype
        self.shape = (int(self.rng.integers(1, 4)), 7, 6) if of_images else (int(self.rng.integers(1, 8)),)
        self.x = self.rng.standard_normal((7, *self.shape)).astype(dtype)
        layers = [layer for kind in kinds for layer in self.made(kind)]
        self.network = Network([*layers, *self.made("Affine")], SoftmaxWithLoss())

    def made(self, kind):
        """The layer of that kind, or none where it does not fit on what there is."""
        make = KINDS[kind]
        if len(self.shape) not in make.of_axes:
            return []
        return [make(self)]

    def array(self, *shape, scale=1.0, above=None):
        values = scale * self.rng.standard_normal(shape)
        return (values if above is None else above + np.abs(values)).astype(self.dtype)

    def some(self, *values):
        return values[int(self.rng.integers(len(values)))]


KINDS = {}


def kind(cls, *of_axes):
    def keep(make):
        make.of_axes = of_axes
        KINDS[cls.__name__] = make
        return make

    return keep


for element_wise in (ReLU, Sigmoid, Tanh, GELU, Softplus):
    kind(element_wise, 1, 3)(lambda stack, cls=element_wise: cls())


@kind(LeakyReLU, 1, 3)
def leaky_relu(stack):
    return LeakyReLU(stack.some(0.01, 0.5, -0.3))


@kind(Dropout, 1, 3)
def dropout(stack):
    return Dropout(0.3, rng=0)


@kind(Flatten, 1, 3)
def flatten(stack):
    stack.shape = (int(np.prod(stack.shape)),)
    return Flatten()


@kind(Affine, 1, 3)
def affine(stack, outputs=None):
    inputs, outputs = int(np.prod(stack.shape)), outputs or int(stack.rng.integers(1, 9))
    stack.shape = (outputs,)
    return Affine(stack.array(inputs, outputs, scale=inputs**-0.5), stack.array(outputs))


@kind(Convolution, 3)
def convolution(stack, filters=None, size=None, stride=None, pad=None):
    C, H, W = stack.shape
    filters = filters or int(stack.rng.integers(1, 5))
    height, width = (size, size) if size else (min(H, stack.some(1, 2, 3)), min(W, stack.some(1, 3)))
    stride, pad = stride or stack.some(1, 1, 2), stack.some(0, 1, 2) if pad is None else pad
    stack.shape = (filters, (H + 2 * pad - height) // stride + 1, (W + 2 * pad - width) // stride + 1)
    scale = (C * height * width) ** -0.5
    return Convolution(stack.array(filters, C, height, width, scale=scale), stack.array(filters), stride, pad)


def pooling(stack, cls):
    C, H, W = stack.shape
    height, width = min(H, stack.some(1, 2, 3)), min(W, stack.some(1, 2, 3))
    stride, pad = stack.some(None, 1, 2, 3), stack.some(0, min(height, width) // 2)
    down, across = (height, width) if stride is None else (stride, stride)
    stack.shape = (C, (H + 2 * pad - height) // down + 1, (W + 2 * pad - width) // across + 1)
    return cls(height, width, stride, pad)


kind(MaxPooling, 3)(lambda stack: pooling(stack, MaxPooling))
kind(AveragePooling, 3)(lambda stack: pooling(stack, AveragePooling))


@kind(BatchNormalization, 1, 3)
def batch_normalization(stack):
    D = stack.shape[0]
    arrays = {"running_mean": stack.array(D), "running_var": stack.array(D, above=0.5)}
    return BatchNormalization(
        stack.array(D), stack.array(D), stack.some(0.9, 0.7), **arrays, eps=stack.some(1e-5, 1e-2, 0.5)
    )


@kind(LayerNormalization, 1, 3)
def layer_normalization(stack):
    shape = stack.shape[stack.some(0, -1) :]
    return LayerNormalization(stack.array(*shape), stack.array(*shape), eps=stack.some(1e-1, 0.5))


@kind(Sequence, 1, 3)
def sequence(stack, cls=Sequence):
    return cls(*(layer for name in stack.some(*INSIDE) for layer in stack.made(name)))


kind(Checkpoint, 1, 3)(lambda stack: sequence(stack, Checkpoint))


@kind(Residual, 1, 3)
def residual(stack):
    shape, changes = stack.shape, stack.some(True, False)
    if len(shape) == 1:
        branch = [affine(stack, 4), Tanh(), affine(stack, 3 if changes else shape[0])]
        after, stack.shape = stack.shape, shape
        projection = affine(stack, 3) if changes else None
    else:
        stride, filters = (2, 4) if changes else (1, shape[0])
        branch = [convolution(stack, filters, 3, stride, 1), batch_normalization(stack), ReLU()]
        after, stack.shape = stack.shape, shape
        projection = convolution(stack, filters, 1, stride, 0) if changes else None
    stack.shape = after
    return Residual(*branch, projection=projection)


INSIDE = (["ReLU"], ["Affine", "Tanh"], ["Sigmoid", "Sequence"], ["BatchNormalization", "Residual"])
IN_FLOAT64 = sorted(set(KINDS) - {"Convolution", "AveragePooling", "GELU", "Softplus"})  # in ONNX Runtime


def stacks(dtype, kinds=None):
    """Stacks of up to eight layers, of rows or of images."""
    return st.builds(
        RandomStack,
        st.lists(st.sampled_from(kinds or sorted(KINDS)), max_size=8),
        st.integers(0, 2**32 - 1),
        st.just(dtype),
        st.booleans(),
    )
