"""Python 2, of which much of what people published still is: made readable for Python 3, integer division kept."""

import ast
import builtins
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SIGNS = re.compile(r"\bxrange\(|^\s*print [^(\s=]|\.iteritems\(\)|\braw_input\(", re.MULTILINE)
FIXERS = ("print", "except", "raise", "dict", "exec", "ne", "repr", "tuple_params", "numliterals", "has_key")
# What Python 2 has built in, by its names.
BUILT_IN = {"xrange": range, "raw_input": input, "unicode": str, "long": int, "basestring": str}
DIVIDED = "__divided__"  # the function that divides, by its name


def is_python2(text: str) -> bool:
    """Return whether a source is written for Python 2."""
    return bool(SIGNS.search(text))


def as_python3(text: str) -> str:
    """Return a source with the statements of Python 2 as Python 3 has them; as it was where that does not work."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from lib2to3.refactor import RefactoringTool  # of Python 3.12 and older
    except ImportError:
        return text
    try:
        tool = RefactoringTool([f"lib2to3.fixes.fix_{name}" for name in FIXERS])
        return str(tool.refactor_string(f"{text}\n", "homework"))
    except Exception:
        return text


def parsed(text: str, path: str, old_division: bool) -> ast.Module:
    """Return the syntax tree of a source, in which whole numbers are divided as in Python 2 where it is such.

    Raises
    ------
    SyntaxError
        When it is neither Python 3 nor Python 2.
    """
    old = is_python2(text)
    tree = ast.parse(as_python3(text) if old else text, path)
    if (old or old_division) and "division" not in future_imports(tree):
        tree = ast.fix_missing_locations(WholeDivision().visit(tree))
    return tree


def future_imports(tree: ast.Module) -> set[str]:
    """Return what a source imports from ``__future__``."""
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__")
    return {alias.name for node in imports for alias in node.names}


class WholeDivision(ast.NodeTransformer):
    """Makes a / b what it was in Python 2: whole for whole numbers."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Return the call that divides, for a division."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        call = ast.Call(ast.Name(DIVIDED, ast.Load()), [node.left, node.right], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


def divided(a: Any, b: Any) -> Any:
    """Return a / b, rounded down for two whole numbers."""
    return a // b if type(a) is int and type(b) is int else a / b


@contextmanager
def old_built_ins() -> Iterator[None]:
    """Give Python the names that Python 2 had built in, and its division."""
    added = {name: value for name, value in BUILT_IN.items() if not hasattr(builtins, name)} | {DIVIDED: divided}
    vars(builtins).update(added)
    try:
        yield
    finally:
        for name in added:
            delattr(builtins, name)
