"""Whole numbers, such as a number of samples."""

from typing import Any

import numpy as np


def require_whole(name: str, number: Any, at_least: int) -> None:
    """Raise ValueError unless the number is a whole one and large enough; True is none."""
    if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, got {number!r}")
