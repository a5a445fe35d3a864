"""Axes, one by one and in words."""

from collections.abc import Iterator
from itertools import combinations


def subsets(axes: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the non-empty subsets of axes, the smallest first."""
    for count in range(1, len(axes) + 1):
        yield from combinations(axes, count)


def axes_text(axes: tuple[int, ...]) -> str:
    """Return axes in words."""
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {', '.join(map(str, axes))}"
