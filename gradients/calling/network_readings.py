"""How a network may be meant whose backward wants the targets: each of the usual losses is tried."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.all_layers import lists_in
from gradients.calling.functions import Functions
from gradients.calling.outputs import FIXED, Reading, output_of, outputs_of, rates, settings
from gradients.calling.roles import arguments_of, is_of_the_step_after, is_required, key_of, role_of
from gradients.calling.truths import truth_places
from gradients.calling.words import LOSS, direction
from gradients.measuring.arguments import copied
from gradients.measuring.losses import OF_LABELS, labels_for, loss_names, one_hot, targets_for
from gradients.measuring.manner import Manner, has_several
from gradients.measuring.precise_copy import precise_copy

# How many readings for targets of the output's shape are tried before those for labels, and how many of these.
MOST_BEFORE, MOST_OF_LABELS = 30, 12
LOSSES = ("loss", "cost", "compute_loss", "compute_cost", "calculate_loss", "get_loss", "loss_function")
DECAYS = {"lambd", "lambda", "lam", "lmbda", "lmbd", "reg", "weight_decay", "regularization", "reg_lambda"}
PARAMETERS = {"w", "b", "weights", "weight", "bias", "biases", "theta", "wx", "wh", "beta", "gamma", "v", "u"}


def network_readings(
    thing: Any, forward: str, backward: str, inputs: Sequence[Any], copy: Any, named: tuple[tuple[str, Any], ...]
) -> list[Reading]:
    """Return how a network may be meant whose backward wants the targets, which its forward does not see.

    The loss is not there to be called, so that each of the usual ones is tried.
    """
    needed = [p.name for p in arguments_of(getattr(thing, backward)) if is_required(p)]
    seen = [p.name for p in arguments_of(getattr(thing, forward))]
    given_before = settings(thing, forward, backward)
    if not wants_target(needed, seen):
        return []
    found = []
    of_labels: list[Reading] = []
    names, parameters = (), ()
    if isinstance(thing, Functions):
        names = (*(f"d{name}" for name in seen[: len(inputs)]), "")
        parameters = tuple(i for i, name in enumerate(seen[: len(inputs)]) if key_of(name) in PARAMETERS)
    returned = getattr(precise_copy(thing), forward)(*[copied(x) for x in inputs], **dict(named))
    for output in outputs_of(copy, thing, backward, returned, inputs)[:2]:
        first = output_of(copy, output, returned)
        outputs = list(first) if has_several(first) else [first]
        try:
            y = np.asarray(outputs[-1], float)
        except (TypeError, ValueError):
            continue
        given = (*inputs, targets_for(y, np.random.default_rng(0)))
        labelled = (*inputs, labels_for(y, np.random.default_rng(0))) if y.ndim == 2 and y.shape[1] > 1 else None
        of_rows = (*inputs, one_hot(labelled[-1], y)) if labelled is not None else given
        found += own_loss_readings(thing, backward, needed, seen, given)
        lists = lists_in(returned, inputs)
        for takes in target_assignments(needed, seen, len(inputs), len(outputs), given_before, lists):
            for loss in loss_names(y):
                also = (*rates(copy, backward), *decays(copy, backward))
                manner = Manner(forward, backward, output, takes, named, wanted=parameters, also=also, loss=loss)
                targets = of_rows if loss.startswith(OF_LABELS[1]) else given  # p - t is right where t adds up to 1
                found.append(Reading(replace(manner, names=names), targets))
                if labelled is not None and loss.startswith(OF_LABELS):
                    of_labels.append(Reading(found[-1].manner, labelled))
    return found[:MOST_BEFORE] + of_labels[:MOST_OF_LABELS] + found[MOST_BEFORE:]


def decays(thing: Any, backward: str) -> tuple[tuple[str, str], ...]:
    """Return the weight of a penalty among the arguments of backward, set to 0: forward does not give the penalty."""
    optional = (p for p in arguments_of(getattr(thing, backward)) if not is_required(p))
    return tuple((p.name, "0") for p in optional if key_of(p.name) in DECAYS and isinstance(p.default, (int, float)))


def own_loss_readings(
    thing: Any, backward: str, needed: Sequence[str], seen: Sequence[str], given: tuple[Any, ...]
) -> list[Reading]:
    """Return how a network may be meant that has a method for its loss, ``loss(x, t)``, beside forward."""
    found = []
    for name in LOSSES:
        if [is_required(p) for p in arguments_of(getattr(thing, name, None))] != [True] * len(given):
            continue
        for takes in target_assignments(needed, seen, len(given) - 1, 1, {}, []):
            if not any(role.startswith("output") for role in takes):
                also = rates(thing, backward)
                found.append(Reading(Manner(name, backward, takes=takes, wanted=(), also=also), given))
    return found


def wants_target(needed: Sequence[str], seen: Sequence[str]) -> bool:
    """Return whether backward's arguments name a target that forward's do not."""
    if truth_places(seen):
        return False
    own = [name for name in needed if name not in seen]
    if any(role_of(name) == "truth" for name in own):
        return True
    return any(key_of(name) == "y" for name in own) and (len(needed) > 1 or own == ["y"])


def target_assignments(
    needed: Sequence[str],
    seen: Sequence[str],
    count: int,
    outputs: int,
    given_before: dict[str, str],
    lists: Sequence[str],
) -> list[tuple[str, ...]]:
    """Return what the arguments of a network's backward may stand for.

    Parameters
    ----------
    count : int
        The target's place among the inputs.
    outputs : int
        How many outputs forward gives; where backward takes as many, each is one of its arguments.
    given_before : dict of str to str
        What arguments stand for that are settings of forward.
    lists : sequence of str
        What the lists are that forward hands out, one element a layer; where backward takes as many, each is one.
    """
    target = f"input {count}"
    choices: list[list[str]] = []
    own = [n for n in needed if role_of(n) not in (*FIXED, "truth") and key_of(n) != "y" and n not in seen]
    free = own if len(own) == outputs else [name for name in own if role_of(name) != "input"]
    places = {name: f"output {place}" for place, name in enumerate(free)} if len(free) == outputs > 1 else {}
    for told in (lists, lists[1:]):  # all of it, or what comes behind the output
        places = dict(zip(own, told, strict=True)) if told and len(own) == len(told) else places
    for name in needed:
        role = role_of(name)
        if name in given_before:
            choices.append([given_before[name]])
        elif name in places and not LOSS.search(name):
            choices.append([places[name], "output"] if lists else [places[name]])
        elif role in FIXED:
            choices.append([FIXED[role]])
        elif is_of_the_step_after(name):
            choices.append(["zero"])
        elif role == "truth" or (key_of(name) == "y" and name not in seen):
            choices.append([target])
        elif name in seen[:count]:
            choices.append([f"input {seen.index(name)}"])
        elif not role and LOSS.search(name):
            kind = "loss slope" if name.lower().startswith("d") or direction(name)[0] == "derivative" else "loss"
            choices.append([kind, f"{kind} turned"])
        elif role == "input" or name in seen:
            choices.append(["input 0"])
        else:
            choices.append(["output", "input 0"])
    return list(itertools.islice(itertools.product(*choices), 4))
