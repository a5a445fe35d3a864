"""Mini-batches."""

from collections.abc import Iterator

import numpy as np


def batches(
    x: np.ndarray, t: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield mini-batches ``(x, t)`` of one epoch: every sample once, shuffled, the last short batch kept.

    Parameters
    ----------
    x : array, shape (N, ...)
        An ndarray, or anything with a length that an array of indices selects from.
    t : array, shape (N,) or (N, K)
    batch_size : int
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        When x and t differ in length or are empty, or batch_size is no whole number of at least 1.

    Examples
    --------
    >>> x, t = np.arange(5) * 10, np.arange(5)
    >>> [len(batch) for batch, _ in batches(x, t, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    x, t = (np.asarray(values) if isinstance(values, (list, tuple)) else values for values in (x, t))
    check_samples(x, t)
    if not isinstance(batch_size, (int, np.integer)) or batch_size < 1:
        raise ValueError(f"the batch size must be a whole number of at least 1, got {batch_size}")
    return draw_batches(x, t, batch_size, rng)


def draw_batches(
    x: np.ndarray, t: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the batches; apart from :func:`batches`, so that its checks come before the first batch is asked for."""
    order = rng.permutation(len(x))
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], t[chosen]


def check_samples(x: np.ndarray, t: np.ndarray) -> None:
    """Raise ValueError when samples and labels differ in number, or there are none."""
    if len(x) != len(t):
        raise ValueError(
            f"x holds {len(x):,} samples and t {len(t):,} labels (x.shape {np.shape(x)}, t.shape {np.shape(t)})"
        )
    if len(x) == 0:
        raise ValueError(f"there are no samples (x.shape {np.shape(x)})")
