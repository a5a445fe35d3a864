"""Which numbers an option may be; a layer lists them, ``options = {"stride": at_least(1), "pad": at_least(0)}``.

Each is a function ``(who, name, value)`` that returns the number, or raises ValueError. True and False are no numbers.
"""

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

Option = Callable[[str, str, Any], float | None]


def is_whole_number(value: Any, least: int) -> bool:
    """Return whether a value is a whole number of at least ``least``; True and 1.0 are none."""
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and int(value) >= least


def whole_number(who: str, name: str, value: Any, least: int, what: str = "a whole number") -> int:
    """Return a whole number of at least ``least``; raise ValueError for anything else.

    >>> whole_number("MaxPooling", "stride", np.int64(2), 1)
    2
    >>> whole_number("MaxPooling", "stride", True, 1)
    Traceback (most recent call last):
        ...
    ValueError: MaxPooling: stride must be a whole number of at least 1, got True
    """
    if not is_whole_number(value, least):
        raise ValueError(f"{who}: {name} must be {what} of at least {least}, got {value!r}")
    return int(value)


def at_least(least: int) -> Option:
    """Return the option that is a whole number of at least ``least``."""
    return lambda who, name, value: whole_number(who, name, value, least)


def optional(option: Option) -> Option:
    """Return the option that may be None too."""
    return lambda who, name, value: None if value is None else option(who, name, value)


def real_number(what: str, holds: Callable[[Any], bool]) -> Option:
    """Return the option that is a number for which ``holds`` is true; ``what`` says so in the error."""

    def check(who: str, name: str, value: Any) -> float:
        if isinstance(value, (bool, np.bool_)) or not (isinstance(value, Real) and holds(value)):
            raise ValueError(f"{who}: {name} must {what}, got {value!r}")
        return float(value)

    return check


finite = real_number("be a finite number", math.isfinite)
positive = real_number("be a positive number", lambda value: math.isfinite(value) and value > 0)
share = real_number("lie in [0, 1]", lambda value: 0 <= value <= 1)
share_below_1 = real_number("lie in [0, 1)", lambda value: 0 <= value < 1)
