"""overwrites-input, overwrites-dout, overwrites-parameter: arrays of others that a layer changes."""

from gradients.measuring.point import Run
from gradients.report import Finding
from language import N_, _

REMEDIES = {
    N_("overwrites-input"): N_("Work on a copy (x.copy(), or y = x * mask instead of x[...] = ...)."),
    N_("overwrites-dout"): N_("Work on a copy: dx = dout * mask, or dx = dout.copy()."),
    N_("overwrites-parameter"): N_("Only the optimizer changes parameters; work on a copy."),
}


def overwriting(run: Run, parameter_names: set[str]) -> list[Finding]:
    """Return the findings about arrays of others that were changed."""
    found = []
    for what, call in run.overwritten.items():
        is_parameter = what in parameter_names
        code = "overwrites-" + ("dout" if what == "dout" else "parameter" if is_parameter else "input")
        message = _(
            "{call} changes {changed} in place, so other code that uses the same array gets changed values. {remedy}",
            call=call,
            changed=_("the parameter of {gradient}", gradient=what) if is_parameter else told(what),
            remedy=_(REMEDIES[code]),
        )
        found.append(Finding(code, what if is_parameter else None, message, {"changed": what, "by": call}))
    return found


def told(what: str) -> str:
    """Return the name of an array as it is told: of several inputs, ``input 2``."""
    kind, number = what.partition(" ")[::2]
    return _("input {number}", number=number) if kind == "input" else what
