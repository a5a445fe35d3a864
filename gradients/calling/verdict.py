"""The verdict on what was prepared, with the notes on how it was checked."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.prepared import Prepared
from gradients.calling.problems import CannotCheck
from gradients.examining import examine
from gradients.judging.combined import with_combined
from gradients.judging.notes import information, on_purpose, only_one_entry, strictly, subject_notes, with_notes
from gradients.judging.on_purpose import purpose
from gradients.judging.one_entry import is_for_one_entry
from gradients.locating.with_places import with_places
from gradients.order_of_findings import raised_finding
from gradients.report import Report, subject_text
from language import N_, _

OF_NO_LOSS = N_(
    "{subject}: none of its gradients is that of a usual loss (squared error, cross entropy, summed or averaged), and "
    "{backward} does not say for which loss it is. It may be right: give it a method loss(x, t), and it is compared "
    "with that"
)
NOT_UNDERSTOOD = N_(
    "{subject}: the names of the arguments of {backward} do not say what they are, and whatever was tried for them, "
    "no gradient came out right. It may be right, but called in another way than it is meant. Names such as dout, "
    "cache, x and t are understood"
)
MADE_BY_GUESS = N_(
    "{subject}: it was made with values, layers, functions or an optimizer that may not be what it takes, and its "
    "gradients did not come out right. It may be right. Write a function that returns one as you make it, and name "
    'it: --make "my_network()"'
)


def judge(prepared: Prepared, seed: int, full: bool, strict: bool) -> Report:
    """Return the report on what was prepared; ``strict`` to hold conventions against it."""
    if prepared.subject is None:
        return Report(f"{prepared.name} on {prepared.raised.inputs}", [], [raised_finding(prepared.raised.error)])
    return with_places(judge_subject(prepared, seed, full, strict))


def fits_no_loss(report: Report) -> bool:
    """Return whether no gradient is right, and not in a way that has a name: another loss may have been meant."""
    unknown = bool(report.findings) and all(finding.code == "unknown" for finding in report.findings)
    return unknown and not any(result.ok for result in report.arrays)


def is_doubtful(subject: Any, report: Report) -> bool:
    """Return whether what is wrong may be due to what a constructor was given, and not to the class itself.

    It is not where an optimizer moves a parameter as it should. One that is zero does not tell how it is moved.
    """
    right = {result.name for result in report.arrays if result.ok}
    if len(right) == len(report.arrays):
        return False
    moved = {slot.gradient_name for slot in subject.slots if slot.is_moved}
    telling = {name for name in moved & right if np.any(subject.point.params.get(name, 0.0))}
    return not right or bool(moved and not telling)


def judge_subject(prepared: Prepared, seed: int, full: bool, strict: bool) -> Report:
    """Return the report on a subject."""
    report = examine(prepared.subject, np.random.default_rng(seed), full)
    subject, backward = subject_text(report.subject), prepared.subject.manner.backward
    if prepared.subject.manner.loss and fits_no_loss(report):
        raise CannotCheck(_(OF_NO_LOSS, subject=subject, backward=backward))
    if prepared.subject.manner.guessed and report.arrays and not any(result.ok for result in report.arrays):
        raise CannotCheck(_(NOT_UNDERSTOOD, subject=subject, backward=backward))
    wrong = not all(result.ok for result in report.arrays)
    report = with_combined(report, prepared.subject, seed) if wrong else report
    if prepared.is_guessed and is_doubtful(prepared.subject, report):
        raise CannotCheck(_(MADE_BY_GUESS, subject=subject))
    notes = [information(_("checked in training mode, with {mode}.", mode=prepared.mode))] if prepared.mode else []
    notes = [*report.notes, *notes, *subject_notes(prepared.subject)]
    reason = purpose(prepared.subject, seed) if wrong else ""
    if reason:
        return replace(report, findings=[], notes=[on_purpose(reason), *notes])
    if strict:
        return strictly(replace(report, notes=notes))
    if wrong and is_for_one_entry(prepared.subject, seed):
        report, notes = replace(report, findings=[]), [only_one_entry(), *notes]
    return with_notes(replace(report, notes=notes), prepared.subject)
