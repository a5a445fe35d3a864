"""The manners in which one output may be meant, the most likely first: what each argument of backward may stand for."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradients.calling.flat_parameters import vector_place
from gradients.calling.outputs import FIXED
from gradients.calling.roles import OUTPUT, is_of_the_step_after, key_of, role_of
from gradients.calling.scenes import KIND
from gradients.calling.truths import truth_places
from gradients.measuring.arguments import is_float_array
from gradients.measuring.manner import (
    GRADIENT,
    MEAN,
    MEAN_OF_SAMPLES,
    ONE,
    RETURNED,
    SLOPE,
    SUM,
    WITH_CACHE,
    Manner,
    has_several,
)

DOUT_FIRST = ["dout", "output"]  # what an argument may stand for that is dout by all that is known


@dataclass(frozen=True)
class Facts:
    """What is known of a forward and a backward.

    Attributes
    ----------
    needed, seen : sequence of str
        The arguments that backward must be given, and those that forward is given.
    inputs : sequence
        What forward is given.
    first, cache : object
        Its output, and what is handed out behind it.
    slope : bool
        Whether the backward's name says that it gives a derivative.
    loss : bool
        Whether the output is taken for a loss.
    settings : dict of str to str
        What arguments of backward stand for that are settings of forward.
    """

    needed: Sequence[str]
    seen: Sequence[str]
    inputs: Sequence[Any]
    first: Any
    cache: Any
    slope: bool
    loss: bool
    settings: dict[str, str]

    @property
    def roles(self) -> list[str]:
        """What each argument of backward stands for by its name, "" where that says nothing."""
        return [role_of(name) for name in self.needed]

    @property
    def truth(self) -> list[int]:
        """The places of labels or targets among the inputs."""
        return truth_places(self.seen) or ([1] if self.is_loss_of_each_sample else [])

    @property
    def takes_the_same(self) -> bool:
        """Whether backward takes what forward takes, and nothing else."""
        return len(self.needed) > 1 and list(self.needed) == list(self.seen)

    @property
    def told_dout(self) -> str:
        """The argument of backward that is dout: the only one beside all that forward takes, with a name like that."""
        left = [name for name in self.needed if name not in self.seen]
        is_told = set(self.seen) < set(self.needed) and [role_of(name) for name in left] == ["dout"]
        return left[0] if is_told else ""

    @property
    def is_loss_of_each_sample(self) -> bool:
        """Whether forward gives one number for each row of two inputs, and backward is not told dout: a loss."""
        if len(self.inputs) != 2 or has_several(self.first) or np.ndim(self.first) != 1 or np.ndim(self.inputs[0]) != 2:
            return False
        return len(self.first) == len(self.inputs[0]) and (not self.needed or self.takes_the_same)

    @property
    def goes_without_dout(self) -> bool:
        """Whether backward may take no dout at all."""
        return self.loss or self.slope or bool(self.truth) or self.takes_the_same

    def says_too_little(self, handed: bool) -> bool:
        """Return whether arguments of backward have names that say nothing; one may be what forward hands out."""
        roles = zip(self.needed, self.roles, strict=True)
        unknown = [name for name, role in roles if not role and name not in (*self.seen, *self.settings)]
        return len(self.needed) > 1 and len(unknown) > handed

    @property
    def wanted(self) -> list[tuple[int, ...] | None]:
        """Which inputs may be meant to get a gradient: None where backward tells by what it returns."""
        if not self.loss and not self.truth:
            return [None]
        vector = vector_place(self.seen)
        if vector is not None:
            return [(vector,)]
        floats = [i for i, x in enumerate(self.inputs) if is_float_array(x)]
        guesses = [i for i in floats if i not in self.truth]
        kinds = [KIND.get(key_of(name)) for name in self.seen]
        parameters = tuple(i for i, kind in enumerate(kinds) if i in floats and kind in ("weight", "bias"))
        if self.truth and parameters:
            return list(dict.fromkeys([parameters, parameters[:1], tuple(guesses)]))
        if self.truth and guesses:
            return [(guesses[0],)]
        return [(i,) for i in floats] or [()]  # of symbols, the parameters alone have gradients

    @property
    def wanted_of_slopes(self) -> list[tuple[int, ...] | None]:
        """Which inputs may be meant where backward gives a slope: what it returns tells, or it is one of them."""
        floats = [(i,) for i, x in enumerate(self.inputs) if is_float_array(np.asarray(x))]
        return [None, *(floats if len(floats) > 1 else [])]


def manners_for(base: Manner, facts: Facts) -> Iterator[Manner]:
    """Yield the manners for one place of the output, that of ``base``."""
    if facts.loss and np.ndim(facts.first):  # a loss as an array of one element
        base = replace(base, total=ONE)
    yield from usual_manners(base, facts)
    yield from manners_by_trial(base, facts)


def usual_manners(base: Manner, facts: Facts) -> Iterator[Manner]:
    """Yield the manners that the names of backward's arguments tell: dout alone, or the cache, or a dout an output."""
    roles = facts.roles
    if roles == ["dout"] or (not facts.slope and roles in ([], [""]) and not facts.is_loss_of_each_sample):
        plain = not facts.truth and base.output == RETURNED
        yield from ([base] if plain else (replace(base, wanted=wanted) for wanted in facts.wanted))
    free = [role for role in roles if role not in FIXED]
    if has_several(facts.first) and len(free) == len(facts.first) > 1:
        told = iter(f"dout {place}" for place in range(len(facts.first)))
        yield replace(base, takes=tuple(FIXED[role] if role in FIXED else next(told) for role in roles))
    if base.output == WITH_CACHE and has_several(facts.first) and len(roles) == len(facts.first) + 1:
        yield replace(base, takes=(*(f"dout {place}" for place in range(len(facts.first))), "cache"))
    if base.output == WITH_CACHE and len(roles) == 1 and (facts.loss or roles == ["cache"]):
        yield from (replace(base, takes=("cache",), wanted=wanted) for wanted in facts.wanted)


