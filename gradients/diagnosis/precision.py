"""precision: right but for the last digits."""

import numpy as np

from gradients.diagnosis.partly_wrong import partly_exact
from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding

TINY = 1e-4
SMALL = 1e-2  # an error of the size of rounding or of a guard against division by zero, relative to the largest


def few_digits(suspect: Suspect) -> Finding | None:
    """The gradient is right but for a small error, or was cut to whole numbers."""
    if not suspect.fits or not suspect.cases:
        return None
    pairs = list(zip(suspect.given, suspect.right, strict=True))
    if all(cut_to_whole_numbers(given, right) for given, right in pairs) and any(np.any(given) for given, _ in pairs):
        return too_coarse(suspect, "it holds whole numbers only (zeros_like of integers, // or astype(int))")
    errors = [np.abs(given - right).max() / np.abs(right).max() for given, right in pairs if np.any(right)]
    if not errors or max(errors) > SMALL or (max(errors) > TINY and partly_exact(suspect)):
        return None
    return too_coarse(suspect, f"its error is about {max(errors):.1e} of the largest element")


def cut_to_whole_numbers(given: np.ndarray, right: np.ndarray) -> bool:
    """Return whether a gradient is the right one without what stands behind the decimal point."""
    if not np.array_equal(given, np.trunc(given)) or np.array_equal(right, np.trunc(right)):
        return False
    return bool(np.abs(given - right).max() < 1 + 1e-9)


def too_coarse(suspect: Suspect, why: str) -> Finding:
    """Return the finding that there are too few digits."""
    return Finding(
        "precision",
        suspect.name,
        f"{suspect.name} is right except for its precision: {why}. Look for float32 or float16 along the way, for "
        "integers, and for a small constant against division by zero that is too large, or is not the one that "
        "forward adds.",
        {
            "largest difference": max(
                float(np.abs(a - g).max()) for a, g in zip(suspect.given, suspect.right, strict=True)
            )
        },
    )
