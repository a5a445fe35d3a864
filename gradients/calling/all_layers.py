"""What a forward gives of all its layers, in lists that backward is given again: ``return activations, zs``."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def is_of_all_layers(returned: Any, inputs: Sequence[Any]) -> bool:
    """Return whether a forward gave several lists, the first with the activations of all layers, the input before them.

    Of other lists it is not known which of them holds the output.
    """
    if not isinstance(returned, tuple) or len(returned) < 2 or not all(isinstance(part, list) for part in returned):
        return False
    return bool(inputs) and all(map(is_row_of_arrays, returned)) and np.array_equal(returned[0][0], inputs[0])


def lists_in(returned: Any, inputs: Sequence[Any]) -> list[str]:
    """Return what the output and the lists stand for that a forward gave; nothing where there are no lists."""
    if is_row_of_arrays(returned):
        return ["outputs"]
    if not isinstance(returned, tuple) or len(returned) < 2 or not all(map(is_row_of_arrays, returned[1:])):
        return []
    first = "outputs" if is_of_all_layers(returned, inputs) else "output" if isinstance(returned[0], np.ndarray) else ""
    behind = len(returned) - 1
    return [first, *(["cache"] if behind == 1 else (f"cache {place}" for place in range(behind)))] if first else []


def is_row_of_arrays(value: Any) -> bool:
    """Return whether a value is a list of arrays."""
    return isinstance(value, list) and bool(value) and all(isinstance(part, np.ndarray) and part.ndim for part in value)
