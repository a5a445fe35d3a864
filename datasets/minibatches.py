"""Mini-batches."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

import numpy as np


class Samples(Protocol):
    """An array, or anything with a length that an array of indices selects from."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: Any, /) -> Any: ...


def batches(
    x: Samples, t: Samples, batch_size: int, rng: np.random.Generator, skip: int = 0
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield mini-batches ``(x, t)`` of one epoch: every sample once, shuffled, the last short batch kept.

    A single sample that would be left over joins the last batch: alone it has no variance, for which batch
    normalisation asks.

    Parameters
    ----------
    x : array, shape (N, ...)
        An ndarray, or anything with a length that an array of indices selects from.
    t : array, shape (N,) or (N, K)
    batch_size : int
    rng : numpy.random.Generator
    skip : int
        How many of the batches to leave out, because they were used before an interruption.

    Raises
    ------
    ValueError
        When x and t differ in length or are empty, or batch_size is no whole number of at least 1.

    Examples
    --------
    >>> x, t = np.arange(5) * 10, np.arange(5)
    >>> [len(batch) for batch, _ in batches(x, t, 3, np.random.default_rng(0))]
    [3, 2]
    >>> [len(batch) for batch, _ in batches(x, t, 2, np.random.default_rng(0))]
    [2, 3]
    """
    x, t = as_samples(x), as_samples(t)
    check_samples(x, t)
    require_whole("the batch size", batch_size, at_least=1)
    return draw_batches(x, t, batch_size, rng, skip)


def draw_batches(
    x: Samples, t: Samples, batch_size: int, rng: np.random.Generator, skip: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the batches; apart from :func:`batches`, so that its checks come before the first batch is asked for."""
    order = rng.permutation(len(x))
    starts = [batch_size * number for number in range(count_batches(len(x), batch_size))]
    for start, stop in islice(zip(starts, [*starts[1:], len(order)], strict=True), skip, None):
        chosen = order[start:stop]
        yield x[chosen], t[chosen]


def as_samples(values: Any) -> Any:
    """Return a list as an array, and anything else as it is."""
    return np.asarray(values) if isinstance(values, (list, tuple)) else values


def count_batches(samples: int, batch_size: int) -> int:
    """Return how many batches there are in an epoch.

    >>> count_batches(5, 3), count_batches(5, 2), count_batches(1, 2)
    (2, 2, 1)
    """
    whole, left_over = divmod(samples, batch_size)
    joins = left_over == 0 or (left_over == 1 and whole > 0)
    return whole if joins else whole + 1


def check_samples(x: Any, t: Any) -> None:
    """Raise ValueError when samples and labels differ in number, or there are none."""
    if len(x) != len(t):
        raise ValueError(
            f"x holds {len(x):,} samples and t {len(t):,} labels (x.shape {np.shape(x)}, t.shape {np.shape(t)})"
        )
    if len(x) == 0:
        raise ValueError(f"there are no samples (x.shape {np.shape(x)})")


def require_whole(name: str, number: Any, at_least: int) -> None:
    """Raise ValueError unless the number is a whole one and large enough; True is none."""
    if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, got {number!r}")
