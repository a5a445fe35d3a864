"""Numbers put into the formulas of :mod:`page.inside.seeing.rules`: what the letters stand for, and what comes out."""

from collections.abc import Callable
from typing import Any

import numpy as np

from graph.operations.operation import Operation, sum_to_shape
from page.inside.seeing.formulas import computed
from page.inside.seeing.rules import Rule, axes_of

# Of a vector in a matrix product: the axis that makes it a matrix, and what is then one, too.
VECTORS: dict[tuple[int, ...], tuple[int, tuple[str, ...]]] = {
    (1, 2): (-2, ("x", "z", "dout")),
    (2, 1): (-1, ("y", "z", "dout")),
}
LETTERS = {"Power": ("x", "n"), "SoftmaxCrossEntropy": ("x", "t")}


def letters_of(operation: Operation) -> tuple[str, ...]:
    """Return the letters that stand for an operation's inputs in its formulas."""
    return LETTERS.get(type(operation).__name__, ("x", "y"))[: len(operation.values)]


def values_in(operation: Operation, output: Any, dout: Any) -> dict[str, Any]:
    """Return what the letters of an operation's formulas stand for: inputs, output, dout, and functions.

    The vectors in a matrix product are matrices of one row or one column.
    """
    x = operation.values[0]
    values = dict(zip(letters_of(operation), operation.values, strict=True)) | {"z": output, "dout": dout}
    if type(operation).__name__ == "MatMul" and axes_of(operation) != (1, 1):
        axis, vectors = VECTORS.get(axes_of(operation), (0, ()))
        values |= {letter: np.expand_dims(values[letter], axis) for letter in vectors if values[letter] is not None}
    if type(operation).__name__ == "SoftmaxCrossEntropy":
        values["N"] = len(x)
    if hasattr(operation, "m"):
        values["m"] = operation.m
    return values | functions_of(operation)


def functions_of(operation: Operation) -> dict[str, Callable[..., Any]]:
    """Return the functions in an operation's formulas that depend on its own axes, shape or index."""
    kind, shape = type(operation).__name__, np.shape(operation.values[0])
    axis, keepdims = getattr(operation, "axis", None), getattr(operation, "keepdims", False)
    length_one = tuple(
        1 if axis is None or k in np.atleast_1d(axis) % max(len(shape), 1) else size for k, size in enumerate(shape)
    )

    def spread(y: Any) -> Any:
        return np.broadcast_to(np.reshape(y, length_one), shape)

    def largest(x: Any) -> Any:
        axes = sorted(range(len(shape)) if axis is None else np.atleast_1d(axis) % len(shape))
        last = range(-len(axes), 0)
        apart = np.moveaxis(x, axes, last)
        rows = apart.reshape(*apart.shape[: apart.ndim - len(axes)], -1)
        is_first = np.arange(rows.shape[-1]) == rows.argmax(axis=-1, keepdims=True)
        return np.moveaxis(is_first.reshape(apart.shape) * 1.0, last, axes)

    def moved(y: Any) -> Any:
        if np.shape(y) == np.shape(operation.values[0]) and y is operation.values[0]:
            return operation.forward(y)
        places = operation.forward(np.arange(np.prod(shape, dtype=int)).reshape(shape))
        return np.bincount(np.ravel(places), np.ravel(y), int(np.prod(shape))).reshape(shape)

    own: dict[str, Callable[..., Any]] = {"total": lambda x: np.sum(x, axis, keepdims=keepdims)}
    if kind in ("Sum", "Mean", "Max"):
        own |= {"spread": spread, "largest": largest, "max": lambda x: np.max(x, axis, keepdims=keepdims)}
    return own | ({"moved": moved} if kind in ("Reshape", "Transpose", "Index") else {})


def product_of(rule: Rule) -> str:
    """Return the formula of dL/d(input)."""
    return rule.product or f"dout * ({rule.slope})"


def gradient_by(rule: Rule, operation: Operation, place: int, output: Any, dout: Any) -> Any:
    """Return dL/d(the input in that place) as the table has it, in the input's shape."""
    values = values_in(operation, output, dout)
    full = computed(product_of(rule), values)
    shape = np.shape(operation.values[place])
    lifted = np.shape(values[letters_of(operation)[place]])
    return np.reshape(sum_to_shape(full, lifted), shape)
