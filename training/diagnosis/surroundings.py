"""What networks and optimizers use without holding it: attributes of classes, globals, defaults of arguments."""

import contextlib
import copy
import random
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from training.diagnosis.case import Case

OURS = ("layers", "networks", "datasets", "training", "gradients", "graph", "language", "chainrule", "numpy")
PLAIN = (int, float, complex, str, bytes, type(None), tuple, np.generic)
LARGEST = 5_000_000  # values of an array in a class or a module: larger ones are data
DEEPEST = 3  # lists in dicts in lists

Restore = Callable[[], None]


def kept(things: tuple[Any, ...], data: tuple[Any, ...]) -> list[Restore]:
    """Return what puts all that things use, and do not hold, back to what it is now."""
    seen = {id(part) for part in data if part is not None}
    restore: list[Restore] = []
    for namespace, put in namespaces(things, seen):
        before = {name: value for name, value in namespace.items() if not str(name).startswith("__")}
        restore.append(partial(renamed, before, namespace, put))
        for value in before.values():
            restore += keep(value, seen)
    return restore


def namespaces(things: tuple[Any, ...], data: set[int]) -> Iterator[tuple[Any, Callable[[str, Any], None]]]:
    """Yield the attributes of the classes of all that things hold, and the globals of their modules, with a setter."""
    memo: dict[int, Any] = dict.fromkeys(data, True)
    for thing in things:
        with contextlib.suppress(Exception):  # anybody's object; the memo has what was copied until then
            copy.deepcopy(thing, memo)
    held = [thing for number, thing in memo.items() if number != id(memo)]
    functions = [f for thing in held for f in vars_of(thing) if isinstance(f, types.FunctionType)]
    classes = {kind for thing in held for kind in type(thing).__mro__ if is_anybodys(kind.__module__)}
    modules = {id(found): found for found in (vars(sys.modules[kind.__module__]) for kind in classes)}
    modules |= {id(f.__globals__): f.__globals__ for f in functions if is_anybodys(f.__module__ or "")}
    for kind in classes:
        yield vars(kind), partial(setattr, kind)
    for module in modules.values():
        yield module, module.__setitem__


def vars_of(thing: Any) -> list[Any]:
    """Return what an object, a dict or a list holds."""
    if isinstance(thing, dict):
        return list(thing.values())
    return list(thing) if isinstance(thing, list) else list(getattr(thing, "__dict__", {}).values())


def is_anybodys(module: str) -> bool:
    """Return whether a module is neither Python's nor NumPy's nor one of the project's."""
    root = module.partition(".")[0]
    return module in sys.modules and root not in OURS and (root == "__main__" or root not in sys.stdlib_module_names)


def renamed(before: dict[str, Any], namespace: Any, put: Callable[[str, Any], None]) -> None:
    """Give names the values that they had, where those are plain ones or arrays."""
    for name, value in before.items():
        if isinstance(value, (*PLAIN, np.ndarray)) and namespace.get(name) is not value:
            put(name, value)


def keep(value: Any, seen: set[int], depth: int = 0) -> list[Restore]:
    """Return what puts a value back to what it is now."""
    if id(value) in seen or depth > DEEPEST:
        return []
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return keep_array(value)
    if isinstance(value, np.random.Generator):
        bits, state = value.bit_generator, value.bit_generator.state
        return [lambda: setattr(bits, "state", state)]
    if isinstance(value, np.random.RandomState):
        legacy = value.get_state(legacy=False)
        return [lambda: value.set_state(legacy)]
    if isinstance(value, random.Random):
        drawn = value.getstate()
        return [lambda: value.setstate(drawn)]
    if type(value) in (dict, list, set):
        return keep_container(value, seen, depth)
    if isinstance(value, types.FunctionType):
        defaults = [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        return [one for default in defaults for one in keep(default, seen, depth)]
    return []


def keep_array(array: np.ndarray) -> list[Restore]:
    """Return what puts the values of an array back."""
    if array.size > LARGEST or array.dtype.hasobject or not array.flags.writeable:
        return []
    before = array.copy()

    def restore() -> None:
        if array.tobytes() != before.tobytes():
            array[...] = before

    return [restore]


def keep_container(value: Any, seen: set[int], depth: int) -> list[Restore]:
    """Return what puts the items of a dict, a list or a set back, and what these hold."""
    before = copy.copy(value)

    def restore() -> None:
        if isinstance(value, list):
            value[:] = before
        else:
            value.clear()
            value.update(before)

    items = list(value.values()) if isinstance(value, dict) else list(value)
    return [restore, *(one for item in items[:1000] for one in keep(item, seen, depth + 1))]


def stands_alone(twin: Any, case: Case) -> bool:
    """Return whether a copy of the network computes with parameters of its own, and not with those of the original.

    It does not where they are attributes of the class, or methods read them as globals.
    """
    own, others = case.network.params, twin.params
    if any(name in others and np.may_share_memory(np.asarray(own[name]), np.asarray(others[name])) for name in own):
        return False
    x, t = (np.array(part[: min(20, len(part))]) for part in (case.x_train, case.t_train))
    try:
        return depends(twin, others, x, t) or not depends(twin, own, x, t)
    except Exception:  # of a network that cannot tell its loss others may find out more
        return True


def depends(network: Any, params: Any, x: Any, t: Any) -> bool:
    """Return whether a network's loss changes with parameters, which are the same afterwards."""
    loss, before = network.loss(x, t), {name: np.array(param) for name, param in params.items()}
    noise = np.random.default_rng(12).standard_normal(997)
    try:
        for param in params.values():
            param[...] = param + np.resize(noise, np.shape(param))
        return not np.array_equal(network.loss(x, t), loss, equal_nan=True)
    finally:
        for name, param in params.items():
            param[...] = before[name]
