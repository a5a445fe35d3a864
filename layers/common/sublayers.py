"""Layers that are made of others, which they list in ``sublayers``."""

from collections.abc import Iterable, Iterator
from typing import Any


def leaf_layers(layers: Iterable[Any]) -> Iterator[Any]:
    """Yield the layers, and in place of one that is made of others (its ``sublayers``), those.

    >>> from layers import ReLU, Sequence, Sigmoid
    >>> [type(layer).__name__ for layer in leaf_layers([Sequence(ReLU(), Sequence(Sigmoid())), ReLU()])]
    ['ReLU', 'Sigmoid', 'ReLU']
    """
    for layer in layers:
        held = getattr(layer, "sublayers", None)
        if isinstance(held, (list, tuple)):
            yield from leaf_layers(held)
        else:
            yield layer


def all_layers(layers: Iterable[Any]) -> Iterator[Any]:
    """Yield the layers, each followed by those that it is made of, if any."""
    for layer in layers:
        yield layer
        held = getattr(layer, "sublayers", None)
        if isinstance(held, (list, tuple)):
            yield from all_layers(held)


def used_twice(layers: Iterable[tuple[str, Any]]) -> tuple[Any, str, str] | None:
    """Return the first layer object that stands in two places, with the names of both; None where there is none."""
    seen: dict[int, str] = {}
    for name, layer in layers:
        for leaf in leaf_layers([layer]):
            if id(leaf) in seen:
                return leaf, seen[id(leaf)], name
            seen[id(leaf)] = name
    return None
