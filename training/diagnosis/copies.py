"""Copies of networks to experiment on, and a world that stays as it was meanwhile."""

import contextlib
import copy
import io
import random
import types
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Leave random numbers as they were, and let nothing be printed or warned of."""
    state, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002 - a student's network may draw from it
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(state)
        np.random.set_state(legacy)  # noqa: NPY002


def copied(things: Any, shared: tuple[Any, ...] = (), replaced: dict[int, Any] | None = None) -> Any:
    """Return a deep copy of things, in which what is shared stays the same object, such as the training data.

    ``replaced`` gives other objects for some, by their ``id``. Functions that hold arrays in their closure are made
    anew where they are attributes, since :func:`copy.deepcopy` takes them as they are.

    Raises
    ------
    TypeError
        When something cannot be copied.
    """
    memo: dict[int, Any] = {id(thing): thing for thing in shared if thing is not None} | (replaced or {})
    try:
        twin = copy.deepcopy(things, memo)
        for thing, its_twin in zip(*map(members, (things, twin)), strict=True):
            renew_functions(thing, its_twin, memo)
    except Exception as error:  # anybody's object may fail to be copied in any way
        raise TypeError(f"cannot copy {type(things).__name__}: {error}") from None
    return twin


def members(things: Any) -> tuple[Any, ...]:
    """Return the things in a tuple, or the only thing."""
    return things if isinstance(things, tuple) else (things,)


def renew_functions(thing: Any, twin: Any, memo: dict[int, Any]) -> None:
    """Give a copy functions of its own in place of those that refer to the original."""
    for name, value in getattr(thing, "__dict__", {}).items():
        if isinstance(value, types.FunctionType) and value.__closure__:
            setattr(twin, name, renewed(value, memo))


def renewed(function: types.FunctionType, memo: dict[int, Any]) -> types.FunctionType:
    """Return a function whose closure holds copies."""
    if id(function) in memo:
        return memo[id(function)]
    cells = [types.CellType() for cell in function.__closure__ or ()]
    twin = types.FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, tuple(cells)
    )
    twin.__kwdefaults__ = function.__kwdefaults__
    memo[id(function)] = twin
    for cell, own in zip(cells, function.__closure__ or (), strict=True):
        try:
            held = own.cell_contents
        except ValueError:  # a name that has no value yet
            continue
        if isinstance(held, types.FunctionType) and held.__closure__:
            cell.cell_contents = renewed(held, memo)
        else:
            cell.cell_contents = copy.deepcopy(held, memo)
    return twin


def fresh_optimizer(optimizer: Any) -> Any:
    """Return an optimizer of the same kind and options that has made no step yet; a copy where that cannot be told."""
    import inspect

    kind = type(optimizer)
    try:
        names = [
            name
            for name, parameter in inspect.signature(kind).parameters.items()
            if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        ]
        return kind(**{name: getattr(optimizer, name) for name in names})
    except (AttributeError, TypeError, ValueError):
        return copied(optimizer)


RATE_NAMES = ("lr", "learning_rate", "eta", "alpha", "step_size")


def rate_name(optimizer: Any) -> str | None:
    """Return the name under which an optimizer has its learning rate."""
    for name in RATE_NAMES:
        value = getattr(optimizer, name, None)
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            return name
    return None
