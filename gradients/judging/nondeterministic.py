"""nondeterministic: a forward that gives different results for the same input."""

import numpy as np

from gradients.measuring.arguments import copied
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from gradients.report import Finding
from language import _


def make_repeatable(subject: Subject) -> list[Finding]:
    """Find out how forward must be run so that it repeats itself; say so when it cannot."""
    largest = difference_of_copies(subject)
    if largest > 0:
        subject.seeded = True
        message = _(
            "forward gives different results for the same input. A layer that needs random numbers should draw them "
            "from its own generator, self.rng = np.random.default_rng(seed), whose state can be restored; not from "
            "np.random or a generator outside."
        )
        return [nondeterministic(message, largest)]
    largest, parameters_changed = difference_of_calls(subject)
    subject.forgetful = largest > 0
    if largest == 0 or parameters_changed:
        return []
    message = _(
        "forward gives different results when it is called twice with the same input. It depends on something that it "
        "changes itself: a state, a running mean, a counter. Pass what a layer carries from call to call in and out "
        "as an argument."
    )
    return [nondeterministic(message, largest)]


def nondeterministic(message: str, largest: float) -> Finding:
    """Return the finding that forward does not repeat itself."""
    return Finding("nondeterministic", None, message, {"largest difference of two forwards": largest})


def difference_of_copies(subject: Subject) -> float:
    """Return how far the outputs of two new copies differ for the same input."""
    first, second = (subject.forward(subject.fresh(), list(map(copied, subject.point.inputs)))[1] for _ in range(2))
    return largest_difference(first, second)


def difference_of_calls(subject: Subject) -> tuple[float, bool]:
    """Return how far two outputs of one copy differ, and whether the first call changed its parameters."""
    instance = subject.fresh()
    rewind = subject.rewinder(instance)
    _, first = subject.forward(instance, list(map(copied, subject.point.inputs)))
    params = subject.params_of(instance)
    rewind()
    try:
        _, second = subject.forward(instance, list(map(copied, subject.point.inputs)))
    except LayerRaised:
        return float("inf"), True  # each forward needs its backward; it is run on a new copy each time
    changed = any(not np.array_equal(params[name], value) for name, value in subject.point.params.items())
    return largest_difference(first, second), changed


def largest_difference(first: list[np.ndarray], second: list[np.ndarray]) -> float:
    """Return the largest difference of two lists of outputs; infinite where their shapes differ."""
    pairs = list(zip(first, second, strict=True))
    if any(a.shape != b.shape for a, b in pairs):
        return float("inf")
    unequal = [(a, b) for a, b in pairs if not np.array_equal(a, b, equal_nan=True)]
    return max((float(np.nan_to_num(np.abs(a - b), nan=np.inf).max()) for a, b in unequal), default=0.0)
