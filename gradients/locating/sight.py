"""The arrays that a function has in sight: in its variables, and in the objects and containers that these hold."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradients.measuring.held_arrays import NOT_ENTERED, parts_of

Path = tuple[Any, ...]  # the name of a variable, then attributes, keys and places
DEEPEST = 6
MOST = 600  # things that are looked at
PLAIN = (str, bytes, int, type(None))
OTHER_ARRAYS = ("torch", "jax", "jaxlib")  # whose arrays become arrays of NumPy


def in_sight(variables: dict[str, Any]) -> Iterator[tuple[Path, Any, np.ndarray]]:
    """Yield the arrays and floats in some variables: the way to each, the object itself, and its values."""
    left = MOST
    seen: set[int] = set()
    stack: list[tuple[Path, Any]] = [((name,), value) for name, value in variables.items()]
    while stack and left:
        path, value = stack.pop()
        left -= 1
        if isinstance(value, PLAIN):
            continue
        values = values_of(value)
        if values is not None:
            yield path, value, values
        elif len(path) < DEEPEST and not isinstance(value, NOT_ENTERED) and id(value) not in seen:
            seen.add(id(value))
            stack += [((*path, step), part) for (_, step), part in parts_of(value)]


def values_of(value: Any) -> np.ndarray | None:
    """Return the numbers in an array, a float, or a list of floats; None of anything else."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "fiub" else None
    if isinstance(value, (float, np.number)):
        return np.asarray(value)
    if isinstance(value, list):
        return np.array(value) if value and all(isinstance(part, (float, np.floating)) for part in value) else None
    if type(value).__module__.partition(".")[0] in OTHER_ARRAYS:
        return values_of_other(value)
    return None


def values_of_other(value: Any) -> np.ndarray | None:
    """Return the numbers in an array of PyTorch or JAX, None where they cannot be had."""
    try:
        array = np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)
    except Exception:  # an array that JAX traces has no values
        return None
    return array if array.dtype.kind in "fiub" else None
