"""Formulas that are written once, as Python expressions, and then shown in letters, shown in numbers, and computed.

The letters are ``x`` and ``y`` for the inputs of an operation (``n`` for an exponent, ``t`` for answers), ``z`` for its
output, and ``dout`` for dL/dz.
"""

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from page.inside.seeing.mathematics import MINUS, Tree, mo, name_tree, number_tree, parenthesised, row, value_tree

SUM, PRODUCT, POWER, ATOM = range(4)  # how strongly a tree holds together
TIMES, ELEMENTWISE, BESIDE = "·", "⊙", "\N{INVISIBLE TIMES}"


class Part(NamedTuple):
    """A tree, how strongly it holds together, whether it begins with a minus, and whether it stands for an array."""

    tree: Tree
    strength: int = ATOM
    is_negative: bool = False
    is_array: bool = False


def softmax(x: Any) -> np.ndarray:
    """Return the softmax of each row."""
    shifted = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


# What the formulas may call; operations add what depends on their own options.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "log": lambda x: np.log(x + (np.asarray(x) == 0)),  # x^n log x is 0 where x is 0
    "ln": np.log,
    "tanh": np.tanh,
    "sigmoid": lambda x: np.exp(np.minimum(x, 0.0)) / (1 + np.exp(-np.abs(x))),
    "positive": lambda x: (np.asarray(x) > 0) * 1.0,
    "max0": lambda x: np.maximum(x, 0.0),
    "softmax": softmax,
    "transposed": lambda x: np.swapaxes(x, -1, -2),
}
IN_WORDS = (
    "positive",
    "softmax",
    "largest",
    "cross_entropy",
)  # no numbers are put into these: their value stands there


@cache
def parsed(formula: str) -> ast.expr:
    """Return the syntax tree of a formula."""
    return ast.parse(formula, mode="eval").body


def computed(formula: str, values: Mapping[str, Any]) -> Any:
    """Return what a formula gives for some values.

    >>> computed("2 * x", {"x": 3.0})
    np.float64(6.0)
    """
    code = compile(
        ast.fix_missing_locations(ast.Expression(Transposing().visit(ast.parse(formula, mode="eval").body))),
        "<formula>",
        "eval",
    )
    values = {name: np.float64(value) if isinstance(value, float) else value for name, value in values.items()}
    with np.errstate(all="ignore"):
        return eval(code, {"__builtins__": {}}, {**FUNCTIONS, **values})


def in_letters(formula: str, letters: Mapping[str, Part]) -> Tree:
    """Return a formula in the names that its letters have in the graph."""
    return Writer(letters).write(parsed(formula)).tree


def in_numbers(formula: str, values: Mapping[str, Any]) -> Tree:
    """Return a formula with numbers put in for its letters."""
    letters = {name: value_part(value) for name, value in values.items() if value is not None and not callable(value)}
    return Writer(letters, values).write(parsed(formula)).tree


def value_part(value: Any) -> Part:
    """Return a value as a part of a formula."""
    array = np.asarray(value)
    negative = array.ndim == 0 and bool(array < 0)
    return Part(value_tree(array), SUM if negative else ATOM, negative, array.ndim > 0)


def name_part(name: str, is_array: bool = False) -> Part:
    """Return a name as a part of a formula."""
    return Part(name_tree(name), is_array=is_array)


class Transposing(ast.NodeTransformer):
    """Makes ``x.T`` transpose each matrix of a stack, which ``ndarray.T`` does not."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Return the call of a function in place of the attribute."""
        self.generic_visit(node)
        return ast.Call(ast.Name("transposed", ast.Load()), [node.value], [])


