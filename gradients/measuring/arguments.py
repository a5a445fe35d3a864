"""The arrays that go in and come out, and the methods that take them."""

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

LONGEST = 60  # letters of an argument that is written out


def kind_of(x: Any) -> str:
    """Return what an input is, in few words: its shape, and its type where that is not float."""
    if not isinstance(x, np.ndarray):
        return type(x).__name__
    return f"{x.shape}" + ("" if x.dtype.kind == "f" else f" {x.dtype}")


def as_input(x: Any) -> Any:
    """Return an argument of forward as it is checked: floats as a new float64 array, the rest as it is."""
    if isinstance(x, (list, tuple)) and x and all(np.ndim(part) == 0 or isinstance(part, (list, tuple)) for part in x):
        x = np.array(x)
    if isinstance(x, np.ndarray):
        x = np.asarray(x)
        if x.dtype.kind == "u":
            return x.astype(np.int64)  # labels are subtracted from
        return x.astype(np.float64) if x.dtype.kind == "f" else x.copy()
    return np.array(float(x)) if isinstance(x, (float, np.floating)) else x


def as_gradient(value: Any) -> np.ndarray | None:
    """Return a new float array with the gradient, or None where there is none that is made of numbers."""
    if value is None:
        return None
    try:
        return np.array(value, float)
    except (TypeError, ValueError):
        return None


def is_float_array(x: Any) -> bool:
    """Return whether a value is an array of floats."""
    return isinstance(x, np.ndarray) and x.dtype.kind == "f"


def is_float_like(value: Any) -> bool:
    """Return whether a value is a float array, or a number that could be one."""
    return isinstance(value, (dict, list, tuple)) or is_float_array(np.asarray(value))


def looks_like_labels(x: np.ndarray) -> bool:
    """Return whether an array holds zeros and ones only, as one-hot labels and masks do."""
    return bool(np.isin(x, (0.0, 1.0)).all())


def same_bits(a: Any, b: Any) -> bool:
    """Return whether two arrays hold the same values; NaN equals NaN."""
    return np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f")


def copied(x: Any) -> Any:
    """Return a copy of an array, anything else as it is."""
    return x.copy() if isinstance(x, np.ndarray) else x


def undo(arrays: Sequence[Any], originals: Sequence[Any]) -> None:
    """Write the original values back into arrays that were changed in place."""
    for array, original in zip(arrays, originals, strict=True):
        if isinstance(array, np.ndarray):
            array[...] = original


def shapes_text(arrays: Sequence[Any]) -> str:
    """Return the shapes of a call's arguments as text."""
    return ", ".join(f"shape {x.shape}" if isinstance(x, np.ndarray) else shortly(x) for x in arrays)


def shortly(value: Any) -> str:
    """Return a value as text; of collections that hold arrays or much else, only what they are."""
    text = "" if holds_arrays(value) else repr(value)
    if 0 < len(text) <= LONGEST:
        return text
    return f"a {type(value).__name__}" + (f" of {len(value)}" if isinstance(value, (dict, list, tuple)) else "")


def holds_arrays(value: Any) -> bool:
    """Return whether there is an array in a collection."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return any(isinstance(part, np.ndarray) or holds_arrays(part) for part in parts)


def parameters_of(thing: Any, method: str) -> dict[str, inspect.Parameter]:
    """Return the parameters of a method by name, none where Python cannot tell."""
    try:
        return dict(inspect.signature(getattr(thing, method)).parameters)
    except (TypeError, ValueError):
        return {}


def positional_arguments(thing: Any, method: str) -> int:
    """Return how many positional arguments a method takes."""
    parameters = parameters_of(thing, method).values()
    if any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        return 99
    return sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters)


def uneven(shape: tuple[int, ...]) -> np.ndarray:
    """Return a first dout, 1 for a loss: uneven, since backward gives zeros for equal numbers behind a softmax."""
    return 1 + 0.5 * np.sin(np.arange(np.prod(shape, dtype=int))).reshape(shape)
