"""The manners in which a layer may be meant to be called, the most likely first.

What the names of the arguments say comes first; what they leave open is tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.all_layers import is_of_all_layers
from gradients.calling.functions import Functions
from gradients.calling.kept_gradients import KeptGradients
from gradients.calling.manners import Facts, manners_for
from gradients.calling.network_readings import network_readings
from gradients.calling.outputs import (
    Reading,
    attributes_that_follow,
    flags,
    output_of,
    outputs_before_cache,
    outputs_of,
    rates,
    reductions,
    settings,
)
from gradients.calling.roles import arguments_of, is_required, role_of
from gradients.calling.truths import truth_places
from gradients.measuring.arguments import copied
from gradients.measuring.manner import WITH_CACHE, Manner, handed_out, has_several
from gradients.measuring.precise_copy import precise_copy

MOST = 48
FIRST = 4  # where an argument's name says that it is dout, so many come before those of a whole network


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
    names = names_of_gradients(thing, forward, backward)[: len(inputs)]
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    seen = [p.name for p in arguments_of(getattr(thing, forward))][: len(inputs)]
    given_before = {n: role for n, role in settings(thing, forward, backward).items() if n not in seen}
    of_all_layers = is_of_all_layers(returned, inputs)
    for output in [] if of_all_layers else outputs_of(copy, thing, backward, returned, inputs):
        count, first, cache = 1, output_of(copy, output, returned), None
        if output == WITH_CACHE:
            count = outputs_before_cache(copy, backward, returned)
            first, cache = handed_out(returned, count)
        base = Manner(forward, backward, output, named=named, also=rates(copy, backward), outputs=count)
        for loss in may_be_loss(first, inputs, truth_places(seen)):
            found += manners_for(base, Facts(needed, seen, inputs, first, cache, slope, loss, given_before))
        if len(inputs) > 1 and not has_several(first) and np.size(first) == 1:
            kept = kept_like(copy, thing, inputs)
            found += [m for manner in found for m in with_kept(manner, kept)]
    if named and slope:  # a gradient that does its own forward may not know of the flag
        found += [replace(manner, named=()) for manner in found]
    summed = reductions(copy, forward, backward)
    if summed:
        found += [replace(manner, named=(*manner.named, *summed)) for manner in found]
    if isinstance(thing, KeptGradients):
        found = [replace(manner, wanted=()) for manner in found]
    plain = [Reading(replace(m, names=names), tuple(inputs)) for m in dict.fromkeys(found)]
    whole = network_readings(thing, forward, backward, inputs, copy, named) if not slope else []
    told = FIRST if any(role_of(name) == "dout" for name in needed) else 0
    return (plain[:told] + whole + plain[told:])[:MOST]


def names_of_gradients(thing: Any, forward: str, backward: str) -> tuple[str, ...]:
    """Return the names of the inputs' gradients: of functions, and where a method gives them in a dictionary."""
    names = tuple(f"d{p.name}" for p in arguments_of(getattr(thing, forward)))
    return names if isinstance(thing, Functions) or set(names) <= words_in(getattr(thing, backward)) else ()


def words_in(function: Any) -> set[str]:
    """Return the words that a function's lines hold, such as the keys of a dictionary that it returns."""
    constants = getattr(getattr(function, "__code__", None), "co_consts", ())
    rows = [value if isinstance(value, tuple) else (value,) for value in constants]
    return {value for row in rows for value in row if isinstance(value, str)}


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
    kinds = (np.ndarray, dict, list, tuple)
    return any(isinstance(part, kinds) for part in returned[1:]) and all(
        isinstance(part, (*kinds, float, np.generic)) for part in returned[1:]
    )


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
