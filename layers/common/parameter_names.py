"""Names for the parameters of several layers: ``W1 b1 W2 b2``."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from layers.common.base import params_of
from layers.common.sublayers import leaf_layers


def numbered_parameters(layers: Iterable[Any]) -> Iterator[tuple[Any, dict[str, np.ndarray], int]]:
    """Yield each layer that has parameters, with them and the number behind their names.

    The parameters of one layer share a number, the first that is free for all of them: ``W1 b1`` for the
    first affine layer, ``gamma1 beta1`` for the first normalisation, ``W2 b2`` for the second affine layer.
    """
    last: dict[str, int] = {}
    taken: set[str] = set()
    for layer in leaf_layers(layers):
        params = params_of(layer)
        if params:
            number = 1 + max(last.get(key, 0) for key in params)
            while any(f"{key}{number}" in taken for key in params):
                number += 1
            for key in params:
                last[key] = number
                taken.add(f"{key}{number}")
            yield layer, params, number
