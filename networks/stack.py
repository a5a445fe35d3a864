"""What the ready-made networks are built with: layers stacked on each other, each sized to fit the one below."""

import copy
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from layers import (
    GELU,
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    IdentityWithLoss,
    LeakyReLU,
    MaxPooling,
    ReLU,
    Sigmoid,
    SoftmaxWithLoss,
    Softplus,
    Tanh,
)
from layers.common.options import whole_number
from layers.common.windows import Windows
from layers.initializers import Initializer, get_initializer

ACTIVATIONS: dict[str, type] = {
    "relu": ReLU,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "leaky_relu": LeakyReLU,
    "gelu": GELU,
    "softplus": Softplus,
}
LOSSES: dict[str, type] = {"softmax": SoftmaxWithLoss, "identity": IdentityWithLoss}  # classification and regression


class Stack:
    """Layers that are put on each other one by one; the stack knows the shape of what comes out of it.

    Parameters
    ----------
    who : str
        The network; begins the error messages.
    shape : tuple of int
        The shape of one sample.
    weight_init_std : str, float or initializer
        How weights start (:func:`layers.initializers.get_initializer`); biases start at zero.
    dtype : numpy dtype
    seed : int, optional
        The same seed gives the same weights, and the same random numbers in dropout.

    Examples
    --------
    >>> stack = Stack("MyNet", (1, 28, 28), "he", np.float32, seed=0)
    >>> stack.convolution(filters=30, size=5)
    >>> stack.add(ReLU())
    >>> stack.affine(10)
    >>> stack.shape
    (10,)
    >>> [type(layer).__name__ for layer in stack.layers]
    ['Convolution', 'ReLU', 'Affine']
    """

    def __init__(
        self,
        who: str,
        shape: tuple[int, ...],
        weight_init_std: str | float | Initializer,
        dtype: type,
        seed: int | None,
    ) -> None:
        self.who, self.shape, self.dtype = who, shape, dtype
        self.rng = np.random.default_rng(seed)
        self.weights, self.zeros = starting_values(who, weight_init_std, dtype, self.rng)
        self.layers: list[Any] = []

    def add(self, layer: Any) -> None:
        """Put a layer on top that leaves the shape as it is."""
        self.layers.append(layer)

    def activation(self, name: str) -> None:
        """Put the activation of that name on top."""
        self.add(activation_layer(self.who, name))

    def affine(self, outputs: int) -> None:
        """Put a fully connected layer on top."""
        self.add(Affine(W=self.weights((math.prod(self.shape), outputs)), b=self.zeros(outputs)))
        self.shape = (outputs,)

    def convolution(self, filters: int, size: int, stride: int = 1, pad: int = 0) -> None:
        """Put a convolution with square filters on top."""
        shape = self.windows("Convolution", size, stride, pad)
        W, b = self.weights((filters, self.shape[0], size, size)), self.zeros(filters)
        self.add(Convolution(W, b, stride, pad))
        self.shape = (filters, *shape)

    def max_pooling(self, size: int, stride: int) -> None:
        """Put a max pooling with a square window on top."""
        shape = self.windows("MaxPooling", size, stride, 0)
        self.add(MaxPooling(size, size, stride))
        self.shape = (self.shape[0], *shape)

    def global_average_pooling(self) -> None:
        """Put the average over each whole channel on top."""
        channels, height, width = self.shape
        self.add(AveragePooling(height, width))
        self.shape = (channels, 1, 1)

    def batch_normalization(self) -> None:
        """Put a batch normalisation on top, which begins with gamma 1 and beta 0."""
        features = self.shape[0]
        self.add(BatchNormalization(np.ones(features, self.dtype), np.zeros(features, self.dtype)))

    def dropout(self, ratio: float) -> None:
        """Put a dropout on top, with random numbers of its own."""
        self.add(Dropout(ratio, rng=self.rng.spawn(1)[0]))

    def windows(self, layer: str, size: int, stride: int, pad: int) -> tuple[int, int]:
        """Return in how many places a square window stands, downwards and across."""
        windows = Windows(f"{self.who}: {layer}", (1, *self.shape), (size, size), (stride, stride), pad)
        return windows.out_h, windows.out_w

    def empty(self) -> "Stack":
        """Return an empty stack with this one's shape on top, which draws from the same random numbers."""
        other = copy.copy(self)
        other.layers = []
        return other


def check_sizes(who: str, **sizes: int) -> None:
    """Raise ValueError unless every size is a whole number of at least 1."""
    for name, size in sizes.items():
        whole_number(who, name, size, least=1, what="an integer")


def starting_values(
    who: str, weight_init_std: str | float | Initializer, dtype: type, rng: np.random.Generator
) -> tuple[Callable[..., np.ndarray], Callable[..., np.ndarray]]:
    """Return two functions of a shape: one that draws weights, and one that makes biases of zero.

    >>> weights, zeros = starting_values("MyNet", "he", np.float32, np.random.default_rng(0))
    >>> weights((784, 50)).shape, zeros(2)
    ((784, 50), array([0., 0.], dtype=float32))
    """
    if np.dtype(dtype).kind != "f":
        raise ValueError(f"{who}: dtype must be a float such as float32, got {np.dtype(dtype)}")
    initialize = get_initializer(weight_init_std)
    return lambda shape: initialize(shape, rng, dtype), lambda shape: np.zeros(shape, dtype)


def activation_layer(who: str, name: str) -> Any:
    """Return an activation by its name."""
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise ValueError(f"{who}: activation must be one of {', '.join(ACTIVATIONS)}, got {name!r}")
    return ACTIVATIONS[name]()


def loss_layer(who: str, name: str) -> Any:
    """Return a loss layer by the name of what it does to the outputs."""
    if not isinstance(name, str) or name not in LOSSES:
        raise ValueError(f"{who}: loss must be one of {', '.join(LOSSES)}, got {name!r}")
    return LOSSES[name]()


def image_shape(who: str, input_dim: Any) -> tuple[int, int, int]:
    """Return the shape (C, H, W) of an image, or raise ValueError."""
    if not isinstance(input_dim, (tuple, list)) or len(input_dim) != 3:
        raise ValueError(f"{who}: input_dim must be the shape (C, H, W) of an image, got {input_dim!r}")
    check_sizes(who, **{f"input_dim[{axis}]": size for axis, size in enumerate(input_dim)})
    channels, height, width = (int(size) for size in input_dim)
    return channels, height, width


def convolution_arguments(who: str, usual: dict[str, int], asked: dict[str, int] | None) -> dict[str, int]:
    """Return the arguments of :meth:`Stack.convolution`, from the book's names for them."""
    asked = {} if asked is None else asked
    if not isinstance(asked, dict) or not set(asked) <= set(usual):
        raise ValueError(f"{who}: a convolution's parameters are {', '.join(usual)}, got {asked!r}")
    check_sizes(who, **{name: value for name, value in asked.items() if name != "pad"})
    whole_number(who, "pad", asked.get("pad", 0), least=0)
    param = usual | asked
    return {
        "filters": param["filter_num"],
        "size": param["filter_size"],
        "stride": param["stride"],
        "pad": param["pad"],
    }