class Writer:
    """Writes formulas as trees.

    Parameters
    ----------
    letters : mapping of str to Part
        What stands for each name.
    values : mapping of str to number or array, optional
        Where numbers are put in: what the functions without a form of their own are computed from.
    """

    def __init__(self, letters: Mapping[str, Part], values: Mapping[str, Any] | None = None) -> None:
        self.letters, self.values = letters, values

    def write(self, node: ast.AST) -> Part:
        """Return a formula as a tree."""
        match node:
            case ast.Name(id=name):
                return self.letters.get(name) or name_part(name)
            case ast.Constant(value=value):
                return value_part(value) if not isinstance(value, str) else Part(row(*(["mi", sign] for sign in value)))
            case ast.BinOp(left=left, op=op, right=right):
                return self.pair(type(op), self.write(left), self.write(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                part = self.write(operand)
                return Part(row(mo(MINUS), inside(part, PRODUCT)), SUM, True, part.is_array)
            case ast.Attribute(value=value, attr="T"):
                return Part(raised(inside(self.write(value), ATOM), ["mi", "T"]), POWER, is_array=True)
            case ast.Subscript(value=value, slice=place):
                return Part(with_index(self.write(value).tree, self.write(place).tree))
            case ast.Call(func=ast.Name(id=name), args=args):
                return self.call(node, name, args)
        raise ValueError(f"no way to write {ast.dump(node)}")

    def pair(self, kind: type, left: Part, right: Part) -> Part:
        """Return two parts with what stands between them."""
        arrays = left.is_array or right.is_array
        if kind in (ast.Add, ast.Sub):
            sign = mo("+" if kind is ast.Add else MINUS)
            return Part(row(left.tree, sign, inside(right, PRODUCT)), SUM, left.is_negative, arrays)
        if kind is ast.Mult:
            sign = mo(ELEMENTWISE if left.is_array and right.is_array else TIMES)
            tree = row(inside(left, PRODUCT, first=True), sign, inside(right, PRODUCT))
            return Part(tree, PRODUCT, left.is_negative, arrays)
        if kind is ast.MatMult:
            return Part(row(inside(left, PRODUCT), mo(BESIDE), inside(right, PRODUCT)), PRODUCT, is_array=True)
        if kind is ast.Div:
            return Part(["mfrac", left.tree, right.tree], POWER, left.is_negative, arrays)
        return Part(raised(inside(left, ATOM), right.tree), POWER, is_array=arrays)

    def call(self, node: ast.AST, name: str, args: list[ast.expr]) -> Part:
        """Return a function of something; where numbers are put in, some functions are given as their value."""
        if self.values is not None and name in IN_WORDS:
            return value_part(computed(ast.unparse(node), self.values))
        parts = [self.write(arg) for arg in args]
        first = parts[0]
        match name:
            case "exp":
                return Part(["msup", ["mi", "e"], first.tree], POWER, is_array=first.is_array)
            case "positive":
                return Part(cases(first.tree), is_array=first.is_array)
            case "max0":
                tree = row(["mi", "max"], parenthesised(row(first.tree, mo(","), ["mn", "0"])))
                return Part(tree, is_array=first.is_array)
            case "largest":
                maximum = row(["mi", "max"], first.tree)
                return Part(row(mo("["), first.tree, mo("="), maximum, mo("]")), is_array=True)
            case "total":
                return Part(row(mo("\N{N-ARY SUMMATION}"), inside(first, POWER)), PRODUCT)
            case "spread" | "moved":
                return first
        called = parenthesised(row(*commas([part.tree for part in parts])))
        return Part(row(["mi", "log" if name == "ln" else name.replace("_", " ")], called), is_array=first.is_array)


def inside(part: Part, strength: int, first: bool = False) -> Tree:
    """Return a part inside of another one, in parentheses where it does not hold together strongly enough."""
    is_free = part.strength >= strength and not part.is_negative
    return part.tree if is_free or (first and part.is_negative and is_plain(part.tree)) else parenthesised(part.tree)


def is_plain(tree: Tree) -> bool:
    """Return whether a tree is a minus and one thing, which may stand first in a product."""
    return len(tree) == 3 and tree[1] == mo(MINUS)


def raised(tree: Tree, exponent: Tree) -> Tree:
    """Return a tree with something above the line, over its index if it has one."""
    return ["msubsup", *tree[1:], exponent] if tree[0] == "msub" else ["msup", tree, exponent]


def with_index(tree: Tree, index: Tree) -> Tree:
    """Return a name with an index, behind the one that it has already."""
    if tree[0] == "msub":
        return ["msub", tree[1], row(tree[2], mo(","), index)]
    return ["msub", tree, index]


def cases(x: Tree) -> Tree:
    """Return 1 where x is positive, 0 elsewhere."""
    lines = [
        ["mtr", ["mtd", number_tree(value)], ["mtd", row(x, mo(sign), ["mn", "0"])]]
        for value, sign in ((1, ">"), (0, "\N{LESS-THAN OR EQUAL TO}"))
    ]
    return row(mo("{"), ["mtable", *lines])


def commas(trees: list[Tree]) -> list[Tree]:
    """Return trees with commas between them."""
    return [part for tree in trees for part in (mo(","), tree)][1:]
