"""forward-wrong: a bias that forward adds several times, and backward once."""

from itertools import combinations

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.measuring.gradient_places import parameter_of
from gradients.report import Finding
from language import _


def added_several_times(suspect: Suspect) -> Finding | None:
    """The gradient is that of adding a bias once, the sum of dout, and forward adds it several times."""
    if suspect.subject.is_loss or not may_be_bias(suspect) or not suspect.fits:
        return None
    axes = range(len(suspect.subject.output_shapes[0]))
    for count in axes:
        for kept in combinations(axes, count):
            times = {how_often(suspect, case, kept) for case in suspect.cases}
            if len(times) == 1 and (number := times.pop()) > 1:
                return one_addition(suspect, number)
    return None


def may_be_bias(suspect: Suspect) -> bool:
    """Return whether a gradient is that of a parameter, or of a smaller array that a function is given behind x."""
    is_small = bool(suspect.right) and suspect.right[0].size < suspect.cases[0].dout.size
    behind = suspect.subject.input_names.get(suspect.name, 0) > 0
    return suspect.name in suspect.subject.point.params or (behind and is_small)


def how_often(suspect: Suspect, case: Case, kept: tuple[int, ...]) -> int:
    """Return how often forward adds what backward gives as the sum of dout over all other axes; 0 where it does not."""
    dout, given, right = case.douts[0], case.given(suspect.name), case.right(suspect.name).value
    once = dout.sum(axis=tuple(axis for axis in range(dout.ndim) if axis not in kept))
    if len(case.douts) != 1 or once.size != given.size or not suspect.same(given, once.reshape(given.shape), case):
        return 0
    times = how_many_times(given, right)
    return times if suspect.same(right, times * given, case) and np.any(given) else 0


def how_many_times(given: np.ndarray, right: np.ndarray) -> int:
    """Return how many times as large the right gradient is, rounded; 0 where that is no number."""
    with np.errstate(all="ignore"):
        times = float((right * given).sum() / max((given * given).sum(), 1e-300))
    return round(times) if np.isfinite(times) else 0


def one_addition(suspect: Suspect, times: int) -> Finding:
    """Return the finding that forward adds a bias too often."""
    bias = parameter_of(suspect.name)
    return Finding(
        "forward-wrong",
        suspect.name,
        _(
            "forward adds {bias} {times} times, as in a loop or a sum over the inputs, and backward gives the "
            "gradient of adding it once. Add {bias} once, after the loop or sum; if it is meant {times} times, {name} "
            "is {times} times as large.",
            bias=bias,
            times=times,
            name=suspect.name,
        ),
        {"right / given": times, "given": _("the gradient of adding it once")},
    )
