"""product-for-sum, summed-too-early: gradients that do not answer to dout as a gradient does."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import _

NOTHING = 1e-9  # of the right gradient, below which one is zero but for rounding


def product_for_sum(suspect: Suspect) -> Finding | None:
    """The gradient grows with the square of dout: parts are multiplied that should be added."""
    if suspect.subject.is_loss or not suspect.cases or not suspect.fits:
        return None
    case = suspect.cases[0]
    given = case.given(suspect.name)
    doubled = case.gradients_for([2 * dout for dout in case.douts])[suspect.name]
    if doubled is None or not np.any(given) or not suspect.same(doubled, 4 * given):
        return None
    return Finding(
        "product-for-sum",
        suspect.name,
        _(
            "{name} grows with the square of dout: backward(2 dout) is 4 times backward(dout), and should be twice. "
            "Two parts that both contain dout are multiplied. Where a value reaches the output along several paths, "
            "their gradients are added.",
            name=suspect.name,
        ),
        {"backward(2 dout) / backward(dout)": 4.0},
    )


def summed_too_early(suspect: Suspect) -> Finding | None:
    """The gradient is zero but for rounding: the rows of a Jacobian that add up to zero were added up."""
    if not suspect.fits or not suspect.cases:
        return None
    for given, right in zip(suspect.given, suspect.right, strict=True):
        largest = np.abs(given).max(initial=0.0)
        if largest == 0 or largest > NOTHING * np.abs(right).max(initial=0.0):
            return None
    if is_multiple(suspect.given, suspect.right):
        return None
    return Finding(
        "summed-too-early",
        suspect.name,
        _(
            "{name} is zero but for rounding. The rows of dy/dx are added up before dout comes in, and their sum is "
            "zero, as that of a softmax is. Multiply by dout first, then sum: dL/dx = sum over the outputs of dout * "
            "dy/dx.",
            name=suspect.name,
        ),
        {"largest given": float(np.abs(suspect.given[0]).max())},
    )


def is_multiple(given: list[np.ndarray], right: list[np.ndarray]) -> bool:
    """Return whether gradients are the right ones times one tiny number, and no rounding errors."""
    g, r = (np.concatenate([np.ravel(array) for array in arrays]) for arrays in (given, right))
    return len(g) > 3 and abs(g @ r) > 0.999 * np.linalg.norm(g) * np.linalg.norm(r)
