"""reversed, shifted: the right numbers in the wrong place, reversed or shifted along axes."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np

from gradients.diagnosis.shared import axes_text, subsets
from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import _

FARTHEST = 3  # places by which a gradient may be shifted


def reversed_axes(suspect: Suspect) -> Finding | None:
    """The gradient runs backwards along one or more axes."""
    if not suspect.fits or not suspect.right:
        return None
    long_axes = [axis for axis, length in enumerate(suspect.right[0].shape) if length > 1]
    for axes in subsets(long_axes):
        if suspect.gives(lambda case, axes=axes: np.flip(case.right(suspect.name).value, axes)):
            return Finding(
                "reversed",
                suspect.name,
                _(
                    "{name} is the right gradient, reversed along {axes}. In backward, a kernel is flipped exactly "
                    "once, and an index that ran backwards in forward runs backwards again.",
                    name=suspect.name,
                    axes=axes_text(axes),
                ),
                {"reversed along axes": axes},
            )
    return None


def shifted(suspect: Suspect) -> Finding | None:
    """The gradient is off by some places along one or two axes."""
    if not suspect.fits or not suspect.right:
        return None
    shape = suspect.right[0].shape
    for shift in shifts(shape):
        if all(moved_equal(suspect, index, shift) for index in range(len(suspect.cases))) and suspect.cases:
            return shift_finding(suspect, {axis: k for axis, k in enumerate(shift) if k})
    return None


def shifts(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield how far to shift along each axis: one axis, then two together, the nearest first."""
    for count in (1, 2):
        for distance in range(1, FARTHEST + 1):
            for axes in combinations(range(len(shape)), count):
                for signs in product((1, -1), repeat=count):
                    if all(shape[axis] > distance for axis in axes):
                        moved = dict(zip(axes, (sign * distance for sign in signs), strict=True))
                        yield tuple(moved.get(axis, 0) for axis in range(len(shape)))


def moved_equal(suspect: Suspect, index: int, shift: tuple[int, ...]) -> bool:
    """Return whether the gradient equals the right one where both stand after the shift."""
    given, right = suspect.given[index], suspect.right[index]
    to = tuple(slice(max(k, 0), n + min(k, 0)) for k, n in zip(shift, right.shape, strict=True))
    of = tuple(slice(max(-k, 0), n + min(-k, 0)) for k, n in zip(shift, right.shape, strict=True))
    a, g = given[to], right[of]
    if any(k and abs(k) > 0.4 * n for k, n in zip(shift, right.shape, strict=True)):
        return False
    if a.size < max(2, 0.25 * right.size) or np.count_nonzero(g) < 2 or np.ptp(g) == 0:
        return False
    return suspect.same(a, g) and not suspect.same(right[to], g)


def shift_finding(suspect: Suspect, by: dict[int, int]) -> Finding:
    """Return the finding that an array is shifted along some axes."""
    how = ", ".join(
        _("by {count} up along axis {axis}", count=k, axis=axis)
        if k > 0
        else _("by {count} down along axis {axis}", count=-k, axis=axis)
        for axis, k in by.items()
    )
    return Finding(
        "shifted",
        suspect.name,
        _(
            "{name} is the right gradient, shifted {how}. Look at the offsets: the padding that is cut off again, the "
            "stride, an index that starts at 1 instead of 0.",
            name=suspect.name,
            how=how,
        ),
        {"places by axis": by},
    )
