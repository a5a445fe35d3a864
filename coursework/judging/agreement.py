"""Whether an answer is the one that was expected, and if not, how it differs."""

from typing import Any

import numpy as np

from coursework.questions import Arguments, Question
from language import _

OF_DTYPE = "an array of dtype "  # so :mod:`coursework.apart.answering` calls one that holds no numbers
WIDE = 1e-9  # relative: what lies beyond it, and is right all the same, was computed by differences


def problem_of_answer(question: Question, part: str, answer: Any, expected: Any, arguments: Arguments) -> str:
    """Return what is wrong with an answer, empty where it is right, as the question has it judged.

    An answer for which the question's own judge raises is wrong.
    """
    if question.judge is None:
        return difference(answer, expected, question.tolerance)
    try:
        return question.judge(part, answer, expected, arguments)
    except Exception:  # there is no end to what a student's process may answer
        return _("it is something else than was asked for")


def difference(answer: Any, expected: Any, tolerance: float) -> str:
    """Return in words how an answer differs from what was expected; empty where it does not.

    Arrays are compared by their shapes and values, lists and dictionaries part by part. A number may be an array of
    one element, a list may be a tuple.

    >>> difference(np.array([1.0, 2.0]), np.array([1.0, 3.0]), 1e-6)
    'at [1] it is 2, expected 3'
    """
    if isinstance(expected, dict):
        if not isinstance(answer, dict) or "kind" in answer:
            return _("expected a dictionary, got {kind}", kind=kind_of(answer))
        missing = [key for key in expected if key not in answer]
        if missing:
            return _("{name} is not in it", name=missing[0])
        found = ((key, difference(answer[key], expected[key], tolerance)) for key in expected)
        return next((f"{_(key)}: {text}" for key, text in found if text), "")
    if isinstance(expected, list) and not all(map(is_number, expected)):
        if not isinstance(answer, list) or len(answer) != len(expected):
            return _("expected {count} values, got {kind}", count=len(expected), kind=kind_of(answer))
        pairs = enumerate(zip(answer, expected, strict=True))
        found = ((str(i), difference(a, e, tolerance)) for i, (a, e) in pairs)
        return next((_("number {i}: {text}").format(i=i, text=text) for i, text in found if text), "")
    if expected is None or isinstance(expected, (str, bool)):
        is_same = type(answer) is type(expected) and answer == expected
        return "" if is_same else _("expected {expected}, got {given}", expected=expected, given=shown(answer))
    return difference_of_arrays(answer, np.asarray(expected), tolerance)


def difference_of_arrays(answer: Any, expected: np.ndarray, tolerance: float) -> str:
    """Return in words how an answer differs from an array of numbers."""
    array = as_numbers(answer)
    if array is None:
        return _("expected {expected}, got {given}", expected=kind_of(expected), given=kind_of(answer))
    if array.shape != expected.shape and not (array.size == expected.size == 1):
        return _("its shape is {given}, expected {expected}", given=array.shape, expected=expected.shape)
    array = array.reshape(expected.shape)
    if not np.isfinite(array).all() and np.isfinite(expected).all():
        return _("it holds NaN or inf")
    far = relative(array, expected) > tolerance
    if not far.any():
        return ""
    worst = np.unravel_index(int(np.argmax(np.where(far, np.abs(array - expected), -1))), expected.shape)
    numbers = {"given": array[worst] + 0.0, "expected": expected[worst] + 0.0}  # -0 is 0
    if not worst:
        return _("it is {given:.6g}, expected {expected:.6g}", **numbers)
    return _("at {place} it is {given:.6g}, expected {expected:.6g}", place=[int(i) for i in worst], **numbers)


def relative(array: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return how far numbers are apart, against the size of what was expected; NaN is not far from NaN."""
    array, expected = np.asarray(array, float), np.asarray(expected, float)
    largest = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0))
    scale = np.where(np.isfinite(expected), np.maximum(np.abs(expected), 1e-3 * max(1.0, largest)), 1.0)
    same = (array == expected) | (np.isnan(array) & np.isnan(expected))
    with np.errstate(all="ignore"):
        return np.where(same, 0.0, np.nan_to_num(np.abs(array - expected) / scale, nan=np.inf))


def has_all_digits(answer: Any, expected: Any) -> bool:
    """Return whether an answer agrees with the solution's to the digits that the chain rule gives."""
    array = as_numbers(answer)
    if array is None or array.dtype != np.float64 or array.shape != np.shape(expected):
        return False
    return bool(relative(array, np.asarray(expected)).max(initial=0.0) <= WIDE)


def seems_numerical(answer: Any, expected: Any) -> bool:
    """Return whether a gradient that is right has fewer digits than one that is computed by the chain rule."""
    array = as_numbers(answer)
    comparable = array is not None and array.dtype == np.float64 and array.shape == np.shape(expected)
    return comparable and not has_all_digits(answer, expected)


def as_numbers(value: Any) -> np.ndarray | None:
    """Return a value as an array of numbers, None where it is something else."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "biuf" else None
    if is_number(value) or (isinstance(value, list) and value and all(map(is_number, value))):
        return np.asarray(value, dtype=float)
    return None


def is_number(value: Any) -> bool:
    """Return whether a value is one number, NumPy's among them: an array without axes."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iuf"
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def kind_of(value: Any) -> str:
    """Return in words what a value is."""
    if isinstance(value, np.ndarray):
        return _("an array of shape {shape}", shape=value.shape) if value.ndim else _("a number")
    if isinstance(value, dict) and set(value) == {"kind"}:
        dtype = str(value["kind"]).partition(OF_DTYPE)[2]
        return _("an array of dtype {dtype}", dtype=dtype) if dtype else str(value["kind"])
    if value is None:
        return _("nothing (None)")
    return _("a number") if is_number(value) else _("a {kind}", kind=type(value).__name__)


def shown(value: Any) -> str:
    """Return a value as a message shows it."""
    return repr(value) if isinstance(value, (str, bool, int, float)) else kind_of(value)
