"""Methods in which the maths is hidden below a base class: its forward wraps arrays, and calls ``_forward(x)``."""

import ast
import inspect
from typing import Any

from gradients.calling.trees import tree_of

HIDDEN = ("_forward", "_backward")


def hidden_pair(cls: type, forward: str, backward: str) -> list[tuple[str, str, bool]]:
    """Return the hidden methods of a class as a pair; nothing where those that call them do more than wrap.

    What calls them is written in a base class and takes any number of inputs, as that of operations on a graph does.
    """
    public = [written_in(cls, name) for name in (forward, backward)]
    hidden = [written_in(cls, name) for name in HIDDEN]
    if None in (*public, *hidden) or set(public) & set(hidden) or not takes_any(vars(public[0])[forward]):
        return []
    callers = zip(
        (vars(base)[name] for base, name in zip(public, (forward, backward), strict=True)), HIDDEN, strict=True
    )
    return [(*HIDDEN, False)] if all(calls(caller, name) for caller, name in callers) else []


def written_in(cls: type, name: str) -> Any:
    """Return the class in which a method of a class is written, None where there is none."""
    return next((base for base in cls.__mro__[:-1] if name in vars(base)), None)


def takes_any(function: Any) -> bool:
    """Return whether a method takes any number of inputs, ``forward(self, *args)``."""
    if not inspect.isfunction(function):
        return False
    return any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(function).parameters.values())


def calls(function: Any, name: str) -> bool:
    """Return whether a method calls another one of its object, by its name."""
    nodes = ast.walk(tree_of(function) or ast.Module([], []))
    return any(isinstance(node, ast.Attribute) and node.attr == name for node in nodes)
