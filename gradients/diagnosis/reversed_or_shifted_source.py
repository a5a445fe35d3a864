"""reversed, shifted, transposed: right for something that is so: dout, an input, labels, a parameter."""

from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np

from gradients.diagnosis.reversed_or_shifted import shifts
from gradients.diagnosis.shared import axes_text, subsets
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.point import Point
from gradients.report import Finding
from language import _


def shifted_or_reversed_source(suspect: Suspect) -> Finding | None:
    """The gradient is right for a dout, an input, labels or a parameter that is shifted or turned."""
    return shifted_dout(suspect) or turned_parameter(suspect) or shifted_inputs(suspect)


def shifted_dout(suspect: Suspect) -> Finding | None:
    """The gradient is right for a dout that is shifted or reversed."""
    if suspect.subject.is_loss or len(suspect.subject.output_shapes) != 1 or not suspect.fits:
        return None
    shape = suspect.subject.output_shapes[0]
    for axes in subsets([axis for axis, length in enumerate(shape) if length > 1]):
        if suspect.gives(lambda case, axes=axes: right_for(suspect, case, np.flip(case.douts[0], axes))):
            return from_source(suspect, "reversed", "dout", _("reversed along {axes}", axes=axes_text(axes)))
    for shift in shifts(shape):
        for wrap in (False, True):
            if suspect.gives(lambda case, s=shift, w=wrap: right_for(suspect, case, moved(case.douts[0], s, w))):
                return from_source(suspect, "shifted", "dout", _("shifted by {shift}", shift=shift))
    return None


def right_for(suspect: Suspect, case: Case, dout: np.ndarray) -> np.ndarray:
    """Return the right gradient for another dout."""
    return case.truth.gradient(suspect.name, dout.ravel()).value


def moved(array: np.ndarray, shift: tuple[int, ...], wrap: bool) -> np.ndarray:
    """Return an array shifted along its axes, with zeros or its other end moving in."""
    result = np.roll(array, shift, tuple(range(array.ndim)))
    if not wrap:
        for axis, k in enumerate(shift):
            ends = np.moveaxis(result, axis, 0)
            if k > 0:
                ends[:k] = 0
            elif k < 0:
                ends[k:] = 0
    return result


def shifted_inputs(suspect: Suspect) -> Finding | None:
    """The gradient is right at an input, or at labels, that are shifted."""
    for place, x in enumerate(suspect.subject.point.inputs):
        if not isinstance(x, np.ndarray) or x.ndim == 0 or not suspect.fits:
            continue
        if is_float_array(x) and place in suspect.subject.differentiable:
            options = [(lambda v, s=s, w=w: moved(v, s, w), s) for s in near(x.shape) for w in (False, True)]
        elif x.ndim == 2:
            options = [(lambda v, k=k: np.roll(v, k, axis=1), k) for k in (1, -1)]
        elif x.dtype.kind in "iu":
            classes = max(int(x.max(initial=0)) + 1, number_of_classes(suspect))
            options = [(lambda v, k=k, c=classes: (v + k) % c, k) for k in (1, -1)]
            options += [(lambda v, s=s: np.roll(v, s), s) for s in (1, -1)]
        else:
            continue
        for change, by in options:
            if suspect.is_right_at(lambda case, c=change, p=place: with_input(case, p, c)):
                return from_source(
                    suspect,
                    "shifted",
                    _("the input") if place == 0 else _("input {number}", number=place + 1),
                    _("shifted by {by}", by=by),
                )
    return None


def near(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the shifts by one place along one axis, and along the last two axes together."""
    for shift in shifts(shape):
        if max(map(abs, shift)) == 1 and (sum(map(bool, shift)) == 1 or not any(shift[:-2])):
            yield shift


def number_of_classes(suspect: Suspect) -> int:
    """Return the length of the last axis of the first input: K, where the other input holds labels."""
    x = suspect.subject.point.inputs[0]
    return x.shape[-1] if isinstance(x, np.ndarray) and x.ndim else 1


def with_input(case: Case, place: int, change: Callable[[np.ndarray], np.ndarray]) -> Point:
    """Return the case's point with one input changed."""
    inputs = list(case.point.inputs)
    inputs[place] = change(inputs[place])
    return Point(tuple(inputs), case.point.params)


def turned_parameter(suspect: Suspect) -> Finding | None:
    """The gradient is right for a parameter that is transposed, or reversed along some axes."""
    for slot in suspect.subject.slots:
        other = slot.gradient_name
        value = suspect.subject.point.params[other]
        if value.ndim < 2 or other == suspect.name or not suspect.fits:
            continue
        for axes in subsets([axis for axis, length in enumerate(value.shape) if length > 1]):
            if suspect.is_right_at(
                lambda case, o=other, a=axes: with_parameter(case, o, np.flip(case.point.params[o], a))
            ):
                return from_source(suspect, "reversed", slot.name, _("reversed along {axes}", axes=axes_text(axes)))
        for order in permutations(range(value.ndim)):
            if value.transpose(order).shape != value.shape or order == tuple(range(value.ndim)):
                continue
            if suspect.is_right_at(
                lambda case, o=other, r=order: with_parameter(case, o, case.point.params[o].transpose(r))
            ):
                return from_source(suspect, "transposed", slot.name, _("transposed"))
    return None


def with_parameter(case: Case, name: str, value: np.ndarray) -> Point:
    """Return the case's point with one parameter changed."""
    return Point(case.point.inputs, {**case.point.params, name: value})


def from_source(suspect: Suspect, code: str, source: str, how: str) -> Finding:
    """Return the finding that the gradient is right for something turned or shifted."""
    advice = {
        "reversed": _("A convolution's dx needs the kernel rotated by 180 degrees exactly once."),
        "transposed": _("dx = dout W^T: the matrix that forward multiplies by is transposed in backward."),
        "shifted": _("Look at the offsets and indices with which backward reads it."),
    }[code]
    return Finding(
        code,
        suspect.name,
        _(
            "{name} would be right if {source} were {how}: backward uses it that way, forward does not. {advice}",
            name=suspect.name,
            source=source,
            how=how,
            advice=advice,
        ),
        {source: how},
    )
