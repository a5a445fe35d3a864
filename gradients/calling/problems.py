"""What stands in the way of a check."""

import os
import traceback

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
