"""overwrites-input, overwrites-dout, overwrites-parameter: arrays of others that a layer changes."""

from gradients.measuring.point import Run
from gradients.report import Finding

REMEDIES = {
    "overwrites-input": "Work on a copy (x.copy(), or y = x * mask instead of x[...] = ...).",
    "overwrites-dout": "Work on a copy: dx = dout * mask, or dx = dout.copy().",
    "overwrites-parameter": "Only the optimizer changes parameters; work on a copy.",
}


def overwriting(run: Run, parameter_names: set[str]) -> list[Finding]:
    """Return the findings about arrays of others that were changed."""
    found = []
    for what, call in run.overwritten.items():
        is_parameter = what in parameter_names
        code = "overwrites-" + ("dout" if what == "dout" else "parameter" if is_parameter else "input")
        changed = f"the parameter of {what}" if is_parameter else what
        message = (
            f"{call} changes {changed} in place, so other code that uses the same array gets changed values. "
            f"{REMEDIES[code]}"
        )
        found.append(Finding(code, what if is_parameter else None, message, {"changed": what, "by": call}))
    return found
