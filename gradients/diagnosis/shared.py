"""What several hypotheses need: axes, one by one and in words, and the functions that predictions are made with."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np


def subsets(axes: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the non-empty subsets of axes, the smallest first."""
    for count in range(1, len(axes) + 1):
        yield from combinations(axes, count)


def axes_text(axes: tuple[int, ...]) -> str:
    """Return axes in words."""
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {', '.join(map(str, axes))}"


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the softmax over the last axis."""
    return np.exp(log_softmax(x))


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax over the last axis."""
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
