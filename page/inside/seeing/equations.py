"""Equations as the page shows them: sides that differ from each other, indices, and sums over axes."""

from typing import Any

import numpy as np

from language import _
from page.inside.seeing.mathematics import Tree, mo, text_of

SUM = "\N{N-ARY SUMMATION}"


def told(sides: list[Tree]) -> str:
    """Return the last two sides of an equation in a line of text: ``1 · 1 = 1``."""
    return " = ".join(text_of(side).strip() for side in sides[-2:])


def distinct(*sides: Tree) -> list[Tree]:
    """Return the sides of an equation without those that look like the side before."""
    kept: list[Tree] = []
    for side in sides:
        if not kept or text_of(side) != text_of(kept[-1]):
            kept.append(side)
    return kept


def without_axes(local: tuple[str, str, str], values: dict[str, Any]) -> list[str]:
    """Return what a local derivative is made of, with as many indices as the arrays have axes.

    >>> without_axes(('z["i"]', 'x["ij"]', "1"), {"z": 1.0, "x": np.ones(3)})
    ['z', 'x["i"]', '1']
    """
    axes = {"z": np.ndim(values["z"]), "x": np.ndim(values["x"])}
    found = []
    for text in local:
        letter, _open, index = text.partition('["')
        count = axes.get(letter, 0)
        found.append(text if not index else letter if count == 0 else f'{letter}["{index[:-2][:count]}"]')
    return found


def commas(trees: list[Tree]) -> list[Tree]:
    """Return trees with commas between them."""
    return [part for tree in trees for part in (mo(","), tree)][1:]


def summed_axes(output: tuple[int, ...], source: tuple[int, ...], operation: Any) -> list[int]:
    """Return the axes of an output over which the gradient of a broadcast input is summed.

    >>> from graph.operations.arithmetic import Add
    >>> summed_axes((2, 3), (3,), Add()), summed_axes((2, 3), (2, 1), Add()), summed_axes((3,), (3,), Add())
    ([0], [1], [])
    """
    if type(operation).__name__ in ("MatMul", "SoftmaxCrossEntropy"):
        return []
    new = len(output) - len(source)
    return [axis for axis in range(len(output)) if axis < new or (source[axis - new] == 1 != output[axis])]


def sum_over(axes: list[int]) -> Tree:
    """Return the sign of a sum over some axes."""
    return ["msub", mo(SUM), ["mtext", _("axis {axes}", axes=", ".join(map(str, axes)))]]
