"""What several hypotheses need: axes, one by one and in words, and the functions that predictions are made with."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from gradients.measuring.case import SAME, Case
from language import _


def subsets(axes: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the non-empty subsets of axes, the smallest first."""
    for count in range(1, len(axes) + 1):
        yield from combinations(axes, count)


def axes_text(axes: tuple[int, ...]) -> str:
    """Return axes in words."""
    return _("axis {axis}", axis=axes[0]) if len(axes) == 1 else _("axes {axes}", axes=", ".join(map(str, axes)))


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the softmax over the last axis."""
    return np.exp(log_softmax(x))


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax over the last axis."""
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def is_difference(case: Case, place: int, given: np.ndarray, p: np.ndarray) -> bool:
    """Return whether a gradient is a multiple of p - t, where t has p's shape or holds labels."""
    for t in (x for number, x in enumerate(case.point.inputs) if number != place and isinstance(x, np.ndarray)):
        is_labels = t.dtype.kind in "iu" and t.shape == p.shape[:-1] and t.min() >= 0 and t.max() < p.shape[-1]
        expected = p - (np.eye(p.shape[-1])[t] if is_labels else t) if is_labels or t.shape == p.shape else np.zeros(1)
        if expected.shape != p.shape or not expected.any():
            continue
        times = (given * expected).sum() / (expected * expected).sum()
        return bool(np.abs(given - times * expected).max() <= SAME * np.abs(given).max())
    return False
