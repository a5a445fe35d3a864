"""Where the output of a forward may be, and what is given beside the usual arguments."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from gradients.calling.roles import CACHE, FLAG, arguments_of, is_required, key_of, role_of
from gradients.measuring.held_arrays import attributes_of
from gradients.measuring.manner import LAST, RETURNED, WITH_CACHE, Manner, has_several, last_of

# What an argument is given by its role alone.
FIXED = {"cache": "cache", "rate": "rate", "flag": "True", "count": "0"}
REDUCTION = "reduction"
OUTPUT_NAMES = ("output", "outputs", "out", "y", "a", "activation", "result", "z", "value", "loss", "ys", "h")


class Reading(NamedTuple):
    """A manner, and the inputs for it: those of forward, and behind them a target where the manner takes a loss."""

    manner: Manner
    inputs: tuple[Any, ...]


def flags(thing: Any, forward: str) -> tuple[tuple[str, Any], ...]:
    """Return the arguments that tell forward that it is training, where it has such and they may be left out."""
    known = {key_of(flag) for flag in FLAG}
    return tuple(
        (p.name, True)
        for p in arguments_of(getattr(thing, forward))
        if key_of(p.name) in known and not is_required(p) and isinstance(p.default, bool)
    )


def reductions(thing: Any, forward: str, backward: str) -> tuple[tuple[str, Any], ...]:
    """Return what makes a forward add up the losses that it averages, where backward may be the gradient of that."""
    other = {p.name for p in arguments_of(getattr(thing, backward))}
    return tuple(
        (p.name, "sum")
        for p in arguments_of(getattr(thing, forward))
        if key_of(p.name) == REDUCTION and p.name not in other and isinstance(p.default, str) and p.default != "sum"
    )


def settings(thing: Any, forward: str, backward: str) -> dict[str, str]:
    """Return what arguments of backward stand for that forward has too, with a default: that, as keep_prob=0.5."""
    defaults = {p.name: p.default for p in arguments_of(getattr(thing, forward)) if not is_required(p)}
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    return {
        name: f"value {defaults[name]!r}"
        for name in needed
        if role_of(name) not in FIXED and type(defaults.get(name)) in (int, float, bool, str)
    }


def rates(thing: Any, backward: str) -> tuple[tuple[str, str], ...]:
    """Return the learning rate among the arguments of backward that may be left out, and that it is one."""
    arguments = arguments_of(getattr(thing, backward))
    descends = "descent" in backward.lower() or "update" in backward.lower()
    return tuple(
        (p.name, "rate")
        for p in arguments
        if not is_required(p)
        and (is_rate(p.name) or (descends and role_of(p.name) == "rate"))
        and isinstance(p.default, (int, float, type(None)))
    )


def is_rate(name: str) -> bool:
    """Return whether an argument is a learning rate for sure; alpha may be the slope of a leaky ReLU."""
    return role_of(name) == "rate" and key_of(name) not in ("alpha", "eta", "rate")


def outputs_of(copy: Any, thing: Any, backward: str, returned: Any, inputs: Sequence[Any]) -> list[str]:
    """Return where the output may be after the forward of a copy of the thing, the most likely first."""
    if returned is None:
        return attributes_that_follow(copy, thing, inputs) or [RETURNED]
    if not has_several(returned) or len(returned) < 2:
        return [RETURNED]
    wants_cache = any(key_of(p.name) in CACHE for p in arguments_of(getattr(copy, backward)))
    rest = returned[1:]
    if wants_cache or not all(is_number_or_array(part) for part in rest) or isinstance(rest[0], tuple):
        return [WITH_CACHE]
    first = returned[0]
    if isinstance(first, (tuple, list)):
        return [WITH_CACHE]
    repeated = any(np.array_equal(part, other) for part in rest for other in (first, *inputs))
    found = [WITH_CACHE, RETURNED] if repeated else [RETURNED, WITH_CACHE]
    is_about_one = sum(is_required(p) for p in arguments_of(getattr(copy, backward))) == 1
    return [*found, LAST] if is_about_one and isinstance(rest[-1], np.ndarray) else found


def outputs_before_cache(thing: Any, backward: str, returned: Sequence[Any]) -> int:
    """Return how many outputs come before the cache: as many as backward takes gradients for, where they are there."""
    roles = [role_of(p.name) for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    douts = roles.count("dout")
    if len(roles) == len(returned) and roles[-1] in ("cache", ""):
        douts = len(roles) - 1
    are_arrays = all(isinstance(part, np.ndarray) for part in returned[:douts])
    return douts if 1 < douts < len(returned) and are_arrays else 1


def output_of(copy: Any, output: str, returned: Any) -> Any:
    """Return the output itself, of a forward that gives one."""
    if output == RETURNED:
        return returned
    if output == LAST:
        return returned[-1]
    return returned[0] if output == WITH_CACHE else getattr(copy, output, None)


def is_number_or_array(value: Any) -> bool:
    """Return whether a value can be an output."""
    return isinstance(value, (np.ndarray, float, int, np.generic))


def attributes_that_follow(copy: Any, thing: Any, inputs: Sequence[Any]) -> list[str]:
    """Return the attributes that may hold the output: float arrays or numbers that forward set, and no inputs."""
    before = {name: last_of(value) for name, value in attributes_of(thing).items()}
    held = {name: last_of(value) for name, value in attributes_of(copy).items()}
    held = {
        name: value
        for name, value in held.items()
        if isinstance(value, (np.ndarray, float, np.floating)) and np.asarray(value).dtype.kind == "f"
    }
    old = [*inputs, *(value for value in before.values() if isinstance(value, (np.ndarray, float, np.floating)))]
    names = [n for n, v in held.items() if n in OUTPUT_NAMES or not any(np.array_equal(v, x) for x in old)]
    names = [n for n in names if not any(held[n] is x for x in inputs)]
    usual = [name for name in OUTPUT_NAMES if name in names]
    return [*usual, *(name for name in reversed(names) if name not in usual)][:4]
