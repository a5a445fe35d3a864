"""missing-term: a term that is missing and can be written down: a skip path, a product rule, a weight decay."""

from collections.abc import Callable

import numpy as np

from gradients.diagnosis.shared import softmax
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from language import N_, _


def missing_branch(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test terms that can be written down: the skip path, the product rule, softmax's own part, a weight decay."""
    name, subject = suspect.name, suspect.subject
    branches = _("The gradient is the SUM over all the paths by which x reaches the output.")
    x_is_first = name in subject.input_names

    def x_of(case: Case) -> np.ndarray:
        return case.point.inputs[subject.input_names[name]]

    def dout_of(case: Case) -> np.ndarray | None:
        dout = case.douts[0]
        return dout if x_is_first and dout.shape == case.given(name).shape else None

    def plus(case: Case, term: np.ndarray | None) -> np.ndarray | None:
        return None if term is None or not np.isfinite(term).all() else case.right(name).value - term

    def ratio(case: Case) -> np.ndarray | None:
        y, dout = case.output(), dout_of(case)
        return None if dout is None or y is None else dout * y / x_of(case)

    if not subject.is_loss:
        if suspect.gives(lambda case: plus(case, dout_of(case))):
            return (
                _("the direct path, dout itself (y = x + f(x) gives dx = dout + f's part)"),
                branches,
                {"given": _("right - dout")},
            )
        if suspect.gives(ratio) or suspect.gives(lambda case: plus(case, ratio(case))):
            return _("one term of the product rule, (u v)' = u' v + u v'"), branches, {N_("other factor"): "y / x"}
        if suspect.gives(dout_of):
            return _("all but dout itself: the other paths from x to the output"), branches, {"given": "dout"}
        return None
    return softmax_part(suspect) if x_is_first else decay_part(suspect)


def softmax_part(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test whether a loss's dx lacks the part that comes through the softmax's sum."""
    place = suspect.subject.input_names[suspect.name]
    if any(case.point.inputs[place].ndim < 2 for case in suspect.cases):
        return None
    factor = common_factor(suspect, lambda case: softmax(case.point.inputs[place]))
    if factor is None:
        return None
    return (
        _("the part of the softmax's sum, y"),
        _("dL/dx = (y - t) / N has both terms, y and t."),
        {N_("factor of y"): factor},
    )


def decay_part(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test whether a parameter's gradient lacks that of a weight decay."""
    factor = common_factor(suspect, lambda case: case.point.params[suspect.name])
    if factor is None:
        return None
    return (
        _(
            "a term proportional to the parameter itself, {factor:.6g} times it: the gradient of the weight decay",
            factor=factor,
        ),
        _("What forward adds to the loss, lambda/2 * sum(W^2), adds lambda * W to dW."),
        {"lambda": factor},
    )


def common_factor(suspect: Suspect, term: Callable[[Case], np.ndarray]) -> float | None:
    """Return the factor of a term that is missing in every case, None where it is not one number."""
    factors = [fit(case.right(suspect.name).value - case.given(suspect.name), term(case)) for case in suspect.cases]
    if any(f is None for f in factors) or np.ptp(factors) >= 1e-4 * abs(factors[0]):
        return None
    return factors[0]


def fit(residual: np.ndarray, term: np.ndarray) -> float | None:
    """Return the factor by which the residual is the term, None where it is not."""
    if residual.shape != term.shape or not np.any(term):
        return None
    factor = float((residual * term).sum() / (term * term).sum())
    close = np.abs(residual - factor * term).max() <= 1e-5 * np.abs(factor * term).max()
    return factor if factor and close else None
