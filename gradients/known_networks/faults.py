"""The single mistakes that people make in the backward of a known network: which edges they change, and how."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from gradients.known_networks.operations import rows
from gradients.known_networks.tape import Changes, Edge, Tape
from gradients.known_networks.words import FIRST_ALONE, LAST_ALONE, LEFT_OUT, STEPS, WRONG
from language import _

Gradients = dict[str, np.ndarray | None]


class Fault(NamedTuple):
    """A mistake: its code, what is to be said of it, and the edges that it changes of a tape.

    ``changes`` is given what the backward gave, too, for mistakes that use it.
    """

    code: str
    words: str
    changes: Callable[[Tape, Gradients], Changes]


def faults(tape: Tape) -> Iterator[Fault]:
    """Yield the mistakes that can be made in a network, those that change least first."""
    yield from wrong_ways(tape)
    yield from left_out(tape)
    yield from other_values(tape)
    yield from one_step_only(tape)
    yield from loops(tape)


def groups(tape: Tape) -> dict[tuple[str, str], Edge]:
    """Return what edges there are, by kind and place; of those in a loop, the last."""
    return {(edge.kind, edge.place): edge for edge in tape.edges if edge.kind != "pass"}


def of(tape: Tape, kind: str, place: str) -> list[Edge]:
    """Return the edges of a kind at a place, in all steps."""
    return [edge for edge in tape.edges if (edge.kind, edge.place) == (kind, place)]


def wrong_ways(tape: Tape) -> Iterator[Fault]:
    """Yield the operations whose derivative is another than it should be."""
    for (kind, place), edge in groups(tape).items():
        for wrong in edge.wrong:
            code, *words = WRONG[kind, wrong]
            if "ReLU" in place and wrong == "left out":
                code = "mask-missing"
            yield Fault(
                code,
                ". ".join(_(part, place=place) for part in words),
                lambda tape, given, k=kind, p=place, w=wrong: {
                    id(e): (e.source, e.wrong[w]) for e in of(tape, k, p) if w in e.wrong
                },
            )


def left_out(tape: Tape) -> Iterator[Fault]:
    """Yield the paths that are left out where an array reaches the output on several: each alone, or all but one."""
    for kind, words in LEFT_OUT.items():
        places = [place for (k, place), edge in groups(tape).items() if k == kind and has_others(tape, edge)]
        alone = [(place, [place]) for place in places]
        all_but = [
            (_(" and ").join(p for p in places if p != kept), [p for p in places if p != kept]) for kept in places
        ]
        for named, chosen in alone + (all_but if len(places) > 2 else []):
            yield Fault(
                "missing-term",
                _(words, place=named),
                lambda tape, given, k=kind, c=chosen: {id(e): None for e in tape.edges if e.kind == k and e.place in c},
            )


def has_others(tape: Tape, edge: Edge) -> bool:
    """Return whether an array's gradient comes on other ways, too."""
    if edge.kind == "recurrent":
        return True
    name = edge.source.name
    return any(
        e.source.name == name and (e.kind, e.place) != (edge.kind, edge.place) and e.kind != "pass" for e in tape.edges
    )


def other_values(tape: Tape) -> Iterator[Fault]:
    """Yield the products whose weight's gradient is formed with another array than the one that was multiplied."""
    for (kind, place), edge in groups(tape).items():
        if kind != "weight" or edge.used is None:
            continue
        for number, node in enumerate(tape.nodes):
            used = edge.used
            if node is used or not node.name or node.value.shape != used.value.shape or node.value is used.value:
                continue
            yield Fault(
                "wrong-point",
                _(
                    "{place} gets its gradient from {given} where forward multiplied {used}: the gradient of W in z = "
                    "h W is h^T dz, with the very h that went in",
                    place=place,
                    given=node.name,
                    used=used.name,
                ),
                lambda tape, given, p=place, n=number: {
                    id(e): (e.source, lambda g, n=n, tape=tape: rows(tape.nodes[n].value).T @ rows(g))
                    for e in of(tape, "weight", p)
                },
            )


def one_step_only(tape: Tape) -> Iterator[Fault]:
    """Yield the parameters that get the share of the first or the last step alone: all of them, or one."""
    in_loop = [(kind, place) for (kind, place), e in groups(tape).items() if e.step and kind in ("weight", "bias")]
    last = max((edge.step for edge in tape.edges), default=0)
    for chosen in [in_loop, *([one] for one in in_loop)] if in_loop else []:
        for step, words in ((0, FIRST_ALONE), (last, LAST_ALONE)):
            names = ", ".join(place for _kind, place in chosen)
            yield Fault(
                "not-summed",
                f"{_(words, names=names)}. {_(STEPS)}",
                lambda tape, given, c=chosen, s=step: {
                    id(e): None for e in tape.edges if (e.kind, e.place) in c and e.step != s
                },
            )


def loops(tape: Tape) -> Iterator[Fault]:
    """Yield the loops over time that run the wrong way, or not to the end."""
    if not any(edge.kind == "recurrent" for edge in tape.edges):
        return
    yield Fault(
        "reversed",
        _(
            "the loop of backward runs from the first step to the last: dh_next comes from the step before. It has to "
            "come from the step after, so run through the steps in reverse"
        ),
        lambda tape, given: forwards(tape),
    )
    yield Fault(
        "not-summed",
        _(
            "the first step is missing: the loop of backward ends before it. Run through the steps down to 0, for t "
            "in reversed(range(T))"
        ),
        lambda tape, given: without_first(tape),
    )


def forwards(tape: Tape) -> Changes:
    """Return the edges between the steps so that they lead to the step after."""
    edges = sorted((e for e in tape.edges if e.kind == "recurrent"), key=lambda e: e.step)
    states = [*(e.source for e in edges[1:]), next(n for n in reversed(tape.nodes) if n.name == "h_t")]
    changes: Changes = {}
    for edge in edges:
        there = states[edge.step + 1] if edge.step + 1 < len(states) else None
        changes[id(edge)] = None if there is None else (there, edge.back)
    return changes


def without_first(tape: Tape) -> Changes:
    """Return the edges of the first step, all of them left out."""
    first = [e for e in tape.edges if e.kind in ("slope", "softmax") and e.step == 0 and e.result.name == "h_t"]
    return {id(e): None for e in first}
