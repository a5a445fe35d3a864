"""Which of the manners in which a layer may be called is the one that it is meant in: the one that comes out right."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradients.calling.readings import Reading
from gradients.calling.suitable import fits
from gradients.judging.one_gradient import result_of
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.large_arrays import agrees_along
from gradients.measuring.manner import Manner
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject

PATIENCE = 4.0  # seconds of the processor for all manners of a layer; other programs on it do not count
SECONDS = 0.5  # for a look at each element of a manner; where it takes longer, a random direction is looked at
MOST_ELEMENTS = 2000  # of all gradients, up to which a manner is tried by looking at each


@dataclass
class Settled:
    """A subject in the manner that suits it best.

    Attributes
    ----------
    subject : Subject, or None
        None where no manner ran.
    share : float
        The share of gradients that are right at a first look.
    raised : LayerRaised, or None
        What the likeliest manner raised.
    empty : bool
        Whether a manner ran in which there was nothing to differentiate, or no gradient anywhere.
    """

    subject: Subject | None = None
    share: float = -1.0
    raised: LayerRaised | None = None
    empty: bool = False


def settle(thing: Any, readings: Sequence[Reading], seed: int, name: str = "", closely: bool = False) -> Settled:
    """Return the first reading in which all gradients are right at a first look, else that in which most are.

    Where there is but one, and nobody wants to know it ``closely``, no look is taken.
    """
    best = Settled()
    started = time.process_time()
    precision = None
    hopeless: set[Manner] = set()
    for manner, inputs in readings:
        if replace(manner, loss="") in hopeless:
            continue
        try:
            subject = made(thing, inputs, manner, name)
            if not subject.names or (manner.takes is not None and not subject.gives_anything()):
                best.empty = True
                continue
            subject.precision = precision
            moved = any(slot.is_moved for slot in subject.slots)
            share = look(subject, seed) if len(readings) > 1 or moved or closely else 0.5
        except LayerRaised as raised:
            if best.raised is None or (is_missing(raised) and not is_missing(best.raised)):
                best.raised = raised
            continue
        if time.process_time() - started > SECONDS:  # a slow forward is rounded as it was with the last reading
            precision = subject.precision
            if manner.loss and not fits(subject):  # whatever the loss is
                hopeless.add(replace(manner, loss=""))
        if share > best.share:
            best.subject, best.share = subject, share
        if share == 1.0 or time.process_time() - started > PATIENCE:
            break
    return best


def is_missing(raised: LayerRaised) -> bool:
    """Return whether a name is not there, which tells more than what other manners raise."""
    return type(raised.error) is NameError


def made(thing: Any, inputs: Sequence[Any], manner: Manner, name: str) -> Subject:
    """Return the subject; of a network whose backward returns something like dx, with that to be right too."""
    subject = Subject(thing, inputs, manner, name)
    returned = subject.first_returned
    if manner.loss and isinstance(returned, np.ndarray) and returned.shape == np.shape(inputs[0]):
        subject = Subject(thing, inputs, replace(manner, wanted=(0,)), name)
    left_out = [argument for argument, role in manner.also if role == "0"]
    subject.remarks += [f"checked without the penalty on the weights: {argument}=0." for argument in left_out]
    return subject


def look(subject: Subject, seed: int) -> float:
    """Return the share of gradients that are right in one case, with the first learning rate that fits better."""
    share = share_right(subject, seed)
    if share == 1.0 or not any(slot.is_moved for slot in subject.slots):
        return share
    for rate in dict.fromkeys(rate for rate in subject.numbers[0] if 0 < rate <= 10):
        subject.rate = rate
        share_now = share_right(subject, seed)
        if share_now > share:
            return share_now
    subject.rate = None
    return share


def share_right(subject: Subject, seed: int) -> float:
    """Return the share of gradients that are right in one case; those that are not there count as wrong."""
    if sum(np.size(x) for x in (*subject.point.inputs, *subject.point.params.values())) > MOST_ELEMENTS:
        return 0.5
    subject.seeded = True
    try:
        exam = Exam(subject, np.random.default_rng(seed), cases=1)
        case = exam.cases[0]
        size = sum(array.size for array in case.truth.evaluator.arrays.values())
        if 4 * size * case.truth.evaluator.seconds > SECONDS:
            everything = [is_right_along(case, name, exam.rng) for name in subject.names]
            return sum(everything) / len(everything)
        right = [result_of(exam, case, name, case.right(name), case.given(name)) for name in subject.names]
    finally:
        subject.seeded = False
    shown = [result for result in right if result.checked or not result.ok]
    return sum(result.ok for result in shown) / max(1, len(shown))


def is_right_along(case: Case, name: str, rng: np.random.Generator) -> bool:
    """Return whether a gradient has its shape and predicts how the output changes along a random direction."""
    given = case.given(name)
    if given is None or given.shape != case.truth.evaluator.arrays[name].shape:
        return False
    return agrees_along(case, name, np.ones(given.size, bool), rng)
