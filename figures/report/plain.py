"""Values as JSON can hold them."""

import base64
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

DIGITS = 5
LARGEST_INTEGER = 2**53  # up to which a browser, whose numbers are float64, knows every one


def plain(value: Any) -> Any:
    """Return a value of JSON: lists for arrays and tuples, None for what is not a finite number, text for the rest.

    >>> plain({"loss": float("nan"), "shape": (2, np.int64(3)), 4: np.array([1.5, np.inf])})
    {'loss': None, 'shape': [2, 3], '4': [1.5, None]}
    """
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return str(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value)


def rounded(value: Any) -> Any:
    """Return a value of JSON with its numbers rounded to as many digits as a chart can show.

    >>> rounded({"loss": [0.123456789, None, 1234567]})
    {'loss': [0.12346, None, 1234567]}
    """
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def as_base64(content: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(content).decode("ascii")
