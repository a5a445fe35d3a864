"""Statements of two versions of a function: which stand in both, and where some are missing."""

import ast
import copy
import difflib
from collections.abc import Iterator
from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def compare(new: list[ast.stmt], old: list[ast.stmt], head: Any) -> None:
    """Tell which statements of a body also stand in the right one, and where some of those are missing."""
    ours, theirs = list(flat(new)), list(flat(old))
    matcher = difflib.SequenceMatcher(None, [heading(s) for s in ours], [heading(s) for s in theirs], autojunk=False)
    head.is_wrong = False
    for kind, first, last, start, stop in matcher.get_opcodes():
        if kind == "equal":
            for statement in ours[first:last]:
                statement.is_wrong = False
        elif kind == "delete":  # in the wrong one alone
            continue
        elif kind == "insert" and not all(is_docstring(s) for s in theirs[start:stop]):  # missing in the wrong one
            head.is_wrong = True
            for statement in ours[max(0, first - 1) : first + 1]:
                statement.lacks = True


def is_docstring(statement: ast.stmt) -> bool:
    """Return whether a statement is a text."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def flat(body: list[ast.stmt]) -> Iterator[Any]:
    """Yield statements, and those within them, in the order of the file."""
    for statement in body:
        yield statement
        for name in ("body", "orelse", "finalbody"):
            yield from flat(getattr(statement, name, []) or [])


def heading(statement: ast.stmt) -> str:
    """Return a statement's text, of a block that of its head."""
    one = copy.copy(statement)
    for name in ("body", "orelse", "finalbody"):
        if getattr(one, name, None):
            setattr(one, name, [ast.Pass()] if name == "body" else [])
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(one)))
