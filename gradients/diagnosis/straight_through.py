"""straight-through: the gradient goes through a threshold as if it were not there, since its own is zero."""

from collections.abc import Iterator

import numpy as np

from gradients.diagnosis.forward_wrong import KnownSubject, belongs
from gradients.diagnosis.suspect import Suspect
from gradients.diagnosis.well_known_forwards import Forward, candidates
from gradients.measuring.exam import Exam
from gradients.report import Finding
from language import N_, _


def straight_through(exam: Exam, suspects: list[Suspect]) -> Finding | None:
    """Return the finding that a step function passes the gradient on, where it does so in all cases."""
    if not is_step(exam):
        return None
    for what, forward in passed(exam):
        stand_in = KnownSubject(exam.subject, forward)
        if all(belongs(stand_in, case, suspects[0], exam.subject.names) for case in exam.cases):
            return Finding(
                "straight-through",
                None,
                _(
                    "forward is a step function, whose derivative is zero wherever it has one. backward gives the "
                    "gradient of {what} instead: it passes straight through the threshold. As a straight-through "
                    "estimator that is what is meant; it is not the derivative of forward.",
                    what=_(what),
                ),
                {"backward belongs to": _(what)},
            )
    return None


def is_step(exam: Exam) -> bool:
    """Return whether forward is constant but for jumps: no gradient but zero anywhere, and yet several values."""
    subject = exam.subject
    if subject.is_loss or len(subject.output_shapes) != 1:
        return False
    if any(case.given(name) is None or not case.truth.is_small(name) for case in exam.cases for name in subject.names):
        return False
    flat = all(not np.any(case.truth.jacobian(name).value) for case in exam.cases for name in subject.names)
    return flat and len(np.unique(np.concatenate([case.output().ravel() for case in exam.cases]))) > 1


def passed(exam: Exam) -> Iterator[tuple[str, Forward]]:
    """Yield the forwards whose gradient may be passed through a threshold that comes behind them."""
    if not exam.subject.point.params and len(exam.subject.point.inputs) == 1:
        yield N_("x itself"), lambda inputs, params: inputs[0]
        yield N_("x within -1..1"), lambda inputs, params: np.clip(inputs[0], -1, 1)
        yield N_("x within 0..1"), lambda inputs, params: np.clip(inputs[0], 0, 1)
    yield from ((name, forward) for name, forward in candidates(exam.subject) if name.startswith("the affine layer"))
