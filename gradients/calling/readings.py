"""The manners in which a layer may be meant to be called, the most likely first.

What the names of the arguments say comes first; what they leave open is tried.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.functions import Functions
from gradients.calling.network_readings import network_readings
from gradients.calling.outputs import FIXED, Reading, attributes_that_follow, first_output, flags, outputs_of, rates
from gradients.calling.roles import OUTPUT, arguments_of, is_required, key_of, role_of
from gradients.calling.truths import truth_places
from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.manner import GRADIENT, RETURNED, SLOPE, WITH_CACHE, Manner, has_several
from gradients.measuring.precise_copy import precise_copy

MOST = 48


def readings(thing: Any, forward: str, backward: str, slope: bool, inputs: Sequence[Any]) -> list[Reading]:
    """Return how forward and backward of a thing may be meant, for these inputs, the likeliest first.

    Parameters
    ----------
    slope : bool
        Whether the backward's name says that it gives a derivative.
    """
    if not backward and not gives_gradients(thing, forward, inputs):
        return []
    if not backward:
        return [Reading(Manner(forward, "", WITH_CACHE, wanted=()), tuple(inputs))]
    copy = precise_copy(thing)
    sent = [copied(x) for x in inputs]
    named = flags(copy, forward)
    returned = getattr(copy, forward)(*sent, **dict(named))
    found: list[Manner] = []
    names = tuple(f"d{p.name}" for p in arguments_of(getattr(copy, forward))) if isinstance(thing, Functions) else ()
    for output in outputs_of(copy, thing, backward, returned, inputs):
        first = returned if output == RETURNED else first_output(copy, output, returned)
        cache = returned[1:] if output == WITH_CACHE and len(returned) > 2 else None
        cache = returned[1] if output == WITH_CACHE and len(returned) == 2 else cache
        base = Manner(forward, backward, output, named=named, also=rates(copy, backward))
        truth = truth_places([p.name for p in arguments_of(getattr(thing, forward))][: len(inputs)])
        for loss in may_be_loss(first, inputs, truth):
            found += manners_for(thing, forward, backward, slope, inputs, base, first, cache, loss)
        if len(inputs) > 1 and np.size(first) == 1:
            found += [m for manner in found for m in with_kept(manner, kept_like(copy, thing, inputs))]
    if named and slope:  # a gradient that does its own forward may not know of the flag
        found += [replace(manner, named=()) for manner in found]
    plain = [Reading(replace(m, names=names[: len(inputs)]), tuple(inputs)) for m in dict.fromkeys(found)]
    whole = network_readings(thing, forward, backward, inputs, copy, named) if not slope else []
    return (whole + plain)[:MOST]


def with_kept(manner: Manner, kept: Sequence[str]) -> Iterator[Manner]:
    """Yield a manner with what forward keeps in the place of the first input that backward is given."""
    for name in kept:
        if manner.takes and "input 0" in manner.takes:
            takes = tuple(name if role == "input 0" else role for role in manner.takes)
            yield replace(manner, takes=takes)


def gives_gradients(thing: Any, forward: str, inputs: Sequence[Any]) -> bool:
    """Return whether a forward gives a loss and gradients behind it."""
    returned = getattr(precise_copy(thing), forward)(*[copied(x) for x in inputs])
    if not isinstance(returned, tuple) or len(returned) < 2 or np.ndim(returned[0]):
        return False
    return all(isinstance(part, (np.ndarray, dict, list, tuple)) for part in returned[1:])


def kept_like(copy: Any, thing: Any, inputs: Sequence[Any]) -> list[str]:
    """Return the attributes of the shape of the first input that forward sets: backward may be given them again."""
    names = attributes_that_follow(copy, thing, inputs)
    return [f"kept {n}" for n in names if np.shape(getattr(copy, n)) == np.shape(inputs[0])][:2] if inputs else []


def may_be_loss(first: Any, inputs: Sequence[Any], truth: Sequence[int]) -> tuple[bool, ...]:
    """Return whether an output may be a loss, the likelier answer first: an array of one element may be either."""
    if has_several(first) or np.size(first) != 1 or (np.ndim(first) and sum(map(np.size, inputs)) == 1):
        return (False,)
    if np.ndim(first) == 0:
        return (True,)
    return (True, False) if truth else (False, True)


def manners_for(
    thing: Any,
    forward: str,
    backward: str,
    slope: bool,
    inputs: Sequence[Any],
    base: Manner,
    first: Any,
    cache: Any,
    loss: bool,
) -> Iterator[Manner]:
    """Yield the manners for one place of the output, that of ``base``.

    Parameters
    ----------
    first, cache : object
        The output, and what is handed out behind it.
    loss : bool
        Whether the output is taken for a loss.
    """
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    names = [p.name for p in arguments_of(getattr(thing, forward))][: len(inputs)]
    several = has_several(first)
    if loss and np.ndim(first):  # a loss as an array of one element
        base = replace(base, total="sum")
    roles = [role_of(name) for name in needed]
    usual = roles == ["dout"] or (not slope and roles in ([], [""]))
    truth = truth_places(names)
    chosen = inputs_wanted(inputs, truth, loss or bool(truth))
    if usual and not truth and base.output == RETURNED:
        yield base
    elif usual:
        yield from (replace(base, wanted=wanted) for wanted in chosen)
    no_dout = loss or slope or bool(truth)
    spread = len(cache) if isinstance(cache, (tuple, list)) else 0
    handed = base.output == WITH_CACHE
    free = [role for role in roles if role not in FIXED]
    if several and len(free) == len(first) > 1:
        told = iter(f"dout {place}" for place in range(len(first)))
        yield replace(base, takes=tuple(FIXED[role] if role in FIXED else next(told) for role in roles))
    if handed and len(needed) == 1 and (loss or roles == ["cache"]):
        yield from (replace(base, takes=("cache",), wanted=wanted) for wanted in chosen)
    for takes in assignments(needed, names, inputs, no_dout, spread, handed):
        told = takes == ("dout",) or "dout" in " ".join(takes)
        gives = GRADIENT if told or loss or truth else SLOPE
        manner = replace(base, takes=None if takes == ("dout",) else takes, gives=gives)
        for wanted in chosen if loss or truth else [None]:
            yield replace(manner, wanted=wanted)
            if truth and not loss:
                yield from (replace(manner, gives=GRADIENT, total=total, wanted=wanted) for total in ("sum", "mean"))
        if loss and slope:
            yield replace(manner, wanted=())


def inputs_wanted(inputs: Sequence[Any], truth: Sequence[int], loss: bool) -> list[tuple[int, ...] | None]:
    """Return which inputs may be meant to get a gradient: None where backward tells by what it returns."""
    if not loss:
        return [None]
    floats = [i for i, x in enumerate(inputs) if is_float_array(x)]
    guesses = [i for i in floats if i not in truth]
    if truth and guesses:
        return [(guesses[0],)]
    return [(i,) for i in floats]


def assignments(
    names: Sequence[str], forward_names: Sequence[str], inputs: Sequence[Any], no_dout: bool, spread: int, handed: bool
) -> Iterator[tuple[str, ...]]:
    """Yield what backward's arguments may stand for, the likeliest first; ``spread`` is how much is in the cache."""
    if spread and len(names) == spread + 1 and not any(role_of(name) == "cache" for name in names):
        yield ("dout", *(f"cache {place}" for place in range(spread)))
    choices = [stands_for(name, forward_names, inputs, no_dout, len(names) == 1) for name in names]
    if handed:
        choices = [[*c, "cache"] if role_of(n) in ("", "input") else c for n, c in zip(names, choices, strict=True)]
    for ranks in sorted(itertools.islice(itertools.product(*(range(len(c)) for c in choices)), 2000), key=sum):
        takes = tuple(choice[rank] for choice, rank in zip(choices, ranks, strict=True))
        if takes.count("dout") <= 1 and (no_dout or "dout" in takes or len(takes) <= 1):
            yield takes


def stands_for(name: str, forward_names: Sequence[str], inputs: Sequence[Any], no_dout: bool, alone: bool) -> list[str]:
    """Return what one argument may stand for, the likeliest first."""
    role = role_of(name)
    if role in FIXED:
        return [FIXED[role]]
    all_inputs = [f"input {i}" for i in range(len(inputs))]
    if name in forward_names:
        same = f"input {forward_names.index(name)}"
        return [same, "output", "dout"] if no_dout else ["dout", same, "output"] if alone else [same, "dout", "output"]
    if role == "truth":
        return [f"input {place}" for place in truth_places(forward_names)] or ["dout", *all_inputs]
    if role == "dout":
        if not no_dout:
            return ["dout"]
        return ["dout", *all_inputs, "output"] if alone else [*all_inputs, "output", "dout"]
    if role == "output" or key_of(name) in OUTPUT:
        return ["dout", "output", *all_inputs] if alone and not no_dout else ["output", *all_inputs, "dout"]
    inputs_first = no_dout or (role == "input" and not alone)
    return [*all_inputs, "output", "dout"] if inputs_first else ["dout", *all_inputs, "output"]
