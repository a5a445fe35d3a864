"""A held-out part that is the same for everybody, with each class, or each range of values, in proportion."""

import numpy as np

SHARE = 0.2


def hold_out(t: np.ndarray, share: float = SHARE) -> np.ndarray:
    """Return which samples are held out for the test, (N,) of bool.

    Of labels (integers), each class gives its share, rounded, but one sample at least where it has two, and never all.
    Of other targets, the samples are taken in the order of their values and cut into groups, each of which gives one.
    Which sample that is follows from its place in the data by a fixed formula, and from nothing else.

    Examples
    --------
    >>> t = np.array([0, 1] * 5)
    >>> held_out = hold_out(t)
    >>> np.bincount(t[held_out])
    array([1, 1])
    """
    order = np.argsort(scattered(len(t)), kind="stable")
    if t.dtype.kind not in "iu":
        return of_ranges(t.reshape(len(t), -1)[:, 0], share, order)
    by_class = order[np.argsort(t[order], kind="stable")]
    _labels, starts, counts = np.unique(t[by_class], return_index=True, return_counts=True)
    place = np.arange(len(t)) - np.repeat(starts, counts)  # of a sample in its class
    held_out = np.zeros(len(t), bool)
    held_out[by_class] = place < np.repeat(count_held_out(counts, share), counts)
    return held_out


def count_held_out(samples: np.ndarray, share: float) -> np.ndarray:
    """Return how many samples of each class are held out.

    >>> count_held_out(np.array([1, 2, 10, 13]), 0.2)
    array([0, 1, 2, 3])
    """
    return np.minimum(np.maximum(1, (samples * share + 0.5).astype(np.int64)), samples - 1)


def of_ranges(values: np.ndarray, share: float, order: np.ndarray) -> np.ndarray:
    """Return which samples are held out: in each group of neighbouring values, the one that ``order`` has first."""
    by_value = order[np.argsort(values[order], kind="stable")]
    groups = np.array_split(by_value, max(1, int(count_held_out(np.array(len(values)), share))))
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values))
    held_out = np.zeros(len(values), bool)
    for group in groups:
        held_out[group[rank[group].argmin()]] = len(group) > 1
    return held_out


def scattered(count: int) -> np.ndarray:
    """Return a number for each place 0, 1, ..., spread over all 64-bit numbers, the same in every version of NumPy.

    Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014, the mixing of SplitMix.
    """
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
