"""The arrays that a layer's constructor is given: parameters, and state such as running means."""

import numpy as np

from layers.common.devices import as_array

IN_WORDS = {"S..": "the shape of a sample"}


def as_parameter(values: np.ndarray) -> np.ndarray:
    """Return a float array itself, so that updates in place are seen by its holder; integers become floats."""
    array = as_array(values)
    if array.dtype.kind not in "fbiu":
        raise TypeError(f"a parameter must be an array of real numbers, got one of {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(float)


def check_parameters(who: str, shapes: dict[str, str], arrays: dict[str, np.ndarray]) -> None:
    """Raise ValueError unless the arrays have the shapes that their letters ask for, and one dtype.

    >>> check_parameters("Affine", {"W": "D M", "b": "M"}, {"W": np.ones((2, 3)), "b": np.ones(2)})
    Traceback (most recent call last):
        ...
    ValueError: Affine: expected W of shape (D, M) and b of shape (M,), got W.shape (2, 3) and b.shape (2,)
    """
    first, *others = arrays
    if all(shapes[name] == shapes[first] for name in others):
        check_shapes(who, {first: shapes[first]}, {first: arrays[first]})
        for name in others:
            check_same_shape(who, first, name, arrays)
    else:
        check_shapes(who, {name: shapes[name] for name in arrays}, arrays)
    for name in others:
        if arrays[name].dtype != arrays[first].dtype:
            raise ValueError(
                f"{who}: {first} is {arrays[first].dtype} and {name} {arrays[name].dtype}; "
                f"expected one dtype, such as {name}.astype({first}.dtype)"
            )


def check_shapes(who: str, shapes: dict[str, str], arrays: dict[str, np.ndarray]) -> None:
    """Raise ValueError unless every array has the axes of its letters, and a letter the same length everywhere."""
    lengths: dict[str, int] = {}
    for name, letters in shapes.items():
        array, axes = arrays[name], letters.split()
        fits = array.size > 0 and (
            array.ndim > 0
            if letters in IN_WORDS
            else array.ndim == len(axes)
            and all(lengths.setdefault(axis, n) == n for axis, n in zip(axes, array.shape, strict=True))
        )
        if not fits:
            expected = " and ".join(f"{name} of {in_words(letters)}" for name, letters in shapes.items())
            got = " and ".join(f"{name}.shape {arrays[name].shape}" for name in shapes)
            raise ValueError(f"{who}: expected {expected}, got {got}")


def check_same_shape(who: str, first: str, name: str, arrays: dict[str, np.ndarray]) -> None:
    """Raise ValueError unless an array has the shape of the first."""
    if arrays[name].shape != arrays[first].shape:
        raise ValueError(
            f"{who}: expected {first} and {name} of one shape, got {first}.shape {arrays[first].shape} "
            f"and {name}.shape {arrays[name].shape}"
        )


def check_state(who: str, names: tuple[str, ...], arrays: dict[str, np.ndarray]) -> None:
    """Raise ValueError unless a layer can keep its running statistics in these arrays."""
    for name in names:
        if name.endswith("var") and (arrays[name] < 0).any():
            raise ValueError(f"{who}: a variance is never negative, got {name} {arrays[name]}")
    if not all(getattr(arrays[name].flags, "writeable", True) for name in names):
        raise ValueError(
            f"{who}: {' and '.join(names)} must be writable, because they are changed in place; got a read-only array"
        )


def in_words(letters: str) -> str:
    """Return letters as a shape is written.

    >>> in_words("D M"), in_words("M")
    ('shape (D, M)', 'shape (M,)')
    """
    axes = letters.split()
    return IN_WORDS.get(letters, f"shape ({', '.join(axes)}{',' if len(axes) == 1 else ''})")
