"""Functions that are not written yet, and such as only look like half of a pair."""

import ast
import dis
import inspect
from collections.abc import Iterator
from typing import Any

from gradients.calling.roles import role_of
from gradients.calling.trees import tree_of


def is_stub(function: Any) -> bool:
    """Return whether a function has no body but a docstring, pass, ... or raise NotImplementedError, or only a TODO."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return False
    names = set(code.co_names) - {"print", "format"}
    if names and names <= {"NotImplementedError", "NotImplemented"}:
        return True
    instructions = [i for i in dis.get_instructions(code) if i.opname not in ("RESUME", "NOP", "COPY_FREE_VARS")]
    is_empty = all(i.opname in ("LOAD_CONST", "RETURN_CONST", "RETURN_VALUE") for i in instructions) and all(
        i.argval is None or i.argval is Ellipsis for i in instructions if i.opname != "RETURN_VALUE"
    )
    return is_empty or is_to_be_done(function)


def is_to_be_done(function: Any) -> bool:
    """Return whether a function returns names that are only ever None: ``dx = None``, a TODO, and ``return dx``.

    A cache beside them may be there already; whatever is kept somewhere tells that there is more in it.
    """
    tree = tree_of(function)
    if tree is None or any(isinstance(n, (ast.Attribute, ast.Subscript)) and is_set(n) for n in ast.walk(tree)):
        return False
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    parts = [part for value in returned for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
    names = {part.id for part in parts if isinstance(part, ast.Name) and role_of(part.id) != "cache"}
    if not names or not all(isinstance(part, ast.Name) for part in parts):
        return False
    values: dict[str, list[Any]] = {name: [] for name in names}
    for name, value in assigned(tree):
        if name in names:
            values[name].append(value)
    return all(found and all(map(is_none, found)) for found in values.values())


def only_ever_none(function: Any) -> list[str]:
    """Return the names in a function that are only ever set to None, a TODO, and that it reads all the same."""
    tree = tree_of(function)
    if tree is None:
        return []
    values: dict[str, list[Any]] = {}
    for name, value in assigned(tree):
        values.setdefault(name, []).append(value)
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not is_set(n)}
    return [name for name, found in values.items() if name in read and all(map(is_none, found))]


def assigned(tree: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield each name that is set, with the value; None for a value that is not told."""
    told: set[int] = set()
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for part, value in pairs:
                if isinstance(part, ast.Name):
                    told.add(id(part))
                    yield part.id, value
        if isinstance(node, ast.Name) and is_set(node) and id(node) not in told:
            yield node.id, None


def is_set(node: Any) -> bool:
    """Return whether a name, an attribute or an element is written, and not read."""
    return isinstance(node.ctx, ast.Store)


def is_none(value: Any) -> bool:
    """Return whether an expression is None."""
    return isinstance(value, ast.Constant) and value.value is None


def is_script(function: Any) -> bool:
    """Return whether a function takes nothing and returns nothing, as one that plots a derivative: it gives none."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None or inspect.signature(function).parameters:
        return False
    tree = tree_of(function)
    return tree is not None and not any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(tree))
