"""Which sizes a constant factor consists of: those with which it changes when an axis of the inputs is made shorter."""

from math import log

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.measuring.point import Point
from language import _

AXES = {2: ("N", "K"), 4: ("N", "C", "H", "W")}  # what the axes of an array are called
EXPONENT = 1e-3  # by which an exponent may differ from a whole number


def sizes_in(suspect: Suspect, factor: float) -> dict[int, int]:
    """Return the exponent with which the length of each axis of the first input is in a factor, apart from N's."""
    x = suspect.subject.point.inputs[0]
    if not isinstance(x, np.ndarray):
        return {}
    batch, found = suspect.subject.batch_axis % max(x.ndim, 1), {}
    for axis in range(x.ndim):
        shorter = None if axis == batch or x.shape[axis] < 2 else with_shorter_axis(suspect, axis)
        now = None if shorter is None else factor_in(shorter, suspect.name)
        if not now or now * factor < 0:
            continue
        exponent = log(now / factor) / log((x.shape[axis] - 1) / x.shape[axis])
        if round(exponent) and abs(exponent - round(exponent)) < EXPONENT:
            found[axis] = round(exponent)
    return found


def with_shorter_axis(suspect: Suspect, axis: int) -> Case | None:
    """Return a case in which an axis of the inputs has one element less; None where the layer cannot have it."""
    inputs = suspect.subject.point.inputs
    length = inputs[0].shape[axis]
    for offset in (0, 1):  # labels may lack the axis of classes
        shorter = [inputs[0].take(range(length - 1), axis)]
        for x in inputs[1:]:
            place = axis - offset
            has_it = isinstance(x, np.ndarray) and 0 <= place < x.ndim and x.shape[place] == length
            shorter.append(x.take(range(length - 1), place) if has_it else x)
        case = suspect.exam.case_at(Point(tuple(shorter), suspect.subject.point.params))
        if case is not None:
            return case
    return None


def factor_in(case: Case, name: str) -> float | None:
    """Return given / right in one case, None where that is not one number."""
    given, right = case.given(name), case.right(name).value
    if given is None or given.shape != right.shape or not np.any(right):
        return None
    factor = float((given * right).sum() / (right * right).sum())
    return factor if np.abs(given - factor * right).max() <= 1e-4 * np.abs(given).max() + 1e-9 else None


def sizes_text(suspect: Suspect, axes: list[int]) -> str:
    """Return the lengths of axes in words, such as ``H W``."""
    x = suspect.subject.point.inputs[0]
    names = AXES.get(x.ndim) if suspect.subject.batch_axis == 0 else None
    return " ".join(names[axis] if names else _("(length of axis {axis})", axis=axis) for axis in axes)
