"""What a class's own lines do with its constructor's arguments: call them, unpack them, compare them with words."""

import ast
import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from gradients.calling.trees import tree_of
from gradients.homework.uses_in_lines import Reader, Use, tables_in


def uses_of(cls: type, names: Sequence[str]) -> dict[str, Use]:
    """Return what a class does with arguments of its constructor, by their names; nothing where it cannot be read."""
    uses = {name: Use() for name in names}
    methods = list(methods_in(cls))
    reader = Reader(tables_in(methods), getattr(cls.__init__, "__globals__", {}))
    constructor = vars(cls).get("__init__", cls.__init__)
    local, read = dict(uses), []
    while constructor is not None:  # and those of the bases to which it hands its arguments on
        read.append(constructor)
        method = next((method for method, function in methods if function is constructor), None)
        if method is None:
            break
        reader.read(method, local)
        constructor, local = next_constructor(cls, constructor), reader.handed_on(method)
        if constructor is not None:
            local = by_its_names(constructor, local)
    for method, function in methods:
        if function not in read:
            reader.read(method, {})
    return uses


def next_constructor(cls: type, constructor: Any) -> Any:
    """Return the constructor that one of a class calls as ``super().__init__``, None where there is none."""
    own = [vars(base)["__init__"] for base in cls.__mro__[:-1] if "__init__" in vars(base)]
    place = own.index(constructor) if constructor in own else len(own)
    return own[place + 1] if place + 1 < len(own) else None


def by_its_names(constructor: Any, given: dict[int | str, Use]) -> dict[str, Use]:
    """Return the uses of what a constructor is given, by the names that its arguments have there."""
    names = list(inspect.signature(constructor).parameters)[1:]
    placed = {name: given[place] for place, name in enumerate(names) if place in given}
    return placed | {name: given[name] for name in names if name in given}


def methods_in(cls: type) -> Iterator[tuple[ast.FunctionDef, Any]]:
    """Yield the methods of a class and its bases, as trees, with the functions."""
    for base in cls.__mro__[:-1]:
        for value in vars(base).values():
            function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
            if not inspect.isfunction(function):
                continue
            tree = tree_of(function)
            body = tree.body[:1] if tree is not None else []
            yield from ((node, function) for node in body if isinstance(node, ast.FunctionDef))
