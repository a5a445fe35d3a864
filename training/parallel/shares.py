"""Work that is the same whoever does it, such as measuring many samples: each process does its share of it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

T = TypeVar("T")


def share(things: Sequence[T], communicator: Any) -> Sequence[T]:
    """Return those of some things that are this process's: some that follow each other, all where it is alone."""
    return things if communicator is None else things[slice(*parts(len(things), communicator.size)[communicator.rank])]


def gathered(values: list[T], communicator: Any) -> list[T]:
    """Return what all processes found out about their shares, in the order of the things."""
    return values if communicator is None else [value for some in communicator.allgather(values) for value in some]


def of_first(value: T, communicator: Any) -> T:
    """Return what the first of the processes has found out."""
    return value if communicator is None else communicator.bcast(value)


def parts(count: int, ranks: int) -> list[tuple[int, int]]:
    """Return where the part of each rank begins and ends.

    >>> parts(12, 5)
    [(0, 2), (2, 4), (4, 7), (7, 9), (9, 12)]
    """
    bounds = [count * rank // ranks for rank in range(ranks + 1)]
    return list(pairwise(bounds))
