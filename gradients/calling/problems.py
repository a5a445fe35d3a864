"""What stands in the way of a check."""

import os
import traceback
from collections.abc import Sequence
from typing import Any

from gradients.measuring.arguments import kind_of
from language import _


class CannotCheck(Exception):
    """Something that cannot be checked, and why: nothing is said about whether it is right."""


class NoInputs(CannotCheck):
    """That forward works with none of the inputs: it tells less than what backward raises with others."""


def wants_old_division(error: BaseException | None) -> bool:
    """Return whether an error is what code for Python 2 raises whose whole numbers are divided as in Python 3."""
    words = ("'float' object cannot be interpreted as an integer", "slice indices must be integers")
    return isinstance(error, TypeError) and str(error).startswith(words)


def check_failed(name: str, error: Exception) -> str:
    """Return that a fault of this program, and not of what is checked, stopped a check: nothing is said about that."""
    trace = traceback.format_exc() if os.environ.get("CHAINRULE_TRACE") else ""
    raised = f"{type(error).__name__}: {error} {trace}".rstrip()
    return _("{name}: the check itself failed, {error}", name=name, error=raised)


def no_gradient(name: str, backward: str) -> str:
    """Return in words that backward gives no gradient."""
    return _(
        "{name}: no gradient was found: {backward} neither returns one nor keeps one, as in self.dW",
        name=name,
        backward=backward or name,
    )


def nothing_to_differentiate(name: str, inputs: Sequence[Any]) -> str:
    """Return in words that neither an input nor a parameter has a gradient."""
    kinds = _(" and ").join(map(kind_of, inputs))
    return _(
        "{name} on {kinds}: there is nothing to differentiate; expected an input of floats or a parameter (W with dW, "
        "or params and grads), got inputs {inputs}",
        name=name,
        kinds=kinds,
        inputs=", ".join(map(kind_of, inputs)) or _("none"),
    )
