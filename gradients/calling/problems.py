"""What stands in the way of a check."""


class CannotCheck(Exception):
    """Something that cannot be checked, and why: nothing is said about whether it is right."""


class NoInputs(CannotCheck):
    """That forward works with none of the inputs: it tells less than what backward raises with others."""


def wants_old_division(error: BaseException | None) -> bool:
    """Return whether an error is what code for Python 2 raises whose whole numbers are divided as in Python 3."""
    words = ("'float' object cannot be interpreted as an integer", "slice indices must be integers")
    return isinstance(error, TypeError) and str(error).startswith(words)
