"""The random generators that layers hold, and where they stand in their numbers."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from layers.common.sublayers import all_layers

Generators = list["np.random.Generator | np.random.RandomState"]


def generators_of(layers: Iterable[Any]) -> Generators:
    """Return the random generators that layers, and those that they are made of, hold as attributes."""
    kinds = (np.random.Generator, np.random.RandomState)
    return [
        value
        for layer in all_layers(layers)
        for value in getattr(layer, "__dict__", {}).values()
        if isinstance(value, kinds)
    ]


def states_of(generators: Iterable[Any]) -> list[Any]:
    """Return where generators stand in their numbers."""
    return [
        generator.get_state(legacy=False) if hasattr(generator, "get_state") else generator.bit_generator.state
        for generator in generators
    ]


def set_states(generators: Iterable[Any], states: list[Any]) -> None:
    """Put generators back to where they stood, so that they draw the same numbers again."""
    for generator, state in zip(generators, states, strict=True):
        if hasattr(generator, "set_state"):
            generator.set_state(state)
        else:
            generator.bit_generator.state = state
