"""partly-wrong: a mask of 0 and 1 in the place of a slope, as from ``x > 0 + slope * (x <= 0)``."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.report import Finding
from language import _


def only_a_mask(suspect: Suspect) -> Finding | None:
    """The gradient is dout where x is positive and zero elsewhere, though forward has a slope there."""
    if suspect.subject.is_loss or list(suspect.subject.input_names) != [suspect.name]:
        return None
    if not suspect.gives(masked) or not all(np.abs(right).min() > 0 for right in suspect.right):
        return None
    return Finding(
        "partly-wrong",
        suspect.name,
        _(
            "{name} is dout * (x > 0): right where x is positive, and zero elsewhere, though forward has a slope "
            "there too. In x > 0 + slope * (x <= 0), Python adds before it compares, so that a mask of 0 and 1 is "
            "left: write (x > 0) + slope * (x <= 0).",
            name=suspect.name,
        ),
        {"equals": "dout * (x > 0)"},
    )


def masked(case: Case) -> np.ndarray | None:
    """Return dout where x is positive; None where x and dout differ in shape."""
    x, dout = case.point.inputs[0], case.douts[0]
    return dout * (x > 0) if is_float_array(x) and x.shape == dout.shape else None
