"""Operations whose gradient is another one than that of their forward on purpose: what a custom gradient is for, too.

Who writes an operation that returns its input as it is (gradient reversal, scaling, clipping), or one that is constant
but for jumps (a straight-through estimate of sign or round), writes it for the sake of another gradient.
"""

import numpy as np

from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from language import N_, _

IDENTITY = N_(
    "forward returns its input as it is, so the gradient is another one on purpose: reversed, scaled or clipped"
)
JUMPS = N_("forward is constant but for jumps, so the gradient is another one on purpose: a straight-through estimate")


def purpose(subject: Subject, seed: int) -> str:
    """Return in words why an operation may have another gradient than that of its forward; empty where it may not."""
    if not subject.custom:
        return ""
    try:
        cases = Exam(subject, np.random.default_rng(seed), cases=2).cases
    except LayerRaised:
        return ""
    if all(map(is_identity, cases)):
        return _(IDENTITY)
    return _(JUMPS) if any(all(is_flat(case, name) for case in cases) for name in subject.input_names) else ""


def is_identity(case: Case) -> bool:
    """Return whether forward returns one of its inputs, as it is."""
    places, output = case.subject.input_names.values(), case.output()
    return output is not None and any(np.array_equal(output, case.point.inputs[place]) for place in places)


def is_flat(case: Case, name: str) -> bool:
    """Return whether forward does not answer to an input at all, for which backward gives a gradient of its shape."""
    right, given = case.right(name), case.given(name)
    if given is None or given.shape != right.value.shape or right.kink.all():
        return False
    return bool(given.any()) and not right.value[~right.kink].any()
