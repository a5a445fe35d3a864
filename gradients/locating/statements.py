"""The lines of one statement, or of the part of it that makes one of several arrays."""

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from gradients.locating.sight import Path


class Lines(NamedTuple):
    """From which line to which a statement reaches, from 1; the last one included."""

    first: int
    last: int


def lines_around(text: str, line: int, path: Path = ()) -> Lines:
    r"""Return the lines of the statement around a line.

    Parameters
    ----------
    text : str
        The file.
    line : int
    path : tuple
        Where the array was seen after it: of a tuple or dictionary over several lines, the part that is the array.

    Examples
    --------
    >>> text = "grads = {\n    'W': x.T @ d,\n    'b': (d\n          .sum(0)),\n}\n"
    >>> lines_around(text, 5, ("grads", "b"))
    Lines(first=3, last=4)
    """
    try:
        statement = statement_at(ast.parse(text), line)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        statement = None
    if statement is None:
        return Lines(line, line)
    first, last = statement.lineno, end_of(statement)
    if first == last or line > last:
        return Lines(first, last)
    return next(parts(statement, path), Lines(first, last))


def statement_at(tree: ast.Module, line: int) -> ast.stmt | None:
    """Return the innermost statement that a line belongs to."""
    around = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: (node.lineno, node.col_offset), default=None)


def end_of(statement: ast.stmt) -> int:
    """Return the last line of a statement; of a block, that of its head."""
    body = getattr(statement, "body", None)
    if not body:
        return statement.end_lineno or statement.lineno
    return max(statement.lineno, body[0].lineno - 1)


def parts(statement: ast.stmt, path: Path) -> Iterator[Lines]:
    """Yield the lines of the part that a path leads to, where the statement is a tuple, list or dictionary."""
    value = getattr(statement, "value", None)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if targets and isinstance(targets[0], ast.Tuple) and path:
        names = [ast.unparse(target) for target in targets[0].elts]
        places = [place for place, name in enumerate(names) if name == ".".join(map(str, path))]
        path = (None, *places)
    for step in path[1:]:
        found = part_at(value, step)
        if found is not None:
            yield found


def part_at(value: Any, step: Any) -> Lines | None:
    """Return the lines of one part of a tuple, list or dictionary, or of a call's arguments; None where it has none."""
    if isinstance(value, (ast.Tuple, ast.List)) and isinstance(step, int) and step < len(value.elts):
        return Lines(value.elts[step].lineno, value.elts[step].end_lineno or value.elts[step].lineno)
    if isinstance(value, ast.Dict):
        for key, part in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == step:
                return Lines(key.lineno, part.end_lineno or part.lineno)
    if isinstance(value, ast.Call):
        for keyword in value.keywords:
            if keyword.arg == step:
                return Lines(keyword.lineno, keyword.end_lineno or keyword.lineno)
        return next((lines for part in value.args if (lines := part_at(part, step)) is not None), None)
    return None
