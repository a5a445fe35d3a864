"""Losses that guard their logarithm, log(p + 1e-7), and whose backward leaves the guard out.

That is customary, and right but for the guard. Where the loss of sample i is -log(p + e), the derivative of the guarded
loss is p / (p + e) times the other one: the right gradient without the guard is found by dividing that out.
"""

import numpy as np

from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.differences import Gradient
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised, Point

GUARDS = (1e-7, 1e-8, 1e-10, 1e-12)
LARGEST_LOSS = 7.0  # of a sample, beyond which a guard of 1e-7 is more than the tolerance of the probability
NEARER = (0.3, 0.1)  # times the parameters


def without_guard(exam: Exam, case: Case, name: str, guard: float) -> Gradient | None:
    """Return the right gradient of a loss whose logarithm is not guarded; None where that cannot be told."""
    batch = exam.batch_size
    right = case.right(name)
    points = [exam.samples(case.point, [i]) for i in range(batch or 0)]
    try:
        losses = np.array([loss_at(exam, point) for point in points])
        share = np.exp(-losses)
        told = share > 1.01 * guard  # of the other samples, the guard is all that is left
        factors = np.where(told, share / np.where(told, share - guard, 1.0), 0.0)
        if name in exam.subject.input_names:
            rows = len(right.value) if right.value.ndim else 0
            return by_sample(right, factors, told) if rows == batch else None
        if not told.all() or not losses.size:
            return None
        parts = [exam.truth_at(point).gradient(name, np.ones(1)).value / batch for point in points]
    except LayerRaised:
        return None
    if np.abs(sum(parts) - right.value).max() > 1e-6 * np.abs(right.value).max(initial=1e-300):
        return None
    return right._replace(value=sum(f * part for f, part in zip(factors, parts, strict=True)))


def by_sample(right: Gradient, factors: np.ndarray, told: np.ndarray) -> Gradient:
    """Return a gradient with each sample times its factor; where that cannot be told, it is left out as a kink is."""
    rows = (-1, *[1] * (right.value.ndim - 1))
    factors = factors.reshape(rows)
    return Gradient(right.value * factors, right.noise * factors, right.kink | ~told.reshape(rows))


def loss_at(exam: Exam, point: Point) -> float:
    """Return the loss at a point."""
    _, (loss,) = exam.subject.forward(exam.subject.fresh(point), list(point.inputs))
    return float(loss)


def is_lost_in_guard(exam: Exam, case: Case) -> bool:
    """Return whether the loss of a sample is that of its guard, or of a clipped probability: nothing is told by it."""
    batch = exam.batch_size
    if not batch or batch != exam.count(case.point):
        return False
    try:
        losses = [loss_at(exam, exam.samples(case.point, [i])) for i in range(batch)]
    except LayerRaised:
        return False
    return max(losses) > LARGEST_LOSS


def nearer_cases(exam: Exam) -> list[Case]:
    """Return cases with parameters and inputs that are smaller, where no sample is lost in the guard of a logarithm."""
    found = []
    for factor in NEARER:
        point = exam.subject.point
        params = {name: factor * param for name, param in point.params.items()}
        inputs = tuple(
            factor * x if place in exam.subject.differentiable and is_float_array(x) else x
            for place, x in enumerate(point.inputs)
        )
        case = exam.case_at(Point(inputs, params))
        if case is not None and not is_lost_in_guard(exam, case):
            found.append(case)
    return found
