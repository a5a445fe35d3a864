"""unknown: a mistake of another kind; say what is known about it."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import N_, _

MOSTLY = 0.9  # share of a gradient that a factor explains, from which on it is worth naming
ADVICE = N_(
    "Derive it on paper for one sample and one feature, and compare line by line; try sizes that all differ, such as "
    "2 samples of 3 features. Correct first what backward computes first: the rest may follow from it."
)


def not_finite(suspect: Suspect) -> Finding | None:
    """The gradient holds NaN or infinity, where forward is smooth."""
    count = max((int((~np.isfinite(given)).sum()) for given in suspect.given), default=0)
    if count == 0:
        return None
    return Finding(
        "unknown",
        suspect.name,
        _(
            "{name} holds {count} values that are NaN or infinite, though forward is smooth there. Look for a "
            "division by zero, 0 * infinity, the logarithm or root of a number that is not positive, or an array made "
            "by np.empty that is not filled.",
            name=suspect.name,
            count=count,
        ),
        {"elements that are not finite": count},
    )


def unknown(suspect: Suspect) -> Finding:
    """Return the finding with the best factor, where that explains most of it, and the place that is off most."""
    name = suspect.name
    if not suspect.cases:
        return Finding("unknown", name, _("{name} is wrong. {advice}", name=name, advice=_(ADVICE)))
    given, right = suspect.given[0], suspect.right[0]
    if given.shape != right.shape:
        return Finding(
            "unknown",
            name,
            _("{name} has shape {given}, expected {expected}.", name=name, given=given.shape, expected=right.shape),
        )
    factor = float((given * right).sum() / max((right * right).sum(), 1e-300))
    explained = factor**2 * (right * right).sum() / max((given * given).sum(), 1e-300)
    index = np.unravel_index(np.abs(given - right).argmax(), given.shape)
    message = _("{name} is wrong, but not in a way that has a name here. {advice}", name=name, advice=_(ADVICE))
    if explained >= MOSTLY:
        message = _(
            "{name} is wrong, but nearly the right gradient times {factor:.3g}. Look for a factor or sign, and for a "
            "smaller part that is missing or should not be there.",
            name=name,
            factor=factor,
        )
    return Finding(
        "unknown",
        name,
        message,
        {_("backward at {place}", place=[int(i) for i in index]): float(given[index]), "right": float(right[index])},
    )
