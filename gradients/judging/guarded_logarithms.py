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


class Unguarded:
    """The right gradient of a loss in one case, as it would be if its logarithm were not guarded.

    What differentiation must tell of each sample is asked for once, whatever the guard is.

    Parameters
    ----------
    exam : Exam
    case : Case
    name : str
        Of the gradient.
    """

    def __init__(self, exam: Exam, case: Case, name: str) -> None:
        self.right, self.batch = case.right(name), exam.batch_size or 0
        points = [exam.samples(case.point, [i]) for i in range(self.batch)]
        self.is_input = name in exam.subject.input_names
        self.share, self.parts = np.zeros(0), None
        try:
            self.share = np.exp(-np.array([loss_at(exam, point) for point in points]))
            if not self.is_input and (self.share > 1.01 * min(GUARDS)).all():
                self.parts = [exam.truth_at(point).gradient(name, np.ones(1)).value / self.batch for point in points]
        except LayerRaised:
            return

    def gradient(self, guard: float) -> Gradient | None:
        """Return the right gradient without a guard of that size; None where it cannot be told."""
        right, share = self.right, self.share
        told = share > 1.01 * guard  # of the other samples, the guard is all that is left
        factors = np.where(told, share / np.where(told, share - guard, 1.0), 0.0)
        if self.is_input:
            rows = len(right.value) if right.value.ndim else 0
            return by_sample(right, factors, told) if rows == self.batch == len(share) else None
        if self.parts is None or not told.all() or not self.is_mean:
            return None
        return right._replace(value=sum(f * part for f, part in zip(factors, self.parts, strict=True)))

    @property
    def is_mean(self) -> bool:
        """Whether the gradient is the mean of those of the samples."""
        value = self.right.value
        return bool(np.abs(sum(self.parts or [0.0]) - value).max() <= 1e-6 * np.abs(value).max(initial=1e-300))


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
