"""wrong-point: the right derivative at the wrong value, of y instead of x, of another input, or the reverse."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from gradients.diagnosis.shared import softmax
from gradients.diagnosis.suspect import Suspect
from gradients.known_networks.activations import sigmoid
from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.point import Point
from gradients.report import Finding
from language import N_, _

FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "softmax(x)": softmax,
    "sigmoid(x)": sigmoid,
    "tanh(x)": np.tanh,
    "exp(x)": np.exp,
    "max(x, 0)": lambda x: np.maximum(x, 0),
    "abs(x)": np.abs,
    "x^2": np.square,
    "-x": np.negative,
    N_("x standardised over the batch"): lambda x: (x - x.mean(axis=0)) / x.std(axis=0),
    N_("x standardised over the features"): lambda x: (
        (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    ),
}


# Those that a number has too.
OF_NUMBERS = {"sigmoid(x)", "tanh(x)", "exp(x)", "max(x, 0)", "abs(x)", "x^2", "-x"}
# A backward that is right for positive x only would seem to be meant for these.
ONE_WAY = {"max(x, 0)", "abs(x)", "x^2", "-x"}


def wrong_point(suspect: Suspect) -> Finding | None:
    """The derivative is taken at another value than forward's."""
    if not suspect.fits or not suspect.cases:
        return None
    for place, own, what, change in other_values(suspect):
        if "t = 0" not in what and slope_is_piecewise_constant(suspect):
            continue
        if suspect.is_right_at(lambda case, p=place, c=change: changed(case, p, c)):
            return taken_elsewhere(
                suspect,
                _("at {what} instead of at {own}", what=what, own=own),
                _("the right gradient at {what}", what=what),
            )
        if what not in ONE_WAY and proves_reverse(suspect, place, change):
            return taken_elsewhere(
                suspect,
                _("at {own} instead of at {what}", own=own, what=what),
                _("the right one, if {what} stood in place of {own}", what=what, own=own),
            )
    return wrong_factor(suspect)


def slope_is_piecewise_constant(suspect: Suspect) -> bool:
    """Return whether the local derivative takes at most three values."""
    if suspect.name not in suspect.subject.input_names:
        return False
    if suspect.subject.is_loss:
        values = np.concatenate([right.ravel() for right in suspect.right])
        return values.size >= 12 and len(np.unique(np.round(values, 6))) <= 5
    if len(suspect.subject.point.inputs) > 1:
        return False
    values = [case.truth.jacobian(suspect.name).value for case in suspect.cases if case.truth.is_small(suspect.name)]
    return bool(values) and len(np.unique(np.round(np.concatenate([v.ravel() for v in values]), 6))) <= 3


def other_values(suspect: Suspect) -> Iterator[tuple[int, str, str, Callable[[Case], np.ndarray | None]]]:
    """Yield which input, by place and name, may be replaced by what: output, another input, a function of its own."""
    inputs = suspect.subject.point.inputs
    for place, x in enumerate(inputs):
        if not is_float_array(x) or (suspect.subject.is_loss and place > 0):
            continue
        if suspect.subject.is_loss and len(inputs) > 1 and is_float_array(inputs[1]):
            yield (
                1,
                _("the given t"),
                _("t = 0 (x where x - t belongs)"),
                lambda case: np.zeros_like(case.point.inputs[1]),
            )
        own = "x" if len(inputs) == 1 or suspect.subject.is_loss else _("input {number}", number=place + 1)
        yield place, own, _("the output y"), lambda case: case.output()
        for other, z in enumerate(inputs):
            if other != place and is_float_array(z) and z.shape == x.shape and not suspect.subject.is_loss:
                yield place, own, _("input {number}", number=other + 1), lambda case, o=other: case.point.inputs[o]
        for text, function in FUNCTIONS.items():
            if not x.ndim and text not in OF_NUMBERS:
                continue
            yield place, own, re.sub(r"\bx\b", own, _(text)), lambda case, p=place, f=function: f(case.point.inputs[p])


def changed(case: Case, place: int, change: Callable[[Case], np.ndarray | None]) -> Point | None:
    """Return the case's point with one input replaced; None where the replacement does not fit, or is the same."""
    value, inputs = change(case), list(case.point.inputs)
    if value is None or np.shape(value) != inputs[place].shape or not np.isfinite(value).all():
        return None
    if np.array_equal(value, inputs[place]):
        return None
    inputs[place] = np.array(value)
    return Point(tuple(inputs), case.point.params)


def proves_reverse(suspect: Suspect, place: int, change: Callable[[Case], np.ndarray | None]) -> bool:
    """Return whether backward, run at the other value, gives what is right at x."""
    told = False
    for case, right in zip(suspect.cases, suspect.right, strict=True):
        point = changed(case, place, change)
        given = None if point is None else suspect.given_at(point, case)
        if given is None or not np.any(right) or not suspect.same(given, right, case):
            return False
        told = True
    return told


def wrong_factor(suspect: Suspect) -> Finding | None:
    """Test a parameter's gradient that is dout times the wrong value, summed: x for x^, y for x, dout for x."""
    values: dict[str, Callable[[Case], np.ndarray | None]] = {
        "x": lambda case: case.point.inputs[0],
        N_("the output y"): lambda case: case.output(),
        "max(x, 0)": lambda case: np.maximum(case.point.inputs[0], 0),
    }
    values |= {f: lambda case, g=g: g(case.point.inputs[0]) for f, g in list(FUNCTIONS.items())[-2:]}
    x = suspect.subject.point.inputs[0]
    if suspect.subject.is_loss or not is_float_array(x):
        return None
    for text, value in values.items():
        if suspect.gives(lambda case, v=value: product_summed(suspect, case, v(case))):
            how = _("with {factor} as the factor of dout", factor=_(text))
            return taken_elsewhere(suspect, how, _("the sum of dout * {factor}", factor=_(text)))
    return None


def product_summed(suspect: Suspect, case: Case, value: np.ndarray | None) -> np.ndarray | None:
    """Return the sum of dout * value over all axes that the gradient does not have; None where they do not fit."""
    wanted = case.given(suspect.name).shape
    dout = case.douts[0]
    if value is None or value.shape != dout.shape or len(case.douts) != 1:
        return None
    product = dout * value
    for keep in ((-1,), (1,), tuple(range(1, product.ndim)), tuple(range(product.ndim))):
        kept = {axis % product.ndim for axis in keep if axis < product.ndim}
        total = product.sum(axis=tuple(axis for axis in range(product.ndim) if axis not in kept))
        if total.size == np.prod(wanted):
            return total.reshape(wanted)
    return None


def taken_elsewhere(suspect: Suspect, how: str, equals: str) -> Finding:
    """Return the finding that the derivative is taken at the wrong value."""
    return Finding(
        "wrong-point",
        suspect.name,
        _(
            "{name} is the right derivative, evaluated {how}. Keep in forward the very value that the formula names: "
            "y (1 - y) for sigmoid and 1 - y^2 for tanh want the OUTPUT, f'(x) wants the input.",
            name=suspect.name,
            how=how,
        ),
        {"equals": equals},
    )
