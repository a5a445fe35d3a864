"""Attributes that backward misses because the method that sets them was not called: ``__call__`` or ``setup``."""

import dis
import inspect
from collections.abc import Callable
from typing import Any

from gradients.calling.problems import CannotCheck

MADE_BY_ALL = ("__init__", "__new__")


def is_set_elsewhere(error: BaseException, forward: str, backward: str) -> bool:
    """Return whether an object lacks an attribute that only methods set which were not called."""
    if not isinstance(error, AttributeError) or error.obj is None or isinstance(error.obj, type):
        return False
    methods = {name: f for base in reversed(type(error.obj).__mro__) for name, f in functions_of(base).items()}
    called = {forward, backward, *MADE_BY_ALL}
    for name in (forward, backward):
        called |= set(methods[name].__code__.co_names) if name in methods else set()
    setting = {name for name, function in methods.items() if error.name in attributes_set_by(function)}
    return bool(setting) and not setting & called


def functions_of(cls: type) -> dict[str, Callable[..., Any]]:
    """Return the methods that a class itself defines."""
    return {name: value for name, value in vars(cls).items() if inspect.isfunction(value)}


def attributes_set_by(function: Callable[..., Any]) -> set[str]:
    """Return the attributes to which a method assigns."""
    return {str(step.argval) for step in dis.get_instructions(function) if step.opname == "STORE_ATTR"}


def or_through_call(attempt: Callable[..., Any], thing: Any, state: Any, pairs: Any, *rest: Any) -> Any:
    """Return what an attempt gives; where backward lacks what ``__call__`` sets, one that calls the object."""
    try:
        return attempt(thing, state, pairs, *rest)
    except CannotCheck as problem:
        forward, backward, slope = pairs[0]
        if not callable(thing) or problem.__cause__ is None:
            raise
        if not is_set_elsewhere(problem.__cause__, forward, backward) or forward == "__call__":
            raise
        try:
            return attempt(thing, state, [("__call__", backward, slope)], *rest)
        except CannotCheck:
            raise problem from problem.__cause__
