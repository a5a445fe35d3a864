"""Losses of one word and its neighbour, ``loss(center_word_vec, outside_word_idx, outside_vectors, dataset)``."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.scenes import D, H
from gradients.calling.words import words

WORD = 2  # the word that is predicted


class Samples:
    """A data set that is asked for words that are not the neighbour: some come several times, and always the same."""

    WORDS = (0, 3, 4, 3, 1)

    def __init__(self) -> None:
        self.count = 0

    def sampleTokenIdx(self) -> int:
        """Return the next word."""
        self.count += 1
        return self.WORDS[self.count % len(self.WORDS)]


def word_inputs(names: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield a word's vector, the number of a word, and the vectors of all words, where the names speak of them."""
    kinds = [kind_of_word(name) for name in names]
    if not {"vector", "number", "vectors"} <= set(kinds) or None in kinds:
        return
    given = {"vector": rng.standard_normal(D), "number": WORD, "vectors": rng.standard_normal((H, D))}
    yield tuple(given[kind] if kind in given else Samples() for kind in kinds)


def kind_of_word(name: str) -> str | None:
    """Return what an argument is by its name.

    >>> [kind_of_word(name) for name in ("centerWordVec", "outsideWordIdx", "outsideVectors", "dataset", "x")]
    ['vector', 'number', 'vectors', 'dataset', None]
    """
    parts = set(words(name))
    if parts & {"vectors", "vecs"}:
        return "vectors"
    if parts & {"vec", "vector", "predicted"}:
        return "vector"
    if parts & {"idx", "index", "target"}:
        return "number"
    return "dataset" if "dataset" in parts else None
