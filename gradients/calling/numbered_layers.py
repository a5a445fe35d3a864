"""Networks that are given each weight by itself, ``forward(W1, b1, W2, b2, X)``."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.parameter_dictionaries import drawn_parameters
from gradients.calling.roles import INPUT, key_of
from gradients.calling.scenes import D, M, N

PARAMETER = re.compile(r"(?i)(w|weights?|theta|b|bias|biases)_?\d+$")


def numbered_inputs(names: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield weights and biases whose shapes go together, layer after layer, with data in columns and in rows."""
    parameters = [name for name in names if PARAMETER.match(name)]
    rest = [name for name in names if name not in parameters]
    if sum(name[0] in "wWtT" for name in parameters) < 2 or len(rest) != 1 or key_of(rest[0]) not in INPUT:
        return
    for outputs, columns, flat in itertools.product((M, 1), (True, False), (True, False)):
        values = drawn_parameters(parameters, columns, flat, rng, outputs)
        values[rest[0]] = rng.standard_normal((D, N) if columns else (N, D))
        yield tuple(values[name] for name in names)
