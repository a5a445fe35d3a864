"""cross-sample: samples are mixed, though forward treats each by itself."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.measuring.point import Point
from gradients.report import Finding
from language import N_, _


def cross_sample(suspect: Suspect) -> Finding | None:
    """One sample's gradient depends on another sample, though forward does not mix them."""
    batch = suspect.exam.batch_size
    if batch is None or batch < 2 or not suspect.fits or not suspect.cases:
        return None
    right = suspect.right[0]
    if suspect.name not in suspect.subject.input_names or right.ndim == 0 or len(right) != batch:
        return None
    case = suspect.cases[0]
    mixed = mixed_by_dout(suspect, case) or mixed_by_input(suspect, case)
    if not mixed:
        return None
    mixed = _(mixed)
    return Finding(
        "cross-sample",
        suspect.name,
        _(
            "{name} mixes samples: the gradient of one sample changes with {mixed} of another, though forward treats "
            "each sample separately. Look for a sum, mean or maximum without axis=1 (or over axis 0), and for a "
            "reshape in the wrong order.",
            name=suspect.name,
            mixed=mixed,
        ),
        {"changes with": _("{mixed} of another sample", mixed=mixed)},
    )


def mixed_by_dout(suspect: Suspect, case: Case) -> str | None:
    """Return "dout" when a dout that is zero but for one sample reaches others that it should not reach."""
    batch = suspect.exam.batch_size
    if suspect.subject.is_loss or any(d.ndim == 0 or len(d) != batch for d in case.douts):
        return None
    for sample in range(batch):
        douts = [np.where(np.arange(batch).reshape(-1, *[1] * (d.ndim - 1)) == sample, d, 0.0) for d in case.douts]
        given = case.gradients_for(douts)[suspect.name]
        right = case.truth.gradient(suspect.name, np.concatenate([d.ravel() for d in douts])).value
        base = case.gradients_for([0 * d for d in douts])[suspect.name]
        if given is None or base is None:
            return None
        others = np.arange(batch) != sample
        tiny = 1e-7 * np.abs(suspect.right[0]).max()
        if np.abs(right[others]).max() <= tiny < np.abs(given[others] - base[others]).max():
            return "dout"
    return None


def mixed_by_input(suspect: Suspect, case: Case) -> str | None:
    """Return "the input" when moving one sample's input changes the gradient of others, though it should not."""
    place = suspect.subject.input_names[suspect.name]
    x = case.point.inputs[place]
    for sample in range(len(x)):
        moved = x.copy()
        moved[sample] = moved[sample] * 1.2 + 0.05
        inputs = (*case.point.inputs[:place], moved, *case.point.inputs[place + 1 :])
        point = Point(inputs, case.point.params)
        given = suspect.given_at(point, case)
        others = np.arange(len(x)) != sample
        scale = np.abs(suspect.right[0]).max()
        if given is None or np.abs(given[others] - suspect.given[0][others]).max() <= 1e-5 * scale:
            continue
        right = suspect.right_at(point, case)
        if right is not None and np.abs(right[others] - suspect.right[0][others]).max() <= 1e-7 * scale:
            return N_("the input")
    return None
