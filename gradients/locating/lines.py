"""The lines of a file at which a layer's gradients are computed, and where it changes arrays of others."""

import copy
import linecache
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.locating.changes import ChangeWatch
from gradients.locating.choosing import choose, line_of
from gradients.locating.statements import Lines, lines_around
from gradients.locating.watching import ValueWatch, Watched
from gradients.measuring.arguments import as_gradient, copied
from gradients.measuring.changes import name_of_input
from gradients.measuring.manner import GRADIENT
from gradients.measuring.point import Point
from gradients.measuring.subject import Subject

OUTPUT = "output"  # by which forward's output is asked for
CHANGED = "changed "  # stands before the name of an array that must stay as it is
FREED = 32  # arrays of one size that lie in free memory
LONGEST = 1.0  # seconds of the processor that a call may take that is run again


def lines_of(subject: Subject, point: Point, douts: list[np.ndarray], names: list[str], file: str) -> dict[str, Lines]:
    """Return the lines of a file at which arrays are computed or changed, by name; nothing where that is not seen.

    Parameters
    ----------
    subject : Subject
    point : Point
    douts : list of ndarray
    names : list of str
        Of gradients; :data:`OUTPUT`; or of dout, an input or a parameter's gradient after :data:`CHANGED`.
    file : str
    """
    changed = [name for name in names if name.startswith(CHANGED)]
    computed = [name for name in names if name not in changed]
    found: dict[str, Lines] = {}
    for find, some in ((find_computed, computed), (find_changed, changed)):
        try:
            found |= find(subject, point, douts, some, file) if some else {}
        except Exception:
            continue
    return found


def find_computed(
    subject: Subject, point: Point, douts: list[np.ndarray], names: list[str], file: str
) -> dict[str, Lines]:
    """Return the lines at which gradients are computed; raise what the layer raises."""
    subject = copy.copy(subject)
    subject.manner = replace(subject.manner, gives=GRADIENT)  # what backward returns, also where that is a slope
    started = time.process_time()
    left = call(subject, point, douts, nullcontext(), nullcontext())
    values = {name: as_gradient(left.get(name)) for name in (*names, *subject.names)}
    wanted = {name: Watched(value) for name, value in values.items() if value is not None and value.size}
    if time.process_time() - started > LONGEST:
        return {}
    in_forward = {n: w for n, w in wanted.items() if n == OUTPUT or not subject.manner.backward}
    in_backward = {n: w for n, w in wanted.items() if n not in in_forward}
    watches = ValueWatch(file, list(in_forward.values())), ValueWatch(file, list(in_backward.values()))
    left = call(subject, point, douts, *watches, {watched.values.size for watched in wanted.values()})
    text = "".join(linecache.getlines(file))
    found = {}
    for name in wanted.keys() & set(names):
        sighting = choose(wanted[name], left.get(name), list(wanted.values()))
        if sighting is not None:
            line, is_there = line_of(sighting, watches[name in in_backward])
            found[name] = lines_around(text, line, sighting.path if is_there else ())
    return found


def forget(sizes: Iterable[int]) -> None:
    """Overwrite free memory, in which results of earlier calls still lie: np.empty would bring them to light."""
    for size in sizes:
        arrays = [np.full(size, np.nan) for _ in range(FREED)]
        del arrays


def call(
    subject: Subject,
    point: Point,
    douts: list[np.ndarray],
    around_forward: AbstractContextManager,
    around_backward: AbstractContextManager,
    sizes: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the very gradients, or moved parameters, and the output that a forward and backward of a copy leave."""
    instance = subject.fresh(point)
    inputs = [copied(x) for x in point.inputs]
    forget(sizes)
    with around_forward:
        outputs = subject.forward_of_run(instance, point, inputs)
    forget(sizes)
    with around_backward:
        returned = subject.call_backward(instance, [np.array(dout) for dout in douts], inputs)
    moved = {slot.gradient_name: slot.read(instance.thing) for slot in subject.slots if slot.is_moved}
    tied = {slot.gradient_name: slot.own_gradient(instance.thing) for slot in subject.slots if slot.tied}
    output = (instance.outputs or outputs)[0]
    return {**subject.left(instance, returned), **moved, **tied, OUTPUT: output}


def find_changed(
    subject: Subject, point: Point, douts: list[np.ndarray], names: list[str], file: str
) -> dict[str, Lines]:
    """Return the lines at which arrays of others are changed first; raise what the layer raises."""
    instance = subject.fresh(point)
    inputs, given = [copied(x) for x in point.inputs], [np.array(dout) for dout in douts]
    arrays = {name_of_input(subject, number): x for number, x in enumerate(inputs, start=1)}
    arrays |= {slot.gradient_name: slot.read(instance.thing) for slot in subject.slots if not slot.is_moved}
    arrays |= {"dout": given[0]} if given else {}
    with ChangeWatch(file, arrays) as watch:
        subject.forward_of_run(instance, point, inputs)
        subject.call_backward(instance, given, inputs)
    text = "".join(linecache.getlines(file))
    lines = {f"{CHANGED}{name}": line for name, line in watch.changed.items()}
    return {name: lines_around(text, lines[name]) for name in names if name in lines}
