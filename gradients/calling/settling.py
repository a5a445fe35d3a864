"""Which of the manners in which a layer may be called is the one that it is meant in: the one that comes out right."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradients.calling.likeness import is_multiple, times_too_large
from gradients.calling.network_readings import DECAYS, LOSSES
from gradients.calling.readings import Reading
from gradients.calling.roles import key_of
from gradients.calling.suitable import fits
from gradients.judging.one_gradient import result_of
from gradients.measuring.arguments import uneven
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.large_arrays import agrees_along
from gradients.measuring.manner import ONE, SUM, Manner
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import deep_copy
from gradients.measuring.subject import Subject
from language import N_, _

PATIENCE = 4.0  # seconds of the processor for all manners of a layer; other programs on it do not count
NOTHING_AFTER = N_("backward was given 0 for the gradient from the step after.")
UNPUNISHED = N_("checked without the penalty on the weights: {name}=0.")
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
    tells_loss = any(manner.forward in LOSSES for manner, _ in readings)  # with the penalty, if there is one
    is_penalized = any(manner.loss for manner, _ in readings) and not tells_loss
    bare, penalties = without_penalty(thing) if is_penalized else (thing, [])
    started = time.process_time()
    precision = None
    hopeless: set[Manner] = set()
    for manner, inputs in readings:
        if replace(manner, loss="") in hopeless:
            continue
        try:
            subject = made(bare if manner.loss else thing, inputs, manner, name)
            subject.remarks += [_(UNPUNISHED, name=penalty) for penalty in penalties if manner.loss]
            subject.remarks += [_(NOTHING_AFTER)] if "zero" in (manner.takes or ()) else []
            if not subject.names or (may_give_nothing(subject) and not gives_anything(subject)):
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
        if share > best.share or (share == best.share < 1.0 and is_likelier_total(subject, best.subject, seed)):
            best.subject, best.share = subject, share
        if share == 1.0 or time.process_time() - started > PATIENCE:
            break
    return best


def is_likelier_total(subject: Subject, other: Subject | None, seed: int) -> bool:
    """Return whether gradients of the losses of samples are of the size that belongs to this total, and not another."""
    if other is None or not subject.manner.total or replace(subject.manner, total=other.manner.total) != other.manner:
        return False
    sizes = [times_too_large(each, seed) if is_multiple(each, seed) else None for each in (subject, other)]
    return None not in sizes and abs(np.log(sizes[0])) < abs(np.log(sizes[1])) - 1e-6


def may_give_nothing(subject: Subject) -> bool:
    """Return whether it may be the fault of the call where no gradient is there."""
    several = len(subject.point.inputs) > 1 and getattr(subject.pristine, "may_want_other_tensors", False)
    return several or subject.manner.takes is not None


def gives_anything(subject: Subject) -> bool:
    """Return whether backward leaves a gradient at all, anywhere."""
    run = subject.run(subject.point, [uneven(shape) for shape in subject.output_shapes])
    return any(gradient is not None for gradient in run.gradients.values())


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
    subject.remarks += [_(UNPUNISHED, name=argument) for argument in left_out]
    subject.remarks += [
        _(
            'checked with {name}="{value}": with its default, forward averages, and backward does not.',
            name=name,
            value=value,
        )
        for name, value in manner.named
        if value == "sum"
    ]
    if manner.total and manner.total != ONE:
        subject.remarks.append(
            _(
                "forward gives a loss for each sample or element; the gradient was compared with that of their "
                "{total}, as for a dout of {ones}.",
                total=_(manner.total),
                ones=_("ones") if manner.total == SUM else _("one over their number"),
            )
        )
    return subject


def without_penalty(thing: Any) -> tuple[Any, list[str]]:
    """Return a network with no penalty on its weights, a copy where it had one, and the names of its factors.

    Its forward does not give the penalty, only its backward knows of it.
    """
    held = getattr(thing, "__dict__", {})
    names = [
        name for name, value in held.items() if key_of(name) in DECAYS and type(value) in (int, float) and value > 0
    ]
    if not names:
        return thing, []
    try:
        twin = deep_copy(thing)
        for name in names:
            setattr(twin, name, type(held[name])(0))
    except Exception:
        return thing, []
    return twin, [f"self.{name}" for name in names]


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
