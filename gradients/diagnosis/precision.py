"""precision: right but for the last digits."""

import numpy as np

from gradients.diagnosis.partly_wrong import partly_exact
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.exam import is_between
from gradients.report import Finding
from language import _

HARMLESS = 1e-5  # what float32 does, and a guard that forward has elsewhere, relative to the largest element
GUARD = 1.5e-5  # the largest that is customary against log(0) and division by zero
TINY = 1e-4
SMALL = 1e-2  # an error of the size of rounding or of a guard against division by zero, relative to the largest


def few_digits(suspect: Suspect) -> Finding | None:
    """The gradient is right but for a small error, or was cut to whole numbers."""
    if not suspect.fits or not suspect.cases:
        return None
    pairs = list(zip(suspect.given, suspect.right, strict=True))
    if all(cut_to_whole_numbers(given, right) for given, right in pairs) and any(np.any(given) for given, _ in pairs):
        return too_coarse(suspect, _("it holds whole numbers only (zeros_like of integers, // or astype(int))"))
    if differs_by_a_guard(suspect):
        return other_guard(suspect)
    errors = [np.abs(given - right).max() / np.abs(right).max() for given, right in pairs if np.any(right)]
    if not errors or max(errors) > SMALL or (max(errors) > TINY and partly_exact(suspect)):
        return None
    why = _("its error is about {error:.1e} of the largest element", error=max(errors))
    return too_coarse(suspect, why, harmless=max(errors) <= HARMLESS)


def differs_by_a_guard(suspect: Suspect) -> bool:
    """Return whether a loss of probabilities is right but for the constant that guards a division or a logarithm.

    Where e stands in one of -t / (p + e) and -log(p + e) alone, the gradient changes by about e / p of itself.
    """
    place = suspect.subject.input_names.get(suspect.name)
    if not suspect.subject.is_loss or place is None:
        return False
    for case, given, right in zip(suspect.cases, suspect.given, suspect.right, strict=True):
        p = np.asarray(case.point.inputs[place])
        if not is_between(p):
            return False
        most = (GUARD / np.minimum(p, 1 - p)) * np.abs(right)
        if (np.abs(given - right) > most + 10 * case.right(suspect.name).noise).any():
            return False
    return True


def other_guard(suspect: Suspect) -> Finding:
    """Return the finding that forward and backward do not guard the logarithm with the same constant."""
    return Finding(
        "precision",
        suspect.name,
        _(
            "{name} is right but for a small constant that guards a logarithm or a division, such as the 1e-7 in "
            "log(p + 1e-7): forward and backward do not have the same one.",
            name=suspect.name,
        ),
        {"harmless": _("a guard")},
    )


def cut_to_whole_numbers(given: np.ndarray, right: np.ndarray) -> bool:
    """Return whether a gradient is the right one without what stands behind the decimal point."""
    if not np.array_equal(given, np.trunc(given)) or np.array_equal(right, np.trunc(right)):
        return False
    return bool(np.abs(given - right).max() < 1 + 1e-9)


def too_coarse(suspect: Suspect, why: str, harmless: bool = False) -> Finding:
    """Return the finding that there are too few digits."""
    return Finding(
        "precision",
        suspect.name,
        _(
            "{name} is right except for its precision: {why}. Look for float32 or float16 along the way, for "
            "integers, and for a small constant against division by zero that is too large, or is not the one that "
            "forward adds.",
            name=suspect.name,
            why=why,
        ),
        {
            "largest difference": max(
                float(np.abs(a - g).max()) for a, g in zip(suspect.given, suspect.right, strict=True)
            )
        }
        | ({"harmless": _("at most 1e-5 of the largest element")} if harmless else {}),
    )
