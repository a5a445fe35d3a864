"""Mistakes in arrays too large to differentiate whole: what a sample of their elements shows."""

import time

import numpy as np

from gradients.diagnosis.constant_factor import SAID, times
from gradients.diagnosis.not_computed import NOTHING
from gradients.measuring.exam import Exam
from gradients.measuring.large_arrays import sampled
from gradients.measuring.plan import WHOLE
from gradients.report import Finding
from language import _

ENOUGH = 6  # elements, to tell one mistake from another
AFFORDABLE = 1.0  # seconds for one whole gradient
AFFORDABLE_SLOW = 3.0  # seconds for those of a slow layer, in all cases


def is_costly(exam: Exam, name: str) -> bool:
    """Return whether the whole gradient of an array would take more than a few seconds."""
    truth = exam.cases[0].truth
    array = truth.evaluator.arrays[name]
    if exam.plan is not WHOLE:
        return 4 * array.size * (len(exam.cases) - 1) * exam.plan.forward > AFFORDABLE_SLOW
    if truth.is_small(name):
        return False
    coupled = [a for a, _ in truth.coupling(name)]
    groups = np.prod([length for axis, length in enumerate(array.shape) if axis not in coupled])
    started = time.perf_counter()
    truth.evaluator()
    return bool(5 * groups * (time.perf_counter() - started) > AFFORDABLE)


def from_a_sample(exam: Exam, name: str) -> Finding:
    """Return the finding that some elements, and those found by random directions, allow."""
    case = exam.cases[0]
    array, given = case.truth.evaluator.arrays[name], case.given(name)
    if given is None or given.shape != array.shape:
        return of_another_shape(name, given, array.shape)
    indices, right = sampled(exam, case, name, exam.rng, least=ENOUGH)[:2]
    values = np.array([given[index] for index in indices])
    if not np.any(given) and np.any(right.value):
        return Finding("not-computed", name, _(NOTHING, name=name), {"largest element": 0.0})
    scale = np.abs(right.value).max(initial=0.0)
    wrong = np.abs(values - right.value) > 1e-5 * scale + 4 * right.noise
    factor = float(values @ right.value / max(right.value @ right.value, 1e-300))
    if not wrong.any():
        return unknown_place(name, wrong.size, given.size)
    if np.abs(values - factor * right.value).max() <= 1e-5 * np.abs(values).max(initial=0.0):
        return by_factor(exam, name, factor)
    if 0 < wrong.sum() < wrong.size:
        first = int(np.flatnonzero(wrong)[0])
        places = [list(indices[k]) for k in np.flatnonzero(wrong)]
        seen = {_("backward at {place}", place=places[0]): float(values[first]), "right": float(right.value[first])}
        return at_places(name, given.size, places, seen)
    return Finding(
        "unknown",
        name,
        _(
            "{name} is wrong in {wrong} of the {size} elements that were checked. Check smaller arrays: every element "
            "of them is compared, and that tells more.",
            name=name,
            wrong=int(wrong.sum()),
            size=wrong.size,
        ),
        {"wrong elements": _("{wrong} of {size}", wrong=int(wrong.sum()), size=wrong.size)},
    )


def at_places(name: str, size: int, places: list[list[int]], seen: dict[str, float]) -> Finding:
    """Return the finding that a gradient is wrong at some places, of which the first few are told."""
    listed = ", ".join(map(str, places[:6]))
    message = _(
        "{name} is right in most of its {size:,} elements, but wrong at {places}. Look at what treats these places "
        "differently: the bounds of a loop or slice, a condition, an index.",
        name=name,
        size=size,
        places=_("{places} and more", places=listed) if len(places) > 6 else listed,
    )
    return Finding("partly-wrong", name, message, seen)


def of_another_shape(name: str, given: np.ndarray | None, shape: tuple[int, ...]) -> Finding:
    """Return the finding that a gradient is not there, or has not the shape that it should have."""
    if given is None:
        message = _(
            "{name} is missing or None: compute it in backward. It must be an array of shape {shape}.",
            name=name,
            shape=shape,
        )
        return Finding("not-computed", name, message, {"given": "None"})
    message = _(
        "{name} has shape {given}, expected {expected}: a gradient has the shape of what it is the gradient of.",
        name=name,
        given=given.shape,
        expected=shape,
    )
    return Finding("wrong-shape", name, message, {"shape given": given.shape})


def unknown_place(name: str, checked: int, size: int) -> Finding:
    """Return the finding that random directions show some elements to be wrong, which were not looked at alone."""
    return Finding(
        "partly-wrong",
        name,
        _(
            "{name} is right in the {checked} of its {size:,} elements that were looked at one by one. But when all "
            "change at once, the output changes by another amount than the gradient says: a few of the other elements "
            "are wrong. Give a smaller input, as in --input 2,3,8,8: every element of small arrays is looked at.",
            name=name,
            checked=checked,
            size=size,
        ),
        {"right one by one": checked},
    )


def by_factor(exam: Exam, name: str, factor: float) -> Finding:
    """Return the finding that all elements are off by one factor."""
    batch = float(exam.batch_size or 1)
    names = {-1.0: "sign-flipped", batch: "missing-batch-average", 1 / batch: "extra-batch-average"}
    code = next(
        (code for value, code in names.items() if value != 1 and abs(factor / value - 1) < 1e-4), "constant-factor"
    )
    message = _(SAID[code], name=name) if code in SAID else times(name, factor)
    return Finding(code, name, message, {"backward / right": factor})
