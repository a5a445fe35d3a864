"""The target of a table: classes or values."""

from typing import NamedTuple

import numpy as np

from datasets.formats.choices import CLASSES, VALUES
from datasets.formats.columns import FEW, Column, Place
from datasets.formats.errors import DataError
from language import _

MOST_NUMBERS = 20  # different whole numbers that are still classes, when nothing is said
MOST_CLASSES = 1000


class Target(NamedTuple):
    """Labels (N,) of int64 with the classes' names, or values (N,) of float64."""

    kind: str
    t: np.ndarray
    names: tuple[str, ...] | None


def target_of(column: Column, kind: str | None, place: Place) -> Target:
    """Return the target as labels or as values.

    Parameters
    ----------
    kind : {None, "classes", "values"}
        None: words are classes, and so are whole numbers when at most 20, and at most half as many as there are
        samples, are different.

    Raises
    ------
    DataError
        When there is nothing to be learned from it: one class, one value, or a class for every sample.
    """
    found, labels = np.unique(column.values, return_inverse=True)
    if len(found) == 1:
        raise DataError(
            _(
                "{path}: the target {name} is {value} everywhere; there is nothing to learn",
                path=place.path,
                name=column.name,
                value=name_of(found[0]),
            )
        )
    if (kind or usual_kind(column, len(found))) == VALUES:
        if column.is_words:
            raise DataError(
                _(
                    "{path}, column {name}: expected numbers, which regression is about, got words such as {word}",
                    path=place.path,
                    name=column.name,
                    word=found[0],
                )
            )
        return Target(VALUES, column.values.astype(np.float64), None)
    if len(found) > min(max(FEW, len(labels) // 2), MOST_CLASSES) or len(found) == len(labels):
        raise DataError(
            _(
                "{path}: the target {name} has {count:,} different values in {samples:,} samples: too many for classes",
                path=place.path,
                name=column.name,
                count=len(found),
                samples=len(labels),
            )
        )
    return Target(CLASSES, labels.reshape(-1).astype(np.int64), tuple(map(name_of, found)))


def usual_kind(column: Column, different: int) -> str:
    """Return what a target is when nothing is said."""
    if column.is_words:
        return CLASSES
    whole = not np.any(column.values % 1)
    return CLASSES if whole and different <= min(MOST_NUMBERS, len(column.values) // 2) else VALUES


def name_of(value: object) -> str:
    """Return a class's name: a word, or a number without a needless point.

    >>> name_of(3.0), name_of(1000001.0), name_of(0.5), name_of("setosa")
    ('3', '1000001', '0.5', 'setosa')
    """
    return str(value).removesuffix(".0")
