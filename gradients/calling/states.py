"""States of recurrent layers: as wide as the layer's own matrices, and laid out as the input is."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.scenes import N, Shape, T, kinds_of

WIDEST = 200  # of a state that is tried
# How an input and a state lie that go together: d and h stand for how wide they are.
LAYOUTS: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    ((N, "d"), (N, "h")),
    (("d", N), ("h", N)),
    ((N, T, "d"), (N, "h")),
    ((T, N, "d"), (N, "h")),
    ((N, "d", 1), (N, "h", 1)),
    ((N, "d"), ("h",)),
    ((N, "d", 1), ("h", 1)),
    ((N, "d"), (1, "h")),
    (("d",), ("h",)),
    (("d", 1), ("h", 1)),
    ((1, "d"), (1, "h")),
)


def with_states(names: Sequence[str], sizes: Sequence[int], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield inputs and states of a layer whose arrays have axes of these lengths.

    >>> from itertools import islice
    >>> rng = np.random.default_rng(0)
    >>> [[x.shape for x in inputs] for inputs in islice(with_states(["x", "h_prev"], [4, 6], rng), 3)]
    [[(5, 4), (5, 6)], [(5, 6), (5, 4)], [(5, 4), (5, 4)]]
    """
    kinds = kinds_of(names)
    if set(kinds) != {"input", "state"}:
        return
    wide = [size for size in sizes if size <= WIDEST]
    pairs = [(d, h) for d in wide for h in wide if d != h] + [(d, d) for d in wide]
    for layout in LAYOUTS:
        for d, h in pairs:
            of_input, of_state = (shape_of(kind, {"d": d, "h": h}) for kind in layout)
            yield tuple(rng.standard_normal(of_input if kind == "input" else of_state) for kind in kinds)
    for count, layout in ((N, (N, "h")), (1, (1, "h")), (1, ("h", 1))):
        symbols = rng.integers(0, 2, count)
        for h in wide:
            of_state = shape_of(layout, {"h": h})
            yield tuple(symbols if kind == "input" else rng.standard_normal(of_state) for kind in kinds)


def shape_of(layout: tuple[Any, ...], widths: dict[str, int]) -> Shape:
    """Return a shape in which letters stand for widths."""
    return tuple(widths.get(length, length) for length in layout)
