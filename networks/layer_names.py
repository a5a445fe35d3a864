"""Names for the layers of a network, each a different object."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from layers.common.sublayers import used_twice


def name_layers(layers: Iterable[Any]) -> OrderedDict[str, Any]:
    """Name each layer by its class and how many of that class there are up to it: ``Affine1``, ``Affine2``."""
    seen: Counter[str] = Counter()
    named = OrderedDict()
    for layer in layers:
        kind = type(layer).__name__
        seen[kind] += 1
        named[f"{kind}{seen[kind]}"] = layer
    return named


def check_used_once(layers: Mapping[str, Any]) -> None:
    """Raise ValueError when one layer object stands in two places: its second forward would forget the first."""
    found = used_twice(layers.items())
    if found is not None:
        _, first, second = found
        raise ValueError(
            f"{first} and {second} are the same object; a layer keeps the values of only one forward, "
            "so each place in the network needs its own layer"
        )
