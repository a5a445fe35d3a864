"""Costs of parameters that lie in one vector, ``cost(theta, input_size, hidden_size, num_labels, X, y, lam)``."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.roles import INPUT, key_of
from gradients.calling.scenes import D, H, N
from gradients.calling.truths import truth_places
from gradients.calling.words import words

VECTORS = {"theta", "thetas", "params", "parameters", "weights", "param", "w"}
CLASSES = 3
# The sizes of layers by the words that their names have.
SIZES = {"input": D, "visible": D, "features": D, "hidden": H, "output": CLASSES, "labels": CLASSES, "classes": CLASSES}
SIZE_WORDS = {"size", "sizes", "dim", "dims", "num", "n", "number", "units", "layer", "count"}
ALL_SIZES = {"dimensions", "layer_sizes", "dims", "sizes", "layer_dims", "layers_dims"}
NUMBERS = (("sparsity|rho", 0.1), ("beta", 0.5), ("l(a|e)?mb?d?a?|reg|decay|alpha", 0.1))


def vector_place(names: Sequence[str]) -> int | None:
    """Return the place of the argument that is the vector of all parameters; None where the sizes are not given.

    >>> vector_place(["nn_params", "input_layer_size", "num_labels", "X", "y"]), vector_place(["W", "X", "y"])
    (0, None)
    """
    vectors = [place for place, name in enumerate(names) if set(words(name)) & VECTORS]
    sizes = [name for name in names if size_of(name)]
    is_told = len(sizes) >= 2 or any(name in ALL_SIZES for name in names)
    return vectors[0] if vectors and is_told and size_of(names[vectors[0]]) is None else None


def size_of(name: str) -> int | None:
    """Return the size of a layer by the name of the argument, None where it is none.

    >>> size_of("num_classes"), size_of("hidden_size"), size_of("visible"), size_of("labels"), size_of("X")
    (3, 6, 4, None, None)
    """
    parts = set(words(name))
    meant = [size for word, size in SIZES.items() if {word, word.rstrip("s")} & parts]
    is_size = bool(parts & SIZE_WORDS) or name in ("visible", "hidden")
    return meant[0] if meant and is_size else None


def flat_inputs(names: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield a vector of parameters with the sizes of the layers, data in columns and rows, and labels of all forms."""
    place = vector_place(names)
    if place is None:
        return
    widths = widths_of(names)
    truths = truth_places(names) or [i for i, name in enumerate(names) if key_of(name) == "y"]
    for data, target in data_and_targets(widths, bool(truths), rng):
        for length in lengths(widths):
            vector = 0.5 * rng.standard_normal(length)
            values = [
                vector if i == place else target if i in truths else value_of(name, widths, data)
                for i, name in enumerate(names)
            ]
            if all(value is not None for value in values):
                yield tuple(values)


def widths_of(names: Sequence[str]) -> list[int]:
    """Return the widths of the layers: those of an autoencoder where no number of outputs is among the arguments."""
    sizes = {size_of(name) for name in names}
    if not sizes & {D, H, CLASSES}:
        return [D, H, CLASSES]
    return [D, *([H] if H in sizes else []), CLASSES if CLASSES in sizes else D]


def lengths(widths: Sequence[int]) -> list[int]:
    """Return how long the vector may be: with biases, and without."""
    pairs = list(itertools.pairwise(widths))
    return [sum((before + 1) * after for before, after in pairs), sum(before * after for before, after in pairs)]


def value_of(name: str, widths: Sequence[int], data: np.ndarray) -> Any:
    """Return what is given for an argument that is neither the vector nor the truth; None where that is not known."""
    if name in ALL_SIZES:
        return list(widths)
    if size_of(name):
        return size_of(name)
    if key_of(name) in INPUT:
        return data
    return next((number for pattern, number in NUMBERS if re.match(pattern, name.strip("_").lower())), None)


def data_and_targets(
    widths: Sequence[int], classes: bool, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
    """Yield data in columns and in rows, with labels: from 0 and from 1 on, one-hot."""
    columns = rng.uniform(0.1, 0.9, (widths[0], N))
    labels = rng.permutation(np.arange(N) % widths[-1])
    one_hot = np.eye(widths[-1])[labels]
    for data, truth in ((columns, one_hot.T), (np.ascontiguousarray(columns.T), one_hot)):
        targets = [labels, np.ascontiguousarray(truth), labels + 1, labels[:, None], labels[:, None] + 1]
        yield from ((data, target) for target in (targets if classes else [None]))
