"""What a network takes, and how many axes the values between its layers have."""

from collections.abc import Iterable, Sequence
from typing import Any

import layers as ours
from layers.common.options import is_whole_number
from networks.summary import output_shapes

Shape = tuple[int | None, ...]  # of one sample; None where any length will do

AXES = {  # of the output, with that of the batch
    ours.Affine: 2,
    ours.Flatten: 2,
    ours.Convolution: 4,
    ours.MaxPooling: 4,
    ours.AveragePooling: 4,
}
KEEP_THE_SHAPE = {
    *(ours.ReLU, ours.LeakyReLU, ours.Sigmoid, ours.Tanh, ours.GELU, ours.Softplus),
    *(ours.BatchNormalization, ours.LayerNormalization, ours.Dropout),
}
MADE_OF_OTHERS = {ours.Sequence, ours.Checkpoint, ours.Residual}


def axes_after(layer: Any, axes: int | None) -> int | None:
    """Return how many axes a layer's output has, for an input with so many; None where nobody knows.

    >>> axes_after(ours.Flatten(), 4), axes_after(ours.ReLU(), 4)
    (2, 4)
    """
    kind = type(layer)
    if kind in MADE_OF_OTHERS:
        for inner in layer.layers:
            axes = axes_after(inner, axes)
        return axes
    return axes if kind in KEEP_THE_SHAPE else AXES.get(kind)


def sample_shape(network: Any, given: Sequence[int] | None) -> Shape:
    """Return the shape of one sample: the given one, else what the first layers and the constructor's arguments tell.

    Raises
    ------
    ValueError
        When the given one is not a shape, or there is none and the layers do not tell.
    Exception
        Whatever a layer raises that cannot take such samples.
    """
    shape = given_shape(network, given) if given is not None else told_shape(network)
    known = tuple(length for length in shape if length is not None)
    if len(known) == len(shape):
        list(output_shapes(network, known))
    return shape


def given_shape(network: Any, given: Any) -> Shape:
    """Return a shape of whole numbers, or raise ValueError."""
    if not isinstance(given, (tuple, list)) or not all(is_whole_number(length, least=1) for length in given):
        raise ValueError(
            f"{type(network).__name__}: input_shape must be the shape of one sample, such as (1, 28, 28), got {given!r}"
        )
    return tuple(map(int, given))


def told_shape(network: Any) -> Shape:
    """Return the shape of a sample that a network tells, or raise ValueError."""
    shape = shape_taken(network.layers.values())
    if shape is None:
        raise ValueError(
            f"{type(network).__name__}: its first layers do not tell what it takes; pass the shape of one sample, "
            "such as input_shape=(784,) or input_shape=(1, 28, 28)"
        )
    image: Any = (network.arguments or {}).get("input_dim")
    return tuple(image) if is_image_shape(image) and fits(shape, image) else shape


def shape_taken(layers: Iterable[Any]) -> Shape | None:
    """Return the shape of the samples that layers take, as far as their parameters tell; None where they do not.

    >>> import numpy as np
    >>> convolution = ours.Convolution(np.zeros((2, 3, 5, 5)), np.zeros(2))
    >>> shape_taken([ours.ReLU(), convolution])
    (3, None, None)
    """
    first, *others = flat(layers)
    kind = type(first)
    if kind is ours.Affine:
        return (len(first.W),)
    if kind is ours.Convolution:
        return (first.W.shape[1], None, None)
    if AXES.get(kind) == 4:
        return (None, None, None)
    if kind is ours.LayerNormalization:
        return first.gamma.shape
    if kind not in KEEP_THE_SHAPE | {ours.Flatten}:
        return None
    shape = shape_taken(others) if others else None
    if kind is not ours.BatchNormalization:
        return shape
    features = len(first.gamma)
    return (features,) if shape in (None, (features,)) else (features, *(shape if len(shape) == 3 else [None] * 3)[1:])


def flat(layers: Iterable[Any]) -> list[Any]:
    """Return the layers, and in place of ours that are made of others, those on the way of the input."""
    found = []
    for layer in layers:
        found += flat(layer.layers) if type(layer) in MADE_OF_OTHERS else [layer]
    return found


def is_image_shape(value: Any) -> bool:
    """Return whether a value is three whole numbers."""
    return (
        isinstance(value, (list, tuple)) and len(value) == 3 and all(is_whole_number(each, least=1) for each in value)
    )


def fits(shape: Shape, image: Sequence[int]) -> bool:
    """Return whether an image is of a shape whose free lengths are None."""
    return len(shape) == 3 and all(length in (None, each) for length, each in zip(shape, image, strict=True))