def manners_by_trial(base: Manner, facts: Facts) -> Iterator[Manner]:
    """Yield the manners in which each argument of backward stands for something that it may stand for."""
    loss, truth = facts.loss, bool(facts.truth)
    unclear = facts.says_too_little(base.output == WITH_CACHE)
    for takes in assignments(facts, base.output == WITH_CACHE):
        gives = GRADIENT if "dout" in " ".join(takes) or loss or truth else SLOPE
        guessed = unclear or (gives == SLOPE and not facts.slope and len(takes) > 1)  # of one of several inputs
        manner = replace(base, takes=None if takes == ("dout",) else takes, gives=gives, guessed=guessed)
        for wanted in facts.wanted if loss or truth else facts.wanted_of_slopes if gives == SLOPE else [None]:
            if loss or not truth or "dout" in takes:
                yield replace(manner, wanted=wanted)
            if truth and not loss:
                yield from (replace(manner, gives=GRADIENT, total=total, wanted=wanted) for total in totals(facts))
        if loss and facts.slope:
            yield replace(manner, wanted=())


def totals(facts: Facts) -> tuple[str, ...]:
    """Return the totals that may be meant where forward gives the losses of samples, or of their elements."""
    return (SUM, MEAN) if np.ndim(facts.first) == 1 else (SUM, MEAN, MEAN_OF_SAMPLES)


def assignments(facts: Facts, handed: bool) -> Iterator[tuple[str, ...]]:
    """Yield what backward's arguments may stand for, the likeliest first; ``handed`` where there is a cache."""
    names, no_dout = facts.needed, facts.goes_without_dout
    spread = len(facts.cache) if isinstance(facts.cache, (tuple, list)) else 0
    if spread and len(names) == spread + 1 and "cache" not in facts.roles:
        yield ("dout", *(f"cache {place}" for place in range(spread)))
    of_loss = facts.loss or bool(facts.truth)
    alone = len(names) - len(facts.settings) == 1
    choices = [
        [facts.settings[name]]
        if name in facts.settings
        else DOUT_FIRST
        if name == facts.told_dout
        else stands_for(name, facts.seen, facts.inputs, no_dout, alone, of_loss)
        for name in names
    ]
    if facts.roles.count("dout") > 1 and not has_several(facts.first):
        choices = [[*c, "zero"] if is_of_the_step_after(n) else c for n, c in zip(names, choices, strict=True)]
    if handed:
        choices = [[*c, "cache"] if role_of(n) in ("", "input") else c for n, c in zip(names, choices, strict=True)]
    for ranks in sorted(itertools.islice(itertools.product(*(range(len(c)) for c in choices)), 2000), key=sum):
        takes = tuple(choice[rank] for choice, rank in zip(choices, ranks, strict=True))
        if takes.count("dout") <= 1 and (no_dout or "dout" in takes or len(takes) <= 1):
            yield takes


def stands_for(
    name: str, forward_names: Sequence[str], inputs: Sequence[Any], no_dout: bool, alone: bool, of_loss: bool
) -> list[str]:
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
        return ["dout", *all_inputs, "output"] if alone or not of_loss else [*all_inputs, "output", "dout"]
    if role == "output" or key_of(name) in OUTPUT:
        return ["dout", "output", *all_inputs] if alone and not no_dout else ["output", *all_inputs, "dout"]
    inputs_first = no_dout or (role == "input" and not alone)
    return [*all_inputs, "output", "dout"] if inputs_first else ["dout", *all_inputs, "output"]
