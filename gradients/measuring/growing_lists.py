"""Layers that keep what comes in in lists, which grow from call to call until the layer is told to forget."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradients.measuring.arguments import copied
from gradients.measuring.held_arrays import Way, attributes_of, follow
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import deep_copy
from gradients.measuring.surroundings import seed_global_generators

# Methods that tell a layer to forget what it has kept.
FORGETTING = "flush flush_gradients reset clear zero_grad clear_cache forget clear_grads reset_state zero_grads".split()


def inner(thing: Any) -> Any:
    """Return a layer itself, where something was put around it here."""
    return getattr(thing, "wrapped_layer", thing)


def forgetting(thing: Any) -> list[str]:
    """Return the names of a thing's methods that tell it to forget."""
    return [name for name in FORGETTING if callable(getattr(type(thing), name, None))]


def piles_up(subject: Any) -> bool:
    """Return whether a layer keeps what comes in in a list that grows from call to call, until it is told to forget."""
    instance = subject.fresh()
    if not forgetting(inner(instance.thing)):
        return False
    lengths = []
    try:
        for _ in range(2):
            seed_global_generators(subject.generators)
            subject.forward(instance, [copied(x) for x in subject.point.inputs])
            lengths.append(dict(lengths_of_lists(inner(instance.thing))))
    except LayerRaised:
        return False
    return any(0 < lengths[0].get(way, 0) < length for way, length in lengths[1].items())


def lengths_of_lists(thing: Any) -> Iterator[tuple[Way, int]]:
    """Yield the way to each list that a thing holds, itself or in a dictionary, with its length."""
    for name, value in attributes_of(thing).items():
        way = (("attribute", name),)
        if isinstance(value, list):
            yield way, len(value)
        elif isinstance(value, dict):
            yield from (((*way, ("item", key)), len(part)) for key, part in value.items() if isinstance(part, list))


def forget(thing: Any, parameters: dict[Way, np.ndarray]) -> Any:
    """Return a thing that has forgotten what its first forward kept in lists, but not these parameters.

    Else its backward would take what stands first in the list, which belongs to that forward.
    """
    held = [way for way, length in lengths_of_lists(thing) if length]
    for name in forgetting(thing) if held else []:
        twin = deep_copy(thing)
        try:
            getattr(twin, name)()
        except Exception:
            continue
        remains = all(np.array_equal(follow(twin, way), array) for way, array in parameters.items())
        if remains and not any(follow(twin, way) for way in held):
            return twin
    return thing
