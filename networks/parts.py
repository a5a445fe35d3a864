"""A batch in parts, which several threads take through the network at the same time.

Most layers treat each sample by itself. Those that a network begins with can therefore work on parts of the batch, each
part with copies of the layers that share their parameters. The gradients of the parts add up to those of the batch. The
threads meet twice a step, after the last of these layers and at its end, and wait for each other without spinning
(:func:`layers.common.threads.share`). How a batch is cut depends on its size alone: the results are the same on any
number of cores.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

import layers as ours
from layers.common.checks import require_shape
from layers.common.first_layer import backward_for_parameters
from layers.common.threads import share
from layers.common.training_mode import forward_in_mode

SAMPLE_BY_SAMPLE = {
    *(ours.Affine, ours.Convolution, ours.MaxPooling, ours.AveragePooling, ours.Flatten, ours.LayerNormalization),
    *(ours.ReLU, ours.LeakyReLU, ours.Sigmoid, ours.Tanh, ours.GELU, ours.Softplus),
}
TAKE_ANY_LAYERS: set[Any] = set()  # the methods predict and loss that use the layers as they come, not by their names
Method = TypeVar("Method", bound=Callable[..., Any])
PART, FEWEST = 50, 32  # samples: about so many a part, and none of a smaller batch
WORTH_SHARING = 150e6  # so many multiplications and additions in a step


def takes_any_layers(method: Method) -> Method:
    """Say of a method of a network that it does the same with other layers that compute the same."""
    TAKE_ANY_LAYERS.add(method)
    return method


class InParts:
    """Layers that work on parts of a batch at the same time, together as one layer.

    Parameters
    ----------
    sublayers : list of layers
        Each treats a sample as if it were alone. ``backward`` stores the gradients of their parameters in them, and
        returns nothing: in front of them there are only the data.
    """

    training = True

    def __init__(self, sublayers: list[Any]) -> None:
        self.sublayers = sublayers

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output of the last of the layers."""
        self.parts = [(part, [copied(layer) for layer in self.sublayers]) for part in even_slices(len(x))]
        try:
            y = np.concatenate(share(lambda part: self.forward_part(x[part[0]], part[1]), self.parts))
        except Exception:
            self.forward_part(x, self.sublayers)  # raises what is wrong with the whole batch instead of a part
            raise
        for layer, changed in zip(self.sublayers, self.parts[0][1], strict=True):
            forget(layer, changed)
        self.y_shape = y.shape
        return y

    def forward_part(self, x: np.ndarray, layers: list[Any]) -> np.ndarray:
        """Return the output of the last layer for some samples."""
        for layer in layers:
            x = forward_in_mode(layer, x, self.training)
        return x

    def backward(self, dout: np.ndarray) -> None:
        """Store the gradients of the layers' parameters: the sums of those of the parts."""

        def backward_part(part: tuple[slice, list[Any]]) -> None:
            samples, (first, *others) = part
            dout_of_part = dout[samples]
            for layer in reversed(others):
                dout_of_part = layer.backward(dout_of_part)
            backward_for_parameters(first, dout_of_part)

        require_shape(self.sublayers[-1], np.shape(dout), self.y_shape)
        share(backward_part, self.parts)
        for layer, *copies in zip(self.sublayers, *(layers for _, layers in self.parts), strict=True):
            for name in layer.param_names:
                setattr(layer, f"d{name}", added([getattr(each, f"d{name}") for each in copies]))


def in_parts(network: Any, x: Any) -> Any:
    """Return a network that computes the same with its first layers in parts, where that pays; else the network."""
    count = shared_layers(network, np.shape(x)) if isinstance(x, np.ndarray) else 0
    if not count:
        return network
    named, other = list(network.layers.items()), copied(network)
    other.layers = OrderedDict([("InParts", InParts([layer for _, layer in named[:count]])), *named[count:]])
    return other


def shared_layers(network: Any, shape: tuple[int, ...]) -> int:
    """Return how many of the first layers work in parts of a batch of images; 0 where that does not pay."""
    if len(shape) != 4 or shape[0] < FEWEST or not computes_in_the_usual_way(network):
        return 0
    layers = list(network.layers.values())
    count = next((number for number, layer in enumerate(layers) if not is_sample_by_sample(layer)), len(layers))
    return count if operations(layers[:count], shape) >= WORTH_SHARING else 0


def computes_in_the_usual_way(network: Any) -> bool:
    """Return whether predict and loss are ours, and use the layers as they come."""
    kind = type(network)
    return (
        {getattr(kind, "predict", None), getattr(kind, "loss", None)} <= TAKE_ANY_LAYERS
        and {"predict", "loss"}.isdisjoint(vars(network))
        and isinstance(network.layers, OrderedDict)
    )


def is_sample_by_sample(layer: Any) -> bool:
    """Return whether a layer treats each sample as if it were alone, draws nothing, and is called as it is written."""
    return type(layer) in SAMPLE_BY_SAMPLE and {"forward", "backward"}.isdisjoint(vars(layer))


def operations(layers: Sequence[Any], shape: tuple[int, ...]) -> float:
    """Return how many multiplications and additions convolutions take in a step, at most.

    Affine layers do not count: the gradient of a large matrix of weights costs about as much for a part of the batch.
    """
    weights = sum(layer.W.size for layer in layers if isinstance(layer, ours.Convolution))
    samples, _, height, width = shape
    return 6 * samples * height * width * weights


def even_slices(length: int) -> list[slice]:
    """Return 0..length in at least two slices, about equally long.

    >>> even_slices(101)
    [slice(0, 50, None), slice(50, 101, None)]
    """
    count = max(2, length // PART)
    edges = [length * number // count for number in range(count + 1)]
    return [slice(first, last) for first, last in pairwise(edges)]


def copied(original: Any) -> Any:
    """Return a layer or a network of the same class and with the same attributes; what it keeps later is its own."""
    other = object.__new__(type(original))
    vars(other).update(vars(original))
    return other


def forget(layer: Any, changed: Any) -> None:
    """Drop what a layer kept of an earlier batch: all that forward changed in its copy."""
    for name, value in list(vars(layer).items()):
        if vars(changed).get(name) is not value:
            delattr(layer, name)
    layer.training = changed.training


def added(gradients: list[np.ndarray]) -> np.ndarray:
    """Return the sum of arrays, in the memory of the first."""
    total, *others = gradients
    for gradient in others:
        total += gradient
    return total
