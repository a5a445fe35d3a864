"""One gradient of backward beside the right one, in one case after the other."""

from dataclasses import replace

import numpy as np

from gradients.array_result import ArrayResult
from gradients.comparison import relative_error
from gradients.judging.guarded_logarithms import GUARDS, Unguarded, is_lost_in_guard, nearer_cases
from gradients.measuring.case import Case
from gradients.measuring.differences import Gradient
from gradients.measuring.exam import Exam
from gradients.measuring.large_arrays import confirms, sampled
from gradients.measuring.plan import WHOLE
from gradients.measuring.subject import Subject

TOLERANCE = 1e-6
TOLERANCE_LOSS = 2e-5  # log(y + 1e-7) and its like are customary in losses
TOLERANCE_COARSE = 3e-2


def compare_in_all(exam: Exam, name: str, rng: np.random.Generator, full: bool) -> ArrayResult:
    """Return the comparison of one gradient: of the case in which it is worst."""
    results = []
    for case in exam.cases:
        results.append(compare_case(exam, case, name, rng, full))
        if exam.plan is not WHOLE and not results[-1].ok:
            break  # a slow layer is wrong once
    if exam.subject.is_loss and not all(result.ok for result in results):
        told = [result for result, case in zip(results, exam.cases, strict=False) if not is_lost_in_guard(exam, case)]
        results = told or [compare_case(exam, case, name, rng, full) for case in nearer_cases(exam)] or results
    wrong = [result for result in results if not result.ok]
    return max(wrong, key=lambda r: r.max_relative_error) if wrong else results[0]


def compare_case(exam: Exam, case: Case, name: str, rng: np.random.Generator, full: bool) -> ArrayResult:
    """Compare one gradient in one case: whole where it is small, else by some elements and by random directions."""
    given, shape = case.given(name), case.truth.evaluator.arrays[name].shape
    if given is None or given.shape != shape:
        return ArrayResult(name, shape, 0, 0, float("inf"), None, None, None, ok=False)
    looked_at, _ = exam.plan.looked_at(given.size, exam.is_first(case))
    if looked_at == given.size:
        result = result_of(exam, case, name, case.right(name), given)
        limited = exam.plan is not WHOLE
        return (
            result if result.ok or limited or not exam.subject.is_loss else without_its_guard(exam, case, name, result)
        )
    if full:
        right = case.right(name)
        if not confirms(case.truth, name, right, case.dout, rng):
            right = case.truth.elements(name, case.dout, list(np.ndindex(shape)))
            right = Gradient(*(part.reshape(shape) for part in right))
            case.rights[name] = right
        return result_of(exam, case, name, right, given)
    slow = exam.plan is not WHOLE
    indices, right, clean = sampled(exam, case, name, rng)
    result = result_of(exam, case, name, right, np.array([given[index] for index in indices]), shape, indices)
    if slow and not clean and exam.affords(4 * given.size):
        return result_of(exam, case, name, case.right(name), given)
    if clean or not result.ok:
        return result
    return replace(result, worst_index=None, analytic=None, numerical=None, ok=False)


def without_its_guard(exam: Exam, case: Case, name: str, result: ArrayResult) -> ArrayResult:
    """Return the comparison without the guard of a loss's logarithm, where the gradient is right but for that."""
    unguarded = Unguarded(exam, case, name)
    for guard in GUARDS:
        right = unguarded.gradient(guard)
        other = None if right is None else result_of(exam, case, name, right, case.given(name))
        if other is not None and other.ok and other.checked:
            case.rights[name] = right
            return other
    return result


def result_of(
    exam: Exam,
    case: Case,
    name: str,
    right: Gradient,
    given: np.ndarray | None,
    shape: tuple[int, ...] | None = None,
    indices: list[tuple[int, ...]] | None = None,
) -> ArrayResult:
    """Return how the given gradient compares with the right one; ``indices`` where only some elements are there."""
    shape = right.value.shape if shape is None else shape
    if given is None or given.shape != right.value.shape:
        return ArrayResult(name, shape, 0, 0, float("inf"), None, None, None, ok=False)
    smooth, kinks = ~right.kink, int(right.kink.sum())
    if not smooth.any():
        return ArrayResult(name, shape, 0, kinks, 0.0, None, None, None, ok=True)
    tolerance = tolerance_of(exam.subject, case)
    floor = right.noise / tolerance + 1e-6 * np.abs(right.value).max(initial=0.0)
    errors = np.where(smooth, relative_error(given, right.value, smallest=floor), 0.0)
    worst = np.unravel_index(errors.argmax(), errors.shape)
    return ArrayResult(
        name,
        shape,
        int(smooth.sum()),
        kinks,
        float(errors[worst]),
        tuple(int(i) for i in (worst if indices is None else indices[int(worst[0])])),
        float(given[worst]),
        float(right.value[worst]),
        ok=bool(errors[worst] <= tolerance),
    )


def tolerance_of(subject: Subject, case: Case) -> float:
    """Return the largest relative error that counts as right."""
    if case.truth.evaluator.is_coarse:
        return TOLERANCE_COARSE
    return TOLERANCE_LOSS if subject.is_loss else TOLERANCE
