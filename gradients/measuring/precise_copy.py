"""A copy of anybody's object that computes in float64, and the random generators inside it."""

import copy
import random
import types
from typing import Any

import numpy as np

LEAVES = (str, bytes, int, float, complex, bool, type(None), types.ModuleType, types.FunctionType, types.MethodType)
LOW_TYPES = (np.float32, np.float16)
GENERATORS = (np.random.Generator, np.random.RandomState, random.Random)


def precise_copy(thing: Any) -> Any:
    """Return a deep copy in which every float array, and every note of a float dtype, has become float64."""
    return raise_precision(deep_copy(thing), {})


def deep_copy(thing: Any) -> Any:
    """Return a deep copy, in which modules stay what they are and functions see the copy where they saw the thing."""
    memo = {id(value): value for value in held_by(thing) if isinstance(value, types.ModuleType)}
    try:
        twin = copy.deepcopy(thing, dict(memo))
    except (TypeError, NotImplementedError):  # a lock, an open file
        twin = copy.deepcopy(thing, memo | {id(value): value for value in not_to_be_copied(thing)})
    for name, value in list(held_by_name(twin)):
        if isinstance(value, types.FunctionType) and value.__closure__:
            setattr(twin, name, rebound(value, thing, twin))
    return twin


def not_to_be_copied(thing: Any, depth: int = 3) -> list[Any]:
    """Return what an object holds that cannot be copied, such as locks and open files; the copies share it."""
    found = []
    held = list(thing.values()) if isinstance(thing, dict) else list(thing) if isinstance(thing, (list, tuple)) else []
    for value in held or held_by(thing):
        try:
            copy.deepcopy(value)
        except Exception:
            inner = not_to_be_copied(value, depth - 1) if depth else []
            found += inner or [value]
    return found


def held_by_name(thing: Any) -> list[tuple[str, Any]]:
    """Return an object's attributes."""
    return list(vars(thing).items()) if hasattr(thing, "__dict__") else []


def held_by(thing: Any) -> list[Any]:
    """Return the values of an object's attributes."""
    return [value for _, value in held_by_name(thing)]


def rebound(function: types.FunctionType, old: Any, new: Any) -> types.FunctionType:
    """Return a function that sees the new object where its closure held the old one."""
    cells = tuple(types.CellType(new) if holds(cell, old) else cell for cell in function.__closure__ or ())
    twin = types.FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__, cells)
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


def holds(cell: Any, thing: Any) -> bool:
    """Return whether a cell of a closure holds that very object."""
    try:
        return cell.cell_contents is thing
    except ValueError:  # an empty cell
        return False


def raise_precision(value: Any, done: dict[int, Any]) -> Any:
    """Return the value in float64; containers and objects are changed in place, an array shared stays shared."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind != "f" or value.dtype == np.float64:
            return value
        if id(value) not in done:
            done[id(value)] = (value.astype(np.float64), value)
        return done[id(value)][0]
    if isinstance(value, LOW_TYPES):
        return np.float64(value)
    if isinstance(value, np.dtype) and value.type in LOW_TYPES:
        return np.dtype(np.float64)
    if isinstance(value, type):
        return np.float64 if value in LOW_TYPES else value
    if isinstance(value, (*LEAVES, *GENERATORS)) or id(value) in done:
        return value
    done[id(value)] = (value, value)
    if isinstance(value, dict):
        for key in list(value):
            value[key] = raise_precision(value[key], done)
    elif isinstance(value, list):
        value[:] = [raise_precision(item, done) for item in value]
    elif type(value) is tuple:
        return tuple(raise_precision(item, done) for item in value)
    elif hasattr(value, "__dict__"):
        attributes = vars(value)
        for name in list(attributes):
            attributes[name] = raise_precision(attributes[name], done)
    return value


def generators_in(value: Any, seen: set[int] | None = None) -> list[Any]:
    """Return the random generators that an object holds, itself or in what it holds."""
    seen = set() if seen is None else seen
    if id(value) in seen or isinstance(value, (*LEAVES, type, np.ndarray)):
        return []
    seen.add(id(value))
    if isinstance(value, GENERATORS):
        return [value]
    if isinstance(value, dict):
        held = list(value.values())
    elif isinstance(value, (list, tuple)):
        held = list(value)
    else:
        held = list(vars(value).values()) if hasattr(value, "__dict__") else []
    return [generator for item in held for generator in generators_in(item, seen)]


def state_of(generator: Any) -> Any:
    """Return what :func:`restore` needs to make a generator repeat itself."""
    if isinstance(generator, np.random.Generator):
        return copy.deepcopy(generator.bit_generator.state)
    return generator.get_state() if isinstance(generator, np.random.RandomState) else generator.getstate()


def restore(generator: Any, state: Any) -> None:
    """Put a generator back to where it was."""
    if isinstance(generator, np.random.Generator):
        generator.bit_generator.state = state
    elif isinstance(generator, np.random.RandomState):
        generator.set_state(state)
    else:
        generator.setstate(state)
