"""What a function's own lines tell of its arguments: how many axes an array has, what a dictionary is asked for."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from gradients.calling.trees import tree_of


class Hints(NamedTuple):
    """What is told of the arguments, by their names.

    Attributes
    ----------
    axes : dict of str to int
        How many axes an array has: ``n, c, h, w = x.shape``.
    least : dict of str to int
        How many it has at least: ``x[:, :, i, j]``.
    keys : dict of str to list of str
        What a dictionary is asked for: ``settings["stride"]``.
    """

    axes: dict[str, int]
    least: dict[str, int]
    keys: dict[str, list[str]]

    def violated(self, names: Sequence[str], inputs: Sequence[Any]) -> int:
        """Return how many inputs are not as the hints say."""
        return sum(self.is_violated(name, x) for name, x in zip(names, inputs, strict=False))

    def is_violated(self, name: str, x: Any) -> bool:
        """Return whether an input is not as the hints say."""
        if isinstance(x, dict):
            return False
        wrong = name in self.axes and np.ndim(x) != self.axes[name]
        return wrong or np.ndim(x) < self.least.get(name, 0)


def hints_of(function: Callable[..., Any]) -> Hints:
    """Return what the lines of a function tell of its arguments; nothing where they cannot be read."""
    hints = Hints({}, {}, {})
    tree = tree_of(function)
    for node in ast.walk(tree) if tree is not None else ():
        for target, value in unpacked(node):
            if shaped := array_of_shape(value):
                hints.axes.setdefault(shaped, len(target.elts))
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            note_subscript(hints, node.value.id, node.slice)
    return hints


def unpacked(node: ast.AST) -> Iterator[tuple[ast.Tuple | ast.List, ast.expr]]:
    """Yield the names and what is unpacked into them, in ``n, d = x.shape`` and ``(n, d), k = x.shape, 3``."""
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], (ast.Tuple, ast.List)):
        return
    pairs: list[tuple[ast.expr, ast.expr]] = [(node.targets[0], node.value)]
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) == len(node.targets[0].elts):
        pairs = list(zip(node.targets[0].elts, node.value.elts, strict=True))
    for target, value in pairs:
        if isinstance(target, (ast.Tuple, ast.List)) and not any(isinstance(e, ast.Starred) for e in target.elts):
            yield target, value


def array_of_shape(value: ast.expr) -> str:
    """Return x for ``x.shape`` and ``np.shape(x)``, nothing for what is neither."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "shape":
        return value.args[0].id if value.args and isinstance(value.args[0], ast.Name) else ""
    is_shape = isinstance(value, ast.Attribute) and value.attr == "shape" and isinstance(value.value, ast.Name)
    return value.value.id if is_shape else ""


def note_subscript(hints: Hints, name: str, index: ast.expr) -> None:
    """Note what is told by how a value is indexed."""
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        keys = hints.keys.setdefault(name, [])
        keys += [index.value] if index.value not in keys else []
    if isinstance(index, ast.Tuple):
        kinds = [isinstance(part, ast.Constant) and part.value in (None, Ellipsis) for part in index.elts]
        if not any(kinds) and not any(isinstance(part, ast.Attribute) for part in index.elts):  # x[..., np.newaxis]
            hints.least[name] = max(hints.least.get(name, 0), len(index.elts))
