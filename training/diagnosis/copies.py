"""Copies of networks to experiment on, and a world that stays as it was meanwhile."""

import contextlib
import copy
import inspect
import io
import random
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from training.diagnosis.functions import renew_functions

RATE_NAMES = ("lr", "learning_rate", "eta", "alpha", "step_size")


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

    ``replaced`` gives other objects for some, by their ``id``. Functions that refer to what is copied, by their closure
    or as globals, are made anew, since :func:`copy.deepcopy` takes them as they are.

    Raises
    ------
    TypeError
        When something cannot be copied.
    """
    known = {id(thing): thing for thing in shared if thing is not None} | (replaced or {})
    try:
        memo = dict(known)
        twin = copy.deepcopy(things, memo)
        views = views_of_one(things, memo, known)
        if views:
            known |= views
            memo = dict(known)
            twin = copy.deepcopy(things, memo)
        renew_functions(memo, set(known))
    except Exception as error:  # anybody's object may fail to be copied in any way
        raise TypeError(f"cannot copy {type(things).__name__}: {error}") from None
    return twin


def views_of_one(things: Any, memo: dict[int, Any], known: dict[int, Any]) -> dict[int, Any]:
    """Return copies, by ``id``, of arrays that are views of an array that parameters are views of too.

    :func:`copy.deepcopy` makes each of them an array of its own, so that they would no longer change together.
    """
    kept = memo.get(id(memo), [])
    arrays = [array for array in kept if isinstance(array, np.ndarray) and id(array) not in known]
    params = [param for thing in members(things) for param in arrays_of(thing) if param.base is not None]
    wholes = {id(whole_of(param)): whole_of(param) for param in params}
    found: dict[int, Any] = {}
    for number, whole in wholes.items():
        views = [array for array in arrays if whole_of(array) is whole]
        if len(views) < 2 or not whole.flags.c_contiguous or number in known:
            continue
        twin = whole.copy()
        start = address(whole)
        for view in views:
            place = address(view) - start
            found[id(view)] = np.ndarray(view.shape, view.dtype, twin.data, place, view.strides)
        found[number] = twin
    return found


def arrays_of(network: Any) -> list[np.ndarray]:
    """Return the parameters of a network that are arrays."""
    params = getattr(network, "params", None)
    return [param for param in params.values() if isinstance(param, np.ndarray)] if isinstance(params, dict) else []


def whole_of(array: np.ndarray) -> np.ndarray:
    """Return the array that an array is a view of, itself where it is none."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def address(array: np.ndarray) -> int:
    """Return where the first value of an array lies."""
    return int(array.__array_interface__["data"][0])


def members(things: Any) -> tuple[Any, ...]:
    """Return the things in a tuple, or the only thing."""
    return things if isinstance(things, tuple) else (things,)


def bound_to(network: Any, source: Any) -> dict[int, Any]:
    """Return what stands for a network and its parameters in a copy of an optimizer that holds them, by ``id``."""
    params, own = source.params, network.params
    return {id(source): network, id(params): own} | {id(params[name]): own[name] for name in params if name in own}


def fresh_optimizer(optimizer: Any) -> Any:
    """Return an optimizer of the same kind and options that has made no step yet; itself where that cannot be told."""
    kind = type(optimizer)
    try:
        names = [
            name
            for name, parameter in inspect.signature(kind).parameters.items()
            if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        ]
        return kind(**{name: getattr(optimizer, name) for name in names})
    except (AttributeError, TypeError, ValueError):
        return optimizer


def rate_name(optimizer: Any) -> str | None:
    """Return the name under which an optimizer has its learning rate."""
    for name in RATE_NAMES:
        value = getattr(optimizer, name, None)
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            return name
    return None
