"""forward-wrong: a softmax that forward takes over the whole batch, and backward over each sample."""

import numpy as np

from gradients.diagnosis.shared import is_difference
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.report import Finding
from language import _


def softmax_over_batch(suspect: Suspect) -> Finding | None:
    """The probabilities of all samples together add up to 1, and backward is written for those of each sample."""
    place = suspect.subject.input_names.get(suspect.name)
    if place is None or not suspect.fits or not suspect.cases:
        return None
    if any(np.ndim(right) != 2 or len(right) < 2 for right in suspect.right):
        return None
    meant = as_of_a_loss if suspect.subject.is_loss else as_of_a_layer
    if not all(meant(suspect, case, place) for case in suspect.cases):
        return None
    return Finding(
        "forward-wrong",
        None,
        _(
            "forward takes the softmax over the whole batch: the probabilities of all samples together add up to 1. "
            "{name} is meant for those of each sample. Take the maximum and the sum over the classes alone, with "
            "axis=-1 and keepdims=True.",
            name=suspect.name,
        ),
        {"backward belongs to": _("a softmax over each sample")},
    )


def over_all(x: np.ndarray) -> np.ndarray:
    """Return the softmax over all elements."""
    powers = np.exp(x - x.max())
    return np.asarray(powers / powers.sum())


def as_of_a_loss(suspect: Suspect, case: Case, place: int) -> bool:
    """Return whether the gradient of a loss is a multiple of p - t, with p over the whole batch."""
    given = case.given(suspect.name)
    return given is not None and is_difference(case, place, given, over_all(case.point.inputs[place]))


def as_of_a_layer(suspect: Suspect, case: Case, place: int) -> bool:
    """Return whether the gradient of a softmax over the whole batch is that of one over each sample."""
    p = over_all(case.point.inputs[place])
    y, given = case.output(), case.given(suspect.name)
    if y is None or given is None or y.shape != p.shape or not np.allclose(y, p):
        return False
    dout = case.douts[0]
    return suspect.same(given, p * (dout - (dout * p).sum(axis=-1, keepdims=True)), case)
