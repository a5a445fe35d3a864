"""not-computed, ignores-dout: no gradient at all, or one that does not answer to dout."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import N_, _

NOTHING = N_(
    "{name} is zero everywhere, though the output depends on it: backward never computes it, or does not store the "
    "result where it is expected."
)

MISSING = N_("{name} is missing or None: backward returns nothing for it. It must be an array of shape {shape}.")
NEVER_SET = N_(
    "{name} is missing or None: backward never sets it. It must be an array of shape {shape}. Compute it in backward "
    "and keep it under that name, where the code that updates the parameters looks for it."
)


def not_computed(suspect: Suspect) -> Finding | None:
    """The gradient is missing, None or zero."""
    name = suspect.name
    missing = [case for case in suspect.exam.cases if case.given(name) is None]
    if missing:
        shape = missing[0].truth.evaluator.arrays[name].shape
        message = MISSING if name in suspect.subject.input_names else NEVER_SET
        return Finding("not-computed", name, _(message, name=name, shape=shape), {"given": "None"})
    if suspect.fits and suspect.given and all(map(is_nothing, suspect.given)) and any(map(np.any, suspect.right)):
        largest = max(float(np.abs(right).max()) for right in suspect.right)
        return Finding(
            "not-computed", name, _(NOTHING, name=name), {"largest element": 0.0, "largest that is right": largest}
        )
    return None


def is_nothing(given: np.ndarray) -> bool:
    """Return whether a gradient is zero, exactly."""
    return not np.any(given)


def ignores_dout(suspect: Suspect) -> Finding | None:
    """The gradient is the same whatever dout is."""
    if suspect.subject.is_loss or not suspect.cases:
        return None
    case = suspect.cases[0]
    others = [suspect.exam.draw_douts([np.shape(d) for d in case.douts]) for _ in range(2)]
    given = [case.gradients_for(douts)[suspect.name] for douts in others]
    if not all(suspect.same(a, suspect.given[0]) for a in given if a is not None) or not np.any(suspect.given[0]):
        return None
    return Finding(
        "ignores-dout",
        suspect.name,
        _(
            "{name} does not change when dout changes: backward leaves the upstream gradient out. The chain rule "
            "multiplies it in: dL/dx = dL/dy * dy/dx, with dL/dy = dout.",
            name=suspect.name,
        ),
        {"change of dout": _("another random array"), _("change of {name}", name=suspect.name): 0.0},
    )
