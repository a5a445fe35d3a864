"""The manners in which a layer may be meant to be called, the most likely first.

What the names of the arguments say comes first; what they leave open is tried.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from gradients.calling.functions import Functions
from gradients.calling.roles import CACHE, FLAG, OUTPUT, arguments_of, is_required, key_of, role_of
from gradients.calling.truths import truth_places
from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.held_arrays import attributes_of
from gradients.measuring.losses import loss_names, targets_for
from gradients.measuring.manner import GRADIENT, RETURNED, SLOPE, WITH_CACHE, Manner, has_several, last_of
from gradients.measuring.precise_copy import precise_copy

MOST = 48
PARAMETERS = {"w", "b", "weights", "weight", "bias", "biases", "theta", "wx", "wh", "beta", "gamma", "v", "u"}
OUTPUT_NAMES = ("output", "outputs", "out", "y", "a", "activation", "result", "z", "value", "loss", "ys", "h")


class Reading(NamedTuple):
    """A manner, and the inputs for it: those of forward, and behind them a target where the manner takes a loss."""

    manner: Manner
    inputs: tuple[Any, ...]


def readings(thing: Any, forward: str, backward: str, slope: bool, inputs: Sequence[Any]) -> list[Reading]:
    """Return how forward and backward of a thing may be meant, for these inputs, the likeliest first.

    Parameters
    ----------
    slope : bool
        Whether the backward's name says that it gives a derivative.
    """
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
        found += manners_for(thing, forward, backward, slope, inputs, base, first, cache)
    if named and slope:  # a gradient that does its own forward may not know of the flag
        found += [replace(manner, named=()) for manner in found]
    plain = [Reading(replace(m, names=names[: len(inputs)]), tuple(inputs)) for m in dict.fromkeys(found)]
    whole = network_readings(thing, forward, backward, inputs, copy, named) if not slope else []
    return (whole + plain if whole else plain)[:MOST]


def network_readings(
    thing: Any, forward: str, backward: str, inputs: Sequence[Any], copy: Any, named: tuple[tuple[str, Any], ...]
) -> list[Reading]:
    """Return how a network may be meant whose backward wants the targets, which its forward does not see.

    The loss is not there to be called, so that each of the usual ones is tried.
    """
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    seen = [p.name for p in arguments_of(getattr(thing, forward))]
    if not wants_target(needed, seen):
        return []
    found = []
    names, parameters = (), ()
    if isinstance(thing, Functions):
        names = (*(f"d{name}" for name in seen[: len(inputs)]), "")
        parameters = tuple(i for i, name in enumerate(seen[: len(inputs)]) if key_of(name) in PARAMETERS)
    returned = getattr(precise_copy(thing), forward)(*[copied(x) for x in inputs], **dict(named))
    for output in outputs_of(copy, thing, backward, returned, inputs)[:2]:
        first = returned if output == RETURNED else first_output(copy, output, returned)
        try:
            y = np.asarray(first, float)
        except (TypeError, ValueError):
            continue
        given = (*inputs, targets_for(y, np.random.default_rng(0)))
        for takes in target_assignments(needed, seen, len(inputs)):
            for loss in loss_names(y):
                also = rates(copy, backward)
                manner = Manner(forward, backward, output, takes, named, wanted=parameters, also=also, loss=loss)
                found.append(Reading(replace(manner, names=names), given))
    return found


def wants_target(needed: Sequence[str], seen: Sequence[str]) -> bool:
    """Return whether backward's arguments name a target that forward's do not."""
    if truth_places(seen):
        return False
    own = [name for name in needed if name not in seen]
    if any(role_of(name) == "truth" for name in own):
        return True
    return any(key_of(name) == "y" for name in own) and (len(needed) > 1 or own == ["y"])


def target_assignments(needed: Sequence[str], seen: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """Return what the arguments of a network's backward may stand for; ``count`` is the target's place."""
    target = f"input {count}"
    choices = []
    for name in needed:
        role = role_of(name)
        if role in ("cache", "rate", "flag", "count"):
            choices.append([{"flag": "True", "count": "0"}.get(role, role)])
        elif role == "truth" or (key_of(name) == "y" and name not in seen):
            choices.append([target])
        elif role == "input" or name in seen:
            choices.append(["input 0"])
        else:
            choices.append(["output", "input 0"])
    return list(itertools.islice(itertools.product(*choices), 4))


def flags(thing: Any, forward: str) -> tuple[tuple[str, Any], ...]:
    """Return the arguments that tell forward that it is training, where it has such and they may be left out."""
    known = {key_of(flag) for flag in FLAG}
    return tuple(
        (p.name, True)
        for p in arguments_of(getattr(thing, forward))
        if key_of(p.name) in known and not is_required(p) and isinstance(p.default, bool)
    )


def rates(thing: Any, backward: str) -> tuple[tuple[str, str], ...]:
    """Return the learning rate among the arguments of backward that may be left out, and that it is one."""
    arguments = arguments_of(getattr(thing, backward))
    return tuple(
        (p.name, "rate")
        for p in arguments
        if not is_required(p) and is_rate(p.name) and isinstance(p.default, (int, float, type(None)))
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
    return [WITH_CACHE, RETURNED] if repeated else [RETURNED, WITH_CACHE]


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


def first_output(copy: Any, output: str, returned: Any) -> Any:
    """Return the output itself."""
    return returned[0] if output == WITH_CACHE else getattr(copy, output, None)


def manners_for(
    thing: Any, forward: str, backward: str, slope: bool, inputs: Sequence[Any], base: Manner, first: Any, cache: Any
) -> Iterator[Manner]:
    """Yield the manners for one place of the output, that of ``base``.

    Parameters
    ----------
    first, cache : object
        The output, and what is handed out behind it.
    """
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    names = [p.name for p in arguments_of(getattr(thing, forward))][: len(inputs)]
    several = isinstance(first, (tuple, list))
    loss = not several and np.ndim(first) == 0
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
    likely = floats[:1]
    return [(i,) for i in [*likely, *(i for i in floats if i not in likely)]]


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
    role, fixed = role_of(name), {"cache": "cache", "rate": "rate", "flag": "True", "count": "0"}
    if role in fixed:
        return [fixed[role]]
    all_inputs = [f"input {i}" for i in range(len(inputs))]
    if name in forward_names:
        same = f"input {forward_names.index(name)}"
        return [same, "output", "dout"] if no_dout else ["dout", same, "output"] if alone else [same, "dout", "output"]
    if role == "truth":
        return [f"input {place}" for place in truth_places(forward_names)] or ["dout", *all_inputs]
    if role == "dout":
        return ["dout", *([*all_inputs, "output"] if no_dout else [])]
    if role == "output" or key_of(name) in OUTPUT:
        return ["dout", "output", *all_inputs] if alone and not no_dout else ["output", *all_inputs, "dout"]
    inputs_first = no_dout or (role == "input" and not alone)
    return [*all_inputs, "output", "dout"] if inputs_first else ["dout", *all_inputs, "output"]
