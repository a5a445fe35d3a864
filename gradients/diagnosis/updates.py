"""updated-too-early, weight-decay: what an update does in the middle of a backward."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.measuring.gradient_places import parameter_of
from gradients.measuring.manner import RATE
from gradients.measuring.point import Point
from gradients.report import Finding
from language import _

RATES = (RATE, 1.0, 0.1, 0.01, 0.001)


def updated_too_early(suspect: Suspect) -> Finding | None:
    """The gradient is right for the parameters after the update that was to follow."""
    if not suspect.fits or not suspect.cases:
        return None
    others = [name for name in suspect.subject.point.params if name != suspect.name]
    if not others or any(case.given(name) is None for case in suspect.cases for name in others):
        return None
    held = [rate for rate in suspect.subject.numbers[0] if 0 < rate <= 1]
    for rate in dict.fromkeys((*RATES, *held)):
        for name in others:
            if suspect.is_right_at(lambda case, r=rate, n=name: after_update(case, n, r)) and makes_a_difference(
                suspect, name, rate
            ):
                parameter = parameter_of(name)
                return Finding(
                    "updated-too-early",
                    suspect.name,
                    _(
                        "{name} is computed with {parameter} after its update, and should be with its value before: "
                        "the one that forward used. Compute all gradients first, and update then.",
                        name=suspect.name,
                        parameter=parameter,
                    ),
                    {
                        "equals the right one": _(
                            "after {parameter} -= {rate:g} * {name}", parameter=parameter, rate=rate, name=name
                        )
                    },
                )
    return None


def makes_a_difference(suspect: Suspect, name: str, rate: float) -> bool:
    """Return whether the right gradient is another one after a step of one parameter."""
    point = after_update(suspect.cases[0], name, rate)
    there = None if point is None else suspect.right_at(point, suspect.cases[0])
    return there is not None and not suspect.same(there, suspect.right[0])


def after_update(case: Case, name: str, rate: float) -> Point | None:
    """Return the point after a step of one parameter along what backward gave for it."""
    given, param = case.given(name), case.point.params.get(name, case.subject.point.params[name])
    if given is None or given.shape != param.shape:
        return None
    return Point(case.point.inputs, case.point.params | {name: param - rate * given})


def weight_decay(suspect: Suspect) -> Finding | None:
    """The gradient is right but for a multiple of the parameter: a weight decay, which forward does not have."""
    if not suspect.fits or not suspect.cases or suspect.name not in suspect.subject.point.params:
        return None
    factors = []
    for case, given, right in zip(suspect.cases, suspect.given, suspect.right, strict=True):
        param = case.point.params.get(suspect.name, suspect.subject.point.params[suspect.name])
        rest, size = given - right, float((param * param).sum())
        factor = float((rest * param).sum() / size) if size else 0.0
        noise = 1e-6 * np.abs(right).max(initial=0.0) + 10 * float(case.right(suspect.name).noise.max(initial=0.0))
        if factor <= 0 or np.abs(rest - factor * param).max() > 1e-4 * np.abs(rest).max() + noise:
            return None
        factors.append(factor)
    if np.ptp(factors) > 1e-3 * abs(factors[0]) or suspect.subject.point.params[suspect.name].size < 2:
        return None
    name = parameter_of(suspect.name)
    return Finding(
        "weight-decay",
        suspect.name,
        _(
            "{name} is right but for {factor:.4g} times {parameter}: the derivative of a weight decay, which forward "
            "does not have. Add the decay to the loss, or leave it to the optimizer.",
            name=suspect.name,
            factor=factors[0],
            parameter=name,
        ),
        {_("{name} - the right one", name=suspect.name): f"{factors[0]:.4g} * {name}"},
    )
