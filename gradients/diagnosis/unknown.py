"""unknown: a mistake of another kind; say what is known about it."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding


def not_finite(suspect: Suspect) -> Finding | None:
    """The gradient holds NaN or infinity, where forward is smooth."""
    count = max((int((~np.isfinite(given)).sum()) for given in suspect.given), default=0)
    if count == 0:
        return None
    return Finding(
        "unknown",
        suspect.name,
        f"{suspect.name} holds {count} values that are NaN or infinite, though forward is smooth there. Look for "
        "a division by zero, 0 * infinity, the logarithm or root of a number that is not positive, or "
        "uninitialized memory.",
        {"not finite": count},
    )


def unknown(suspect: Suspect) -> Finding:
    """Return the finding with the best linear fit and the place of the largest difference."""
    name = suspect.name
    if not suspect.cases:
        return Finding("unknown", name, f"{name} is wrong.")
    given, right = suspect.given[0], suspect.right[0]
    if given.shape != right.shape:
        return Finding("unknown", name, f"{name} has shape {given.shape}, expected {right.shape}.")
    factor = float((given * right).sum() / max((right * right).sum(), 1e-300))
    explained = factor**2 * (right * right).sum() / max((given * given).sum(), 1e-300)
    index = np.unravel_index(np.abs(given - right).argmax(), given.shape)
    return Finding(
        "unknown",
        name,
        f"{name} is wrong, but in none of the usual ways. It is best described as {factor:.4g} times the right "
        f"gradient, which explains {100 * explained:.0f} % of it. Check the formula on paper at the place below.",
        {
            "best factor": factor,
            "share explained": float(explained),
            f"at {[int(i) for i in index]} given": float(given[index]),
            "right": float(right[index]),
        },
    )
