"""The lines of a file at which a layer's gradients are computed, and where it changes arrays of others."""

import copy
import linecache
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.locating.choosing import choose, line_of
from gradients.locating.statements import Lines, lines_around
from gradients.locating.watching import Watch, Watched
from gradients.measuring.arguments import as_gradient, copied
from gradients.measuring.manner import GRADIENT
from gradients.measuring.point import Point
from gradients.measuring.subject import Subject

OUTPUT = "output"  # by which forward's output is asked for
LONGEST = 1.0  # seconds that a call may take that is run again


def lines_of(subject: Subject, point: Point, douts: list[np.ndarray], names: list[str], file: str) -> dict[str, Lines]:
    """Return the lines of a file at which gradients are computed, by name; nothing where that is not seen.

    Parameters
    ----------
    subject : Subject
    point : Point
    douts : list of ndarray
    names : list of str
        Of gradients, or :data:`OUTPUT`.
    file : str
    """
    try:
        return {**find(subject, point, douts, names, file)}
    except Exception:  # of the layer's, when it is called once more; the report does without
        return {}


def find(subject: Subject, point: Point, douts: list[np.ndarray], names: list[str], file: str) -> dict[str, Lines]:
    """Return the lines at which gradients are computed; raise what the layer raises."""
    subject = without_slope(subject)
    started = time.monotonic()
    left = call(subject, point, douts, nullcontext(), nullcontext())
    values = {name: as_gradient(left.get(name)) for name in names}
    wanted = {name: Watched(value) for name, value in values.items() if value is not None and value.size}
    if not wanted or time.monotonic() - started > LONGEST:
        return {}
    backward = [watched for name, watched in wanted.items() if name != OUTPUT]
    watches = Watch(file, [wanted[OUTPUT]] if OUTPUT in wanted else []), Watch(file, backward)
    if not subject.manner.backward:
        watches = Watch(file, list(wanted.values())), Watch(file, [])
    left = call(subject, point, douts, *watches)
    text = "".join(linecache.getlines(file))
    found = {}
    for name, watched in wanted.items():
        sighting = choose(watched, left.get(name), list(wanted.values()))
        if sighting is not None:
            watch = watches[0] if watched in watches[0].watched else watches[1]
            line, is_there = line_of(sighting, watch)
            found[name] = lines_around(text, line, sighting.path if is_there else ())
    return found


def without_slope(subject: Subject) -> Subject:
    """Return a subject whose backward gives what it returns, also where that is a slope."""
    other = copy.copy(subject)
    other.manner = replace(subject.manner, gives=GRADIENT)
    return other


def call(
    subject: Subject,
    point: Point,
    douts: list[np.ndarray],
    around_forward: AbstractContextManager,
    around_backward: AbstractContextManager,
) -> dict[str, Any]:
    """Return the very gradients, or moved parameters, and the output that a forward and backward of a copy leave."""
    instance = subject.fresh(point)
    inputs = [copied(x) for x in point.inputs]
    with around_forward:
        outputs = subject.forward_of_run(instance, point, inputs)
    with around_backward:
        returned = subject.call_backward(instance, [np.array(dout) for dout in douts], inputs)
    moved = {slot.gradient_name: slot.read(instance.thing) for slot in subject.slots if slot.is_moved}
    tied = {slot.gradient_name: slot.own_gradient(instance.thing) for slot in subject.slots if slot.tied}
    output = (instance.outputs or outputs)[0]
    return {**subject.left(instance, returned), **moved, **tied, OUTPUT: output}
