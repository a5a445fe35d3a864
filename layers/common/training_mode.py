"""Learning or predicting: how a layer is told which of the two it does.

A layer that does something else in prediction has an attribute ``training``, and its forward reads it. Of the project's
layers, the forward also takes it as an argument, for one call: ``forward(x, training=False)``. A layer written along
*Deep Learning from Scratch* has no attribute, but a second argument of forward, ``train_flg``.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from layers.common.sublayers import all_layers

# Names of forward's argument that says so; the second is that of *Deep Learning from Scratch*.
FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")


def forward_in_mode(layer: Any, x: np.ndarray, training: bool) -> np.ndarray:
    """Return ``layer.forward(x)``, and tell it whether it is part of learning, in the way that the layer understands.

    >>> class Dropped:
    ...     def forward(self, x, train_flg=True):
    ...         return 0 * x if train_flg else x
    >>> forward_in_mode(Dropped(), np.ones(2), training=False)
    array([1., 1.])
    """
    if hasattr(layer, "training"):
        layer.training = training
        return layer.forward(x)
    flag = flag_of(type(layer))
    return layer.forward(x) if flag is None else layer.forward(x, **{flag: training})


@functools.lru_cache(maxsize=256)
def flag_of(kind: type) -> str | None:
    """Return the name of the argument by which a class's forward is told, None where it has none."""
    try:
        parameters = inspect.signature(kind.forward).parameters
    except (AttributeError, TypeError, ValueError):
        return None
    return next((name for name in FLAGS if name in parameters), None)


def modes_of(layers: tuple[Any, ...]) -> list[tuple[Any, bool]]:
    """Return the layers that have an attribute ``training``, also those that others are made of, with its value."""
    return [(layer, layer.training) for layer in all_layers(layers) if hasattr(layer, "training")]


def set_modes(modes: list[tuple[Any, bool]]) -> None:
    """Have every layer learn or predict as :func:`modes_of` found it."""
    for layer, training in modes:  # a layer comes before those that it is made of, which it tells its own
        if layer.training != training:
            layer.training = training


@contextmanager
def in_mode(layer: Any, training: bool | None) -> Iterator[None]:
    """Let a layer, and those that it is made of, learn or predict for a while; None leaves them as they are."""
    if training is None:
        yield
        return
    if not isinstance(training, (bool, np.bool_)):
        raise TypeError(f"{type(layer).__name__}: training must be True, False or None, got {training!r}")
    before = modes_of((layer,))
    layer.training = bool(training)
    try:
        yield
    finally:
        set_modes(before)


class Arguments:
    """The arguments of a layer's forward, with ``training`` behind the inputs where the layer has two modes.

    Attributes
    ----------
    count : int
        How many inputs forward takes.
    signature : inspect.Signature
        What whoever calls forward may pass.
    """

    def __init__(self, forward: Callable[..., Any], has_modes: bool = False) -> None:
        signature = inspect.signature(forward)
        self.inputs = tuple(signature.parameters)[1:]
        self.count = len(self.inputs)
        if has_modes or "training" in forward.__code__.co_names:  # it reads self.training
            mode = inspect.Parameter(
                "training", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation="bool | None"
            )
            signature = signature.replace(parameters=[*signature.parameters.values(), mode])
        self.signature = signature

    def bind(self, layer: Any, inputs: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], bool | None]:
        """Return the inputs in their order, and the mode; ``train_flg``, the book's word, is taken for ``training``."""
        if "train_flg" in named:
            named = {"training" if name == "train_flg" else name: value for name, value in named.items()}
        try:
            bound = self.signature.bind(layer, *inputs, **named).arguments
        except TypeError as error:
            raise TypeError(f"{type(layer).__name__}.forward: {error}") from None
        return tuple(bound[name] for name in self.inputs), bound.get("training")


def takes_mode(forward: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the forward of a layer that is made of others, so that it takes ``training`` as an argument."""
    arguments = Arguments(forward, has_modes=True)

    @functools.wraps(forward)
    def told(self: Any, *inputs: Any, **named: Any) -> Any:
        inputs, training = arguments.bind(self, inputs, named)
        with in_mode(self, training):
            return forward(self, *inputs)

    told.__signature__ = arguments.signature
    return told
