"""not-summed: one sample, one position or one output, where the sum over all belongs."""

from itertools import combinations

import numpy as np

from gradients.diagnosis.shared import axes_text
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.report import Finding
from language import N_, _


def one_part_only(suspect: Suspect) -> Finding | None:
    """The gradient is that of one sample or one position, where the sum over all belongs."""
    if suspect.subject.is_loss:
        return one_sample_only(suspect)
    if len(suspect.subject.output_shapes) != 1:
        return None
    shape = suspect.subject.output_shapes[0]
    for count in range(1, len(shape) + 1):
        for axes in combinations(range(len(shape)), count):
            for end in (0, -1):
                if any(shape[axis] == 1 for axis in axes):
                    continue
                if suspect.gives(lambda case, a=axes, e=end: partial_gradient(suspect, case, a, e)):
                    which = (
                        _("the first index of {axes} of dout") if end == 0 else _("the last index of {axes} of dout")
                    )
                    return not_all(suspect, which.format(axes=axes_text(axes)))
    return None


def partial_gradient(suspect: Suspect, case: Case, axes: tuple[int, ...], end: int) -> np.ndarray | None:
    """Return the right gradient for a dout that is zero but at one end of some axes, in the given shape."""
    dout = case.douts[0]
    place: list[int | slice] = [slice(None)] * dout.ndim
    for axis in axes:
        place[axis] = end
    kept = np.zeros_like(dout)
    kept[tuple(place)] = dout[tuple(place)]
    whole, part = case.right(suspect.name).value, case.truth.gradient(suspect.name, kept.ravel()).value
    everywhere = (part != 0) | (np.abs(whole) <= 1e-9 * np.abs(whole).max(initial=0.0))
    given = case.given(suspect.name)
    if not everywhere.all() or given.size != part.size:
        return None
    return part.reshape(given.shape)


def one_sample_only(suspect: Suspect) -> Finding | None:
    """A parameter's gradient of a loss comes from one sample, instead of from the whole batch."""
    batch = suspect.exam.batch_size
    if suspect.name in suspect.subject.input_names or batch is None or batch < 2 or not suspect.fits:
        return None
    for index in (0, batch - 1):
        for factor, what in ((1.0, N_("sample {index}")), (1.0 / batch, N_("sample {index} (divided by N)"))):
            if suspect.is_right_at(lambda case, i=index: suspect.exam.samples(case.point, [i]), factor):
                return not_all(suspect, _(what, index=index))
    return None


def one_contribution(suspect: Suspect) -> Finding | None:
    """Each element takes the gradient from one of the outputs that it reaches, and loses the others."""
    if suspect.subject.is_loss or not suspect.fits or len(suspect.subject.output_shapes) != 1:
        return None
    if not all(case.truth.is_small(suspect.name) for case in suspect.cases):
        return None
    if suspect.gives(diagonal_part):
        return None
    axes = len(suspect.subject.output_shapes[0])
    for together in [(), *((axis,) for axis in range(1, axes))]:
        if suspect.cases and all(takes_one(suspect, index, together) for index in range(len(suspect.cases))):
            return overlaps_lost(suspect)
    return None


def overlaps_lost(suspect: Suspect) -> Finding:
    """Return the finding that of several contributions to an element one is kept."""
    return Finding(
        "not-summed",
        suspect.name,
        _(
            "{name} takes, for each element, the gradient from one of the outputs that it reaches, and loses the "
            "others. Where places overlap or repeat, add: dx[...] += ..., or np.add.at(dx, indices, ...).",
            name=suspect.name,
        ),
        {"equals": _("one contribution, where several should be added")},
    )


def diagonal_part(case: Case) -> np.ndarray | None:
    """Return the gradient if each input reached the output in its own place only."""
    if "dx" not in case.subject.input_names or case.given("dx") is None:
        return None
    jacobian = case.truth.jacobian("dx").value
    if jacobian.shape[0] != jacobian.shape[1] or case.given("dx").size != case.dout.size:
        return None
    return (np.diag(jacobian) * case.dout).reshape(case.given("dx").shape)


def takes_one(suspect: Suspect, index: int, together: tuple[int, ...]) -> bool:
    """Return whether each element's gradient is one of the contributions that should be added up."""
    case, given = suspect.cases[index], suspect.given[index].ravel()
    shape = case.douts[0].shape
    parts = (case.truth.jacobian(suspect.name).value * case.dout).reshape(len(given), *shape)
    parts = parts.sum(axis=tuple(axis + 1 for axis in together)).reshape(len(given), -1)
    scale = np.abs(parts).max(initial=0.0)
    several = (np.abs(parts) > 1e-9 * scale).sum(axis=1) > 1
    hit = (np.abs(parts - given[:, None]) <= 1e-6 * scale).any(axis=1)
    differs = np.abs(parts.sum(axis=1) - given) > 1e-6 * scale
    counts = parts.shape[1] < 0.5 / 1e-6 and several.any() and np.abs(given[several]).min() > 1e-6 * scale
    return bool(counts and hit.all() and differs[several].mean() > 0.5)


def not_all(suspect: Suspect, what: str) -> Finding:
    """Return the finding that only a part was taken."""
    return Finding(
        "not-summed",
        suspect.name,
        _(
            "{name} takes {what} only. Every output that an element reaches sends a gradient back to it; add all of "
            "them up, as dout.sum(axis=0) does over the samples.",
            name=suspect.name,
            what=what,
        ),
        {"equals the gradient from": what},
    )
