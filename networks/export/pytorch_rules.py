"""How each layer is written for PyTorch: a small function a layer, found by the layer's class.

A rule gets the layer, and the number of axes of its input where that is known, and returns the expression that makes
the same layer in PyTorch. What PyTorch lacks are a few classes of our own, in :mod:`networks.export.pytorch_classes`.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import layers as ours

Construct = Callable[[Any, int | None], str]


class PytorchRule(NamedTuple):
    """How a layer is written: ``construct(layer, axes)``, and the rest as for :func:`pytorch_rule`."""

    construct: Construct
    names: Mapping[str, str]
    transposed: tuple[str, ...]
    source: str


PYTORCH_RULES: dict[type, PytorchRule] = {}


def pytorch_rule(
    *classes: type, names: Mapping[str, str] | None = None, transposed: tuple[str, ...] = (), source: str = ""
) -> Callable[[Construct], Construct]:
    """Make a function ``construct(layer, axes)`` the rule by which layers of these classes are written for PyTorch.

    Parameters
    ----------
    *classes : type
    names : mapping of str to str, optional
        PyTorch's names of parameters and state; those not in it keep their names.
    transposed : tuple of str
        Parameters that PyTorch has the other way round.
    source : str
        The source of a class, derived from ``nn.Module``, that the expression makes an object of.

    Examples
    --------
    >>> class Cube:
    ...     def forward(self, x):
    ...         return x**3
    >>> source = '''
    ... class Cube(nn.Module):
    ...     def forward(self, x):
    ...         return x**3
    ... '''
    >>> @pytorch_rule(Cube, source=source)
    ... def cube(layer, axes):
    ...     return "Cube()"
    """

    def give(construct: Construct) -> Construct:
        rule = PytorchRule(construct, dict(names or {}), tuple(transposed), source.strip("\n"))
        PYTORCH_RULES.update(dict.fromkeys(classes, rule))
        return construct

    return give


def call(name: str, *given: Any, **options: Any) -> str:
    """Return the source of a call.

    >>> call("nn.Conv2d", 1, 30, kernel_size=5)
    'nn.Conv2d(1, 30, kernel_size=5)'
    """
    arguments = [*map(repr, given), *(f"{name}={value!r}" for name, value in options.items())]
    return f"{name}({', '.join(arguments)})"


def unusual(usual: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """Return the options that differ from what is usual in PyTorch, and need not be written.

    >>> unusual({"stride": 1, "padding": 0}, stride=2, padding=0)
    {'stride': 2}
    """
    return {name: value for name, value in options.items() if value != usual[name]}


def square(height: int, width: int) -> int | tuple[int, int]:
    """Return a window's size as PyTorch takes it, one number for a square."""
    return height if height == width else (height, width)


WEIGHTS = {"W": "weight", "b": "bias"}
SCALES = {"gamma": "weight", "beta": "bias"}


@pytorch_rule(ours.Affine, names=WEIGHTS, transposed=("W",))
def affine(layer: Any, axes: int | None) -> str:
    """``nn.Linear`` takes rows; the class ``Affine`` flattens first."""
    return call("nn.Linear" if axes == 2 else "Affine", *layer.W.shape)


@pytorch_rule(ours.Convolution, names=WEIGHTS)
def convolution(layer: Any, axes: int | None) -> str:
    """``nn.Conv2d``, whose weight is W."""
    filters, channels, *size = layer.W.shape
    usual = unusual({"stride": 1, "padding": 0}, stride=layer.stride, padding=layer.pad)
    return call("nn.Conv2d", channels, filters, kernel_size=square(*size), **usual)


@pytorch_rule(ours.MaxPooling)
def max_pooling(layer: Any, axes: int | None) -> str:
    """``nn.MaxPool2d``."""
    return call("nn.MaxPool2d", square(layer.pool_h, layer.pool_w), **steps(layer))


@pytorch_rule(ours.AveragePooling)
def average_pooling(layer: Any, axes: int | None) -> str:
    """``nn.AvgPool2d``, which counts the padding too."""
    return call("nn.AvgPool2d", square(layer.pool_h, layer.pool_w), **steps(layer))


def steps(layer: Any) -> dict[str, Any]:
    """Return stride and padding of a pooling layer."""
    size = layer.pool_h, layer.pool_w
    stride = square(*(size if layer.stride is None else [layer.stride] * 2))
    return unusual({"stride": square(*size), "padding": 0}, stride=stride, padding=layer.pad)


@pytorch_rule(ours.BatchNormalization, names=SCALES)
def batch_normalization(layer: Any, axes: int | None) -> str:
    """``nn.BatchNorm1d`` of rows, ``nn.BatchNorm2d`` of images; PyTorch's momentum is 1 - ours."""
    kind = {2: "nn.BatchNorm1d", 4: "nn.BatchNorm2d"}.get(axes or 0, "BatchNorm")
    momentum = round(1 - layer.momentum, 15)
    return call(kind, len(layer.gamma), **unusual({"eps": 1e-5, "momentum": 0.1}, eps=layer.eps, momentum=momentum))


@pytorch_rule(ours.LayerNormalization, names=SCALES)
def layer_normalization(layer: Any, axes: int | None) -> str:
    """``nn.LayerNorm`` over the axes of gamma."""
    shape = layer.gamma.shape
    return call("nn.LayerNorm", shape[0] if len(shape) == 1 else shape, **unusual({"eps": 1e-5}, eps=layer.eps))


@pytorch_rule(ours.Dropout)
def dropout(layer: Any, axes: int | None) -> str:
    """``nn.Dropout``."""
    return call("nn.Dropout", layer.dropout_ratio)


@pytorch_rule(ours.LeakyReLU)
def leaky_relu(layer: Any, axes: int | None) -> str:
    """``nn.LeakyReLU``."""
    return call("nn.LeakyReLU", layer.negative_slope)


@pytorch_rule(ours.Softplus)
def softplus(layer: Any, axes: int | None) -> str:
    """``nn.Softplus``, which gives x itself above its threshold: at 40 the two are equal in every float."""
    return call("nn.Softplus", threshold=40)


SAME_NAME = {ours.ReLU: "ReLU", ours.Sigmoid: "Sigmoid", ours.Tanh: "Tanh", ours.GELU: "GELU", ours.Flatten: "Flatten"}


@pytorch_rule(*SAME_NAME)
def layer_of_the_same_name(layer: Any, axes: int | None) -> str:
    """``nn.ReLU`` and others that have no parameters and bear the same name in PyTorch."""
    return call(f"nn.{SAME_NAME[type(layer)]}")
