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

from layers.common.signatures import Signature
from layers.common.sublayers import all_layers

# Names of forward's argument that says so; the second is that of *Deep Learning from Scratch*.
FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")


def forward_in_mode(layer: Any, x: np.ndarray, training: bool) -> np.ndarray:
    """Return ``layer.forward(x)``, after telling the layer, in the way that it understands, whether it learns."""
    if hasattr(layer, "training"):
        layer.training = training
        return layer.forward(x)
    return forward_as_told(layer, x, training)


def forward_as_told(layer: Any, x: np.ndarray, training: bool) -> np.ndarray:
    """Return ``layer.forward(x)``; a layer that has an attribute ``training`` has been told by it.

    >>> class Dropped:
    ...     def forward(self, x, train_flg=True):
    ...         return 0 * x if train_flg else x
    >>> forward_as_told(Dropped(), np.ones(2), training=False)
    array([1., 1.])
    """
    kind: Any = type(layer)
    flag = None if hasattr(layer, "training") else flag_of(kind)
    return layer.forward(x) if flag is None else layer.forward(x, **{flag: training})


@functools.lru_cache(maxsize=256)
def flag_of(kind: Any) -> str | None:
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


def takes_mode(forward: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the forward of a layer that is made of others, so that it takes ``training`` as an argument."""
    signature = Signature(forward, has_modes=True)

    @functools.wraps(forward)
    def told(self: Any, *inputs: Any, **named: Any) -> Any:
        if not named and len(inputs) == signature.count:
            return forward(self, *inputs)
        inputs, training = signature.bind(self, inputs, named)
        with in_mode(self, training):
            return forward(self, *inputs)

    vars(told)["__signature__"] = signature.shown
    return told
