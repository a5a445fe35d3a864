"""Functions as parts of a network: copies of them refer to copies."""

import copy
import functools
import random
import types
from typing import Any

import numpy as np

HELD = (np.ndarray, dict, list, set, np.random.Generator, np.random.RandomState, random.Random, types.SimpleNamespace)


def renew_functions(memo: dict[int, Any], shared: set[int]) -> None:
    """Give what :func:`copy.deepcopy` has copied functions of its own in place of those that refer to the originals.

    They stand in attributes, lists and dicts; ``memo`` is that of the copy, ``shared`` tells what is no copy, by id.
    """
    for original, twin in list(memo.items()):
        if original in shared or original == id(memo):
            continue
        for place in (twin, getattr(twin, "__dict__", None)):
            if type(place) is dict:
                replace_in(place, list(place.items()), memo)
            elif type(place) is list:
                replace_in(place, list(enumerate(place)), memo)


def replace_in(place: Any, items: list[tuple[Any, Any]], memo: dict[int, Any]) -> None:
    """Replace the functions in a dict or a list."""
    for key, value in items:
        if isinstance(value, functools.partial) and isinstance(value.func, types.FunctionType):
            place[key] = functools.partial(copy_of(value.func, memo), *value.args, **value.keywords)
        elif isinstance(value, types.FunctionType) and refers(value, memo, set()):
            place[key] = renewed(value, memo)


def refers(function: types.FunctionType, memo: dict[int, Any], seen: set[int]) -> bool:
    """Return whether a function has a closure, or reads a global that was copied, or calls one that does."""
    if function.__closure__:
        return True
    seen.add(id(function))
    values = [function.__globals__[name] for name in names_in(function)]
    return any(
        (isinstance(value, HELD) and id(value) in memo)
        or (isinstance(value, types.FunctionType) and id(value) not in seen and refers(value, memo, seen))
        for value in values
    )


def names_in(function: types.FunctionType) -> list[str]:
    """Return the names of the globals that a function reads, as far as they are there."""
    return [name for name in function.__code__.co_names if name in function.__globals__]


def renewed(function: types.FunctionType, memo: dict[int, Any]) -> types.FunctionType:
    """Return a function whose closure, and whose globals, hold copies."""
    if id(function) in memo:
        return memo[id(function)]
    key = id(function.__globals__)
    namespace = memo.setdefault(key, dict(function.__globals__))
    cells = [types.CellType() for _own in function.__closure__ or ()]
    twin = types.FunctionType(
        function.__code__, namespace, function.__name__, copy.deepcopy(function.__defaults__, memo), tuple(cells)
    )
    twin.__kwdefaults__ = copy.deepcopy(function.__kwdefaults__, memo)
    memo[id(function)] = twin
    for cell, own in zip(cells, function.__closure__ or (), strict=True):
        try:
            held = own.cell_contents
        except ValueError:  # a name that has no value yet
            continue
        cell.cell_contents = copy_of(held, memo)
    for name in names_in(function):
        value = function.__globals__[name]
        if isinstance(value, HELD) or (isinstance(value, types.FunctionType) and refers(value, memo, set())):
            namespace[name] = copy_of(value, memo)
    return twin


def copy_of(value: Any, memo: dict[int, Any]) -> Any:
    """Return a copy of what a function refers to."""
    if isinstance(value, types.FunctionType):
        return renewed(value, memo) if refers(value, memo, set()) else value
    return copy.deepcopy(value, memo)
