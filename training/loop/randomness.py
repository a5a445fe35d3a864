"""The random generators in a network's layers, and where they stand in their numbers."""

from typing import Any

import numpy as np

from layers.common.base import generators_of, position_of, put_back
from layers.common.parameter_names import leaves

Generators = list["np.random.Generator | np.random.RandomState"]


def generators_in(network: Any) -> Generators:
    """Return the random generators in a network's layers."""
    layers = getattr(network, "layers", {})
    return [generator for layer in leaves(getattr(layers, "values", list)()) for generator in generators_of(layer)]


def positions_of(generators: Generators) -> list[Any]:
    """Return where generators stand."""
    return [position_of(generator) for generator in generators]


def put_all_back(generators: Generators, positions: list[Any]) -> None:
    """Put generators back to where they stood."""
    for generator, position in zip(generators, positions, strict=True):
        put_back(generator, position)


def plain(position: Any) -> Any:
    """Return a position without arrays, as JSON can hold it.

    >>> plain({"key": np.arange(3), "pos": np.int64(1)})
    {'key': [0, 1, 2], 'pos': 1}
    """
    if isinstance(position, dict):
        return {name: plain(value) for name, value in position.items()}
    return position.tolist() if isinstance(position, (np.ndarray, np.generic)) else position
