"""Softmax (or sigmoid) and cross entropy differentiated in one: a convention, by which each alone seems to be wrong.

With p = softmax(z) and the cross entropy -sum(t log p), dL/dz = p - t. Who knows that lets the loss, which is given p,
return p - t, and the softmax pass it on as it comes. The two are right together, and neither is alone. So it is with a
log-softmax and the negative log-likelihood.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from gradients.judging.gradients_of_scores import OF_SCORES, of_scores
from gradients.judging.softmax_left_out import (
    DOUT,
    FORWARD,
    GIVES,
    is_explained,
    left_to_loss,
    unexplained,
    what_is_left,
    which_softmax,
)
from gradients.locating.with_places import with_origins
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised
from gradients.report import Finding, Report
from language import _


def with_combined(report: Report, subject: Any, seed: int) -> Report:
    """Return the report with what it says of a softmax and its cross entropy that are differentiated in one."""
    if len(subject.names) != 1 or subject.names[0] not in subject.input_names:
        return report
    try:
        exam = Exam(subject, np.random.default_rng(seed))
        exam.add_redrawn(1)
    except LayerRaised:
        return report
    found = of_scores(exam) if subject.is_loss else of_softmax(exam)
    if found is None:
        return report
    others = [finding for finding in report.findings if finding.code.startswith("overwrites-")]
    if found.code == "combined":
        return replace(report, findings=others, notes=[found, *report.notes])
    return replace(report, findings=[*with_origins(exam, [found]), *others])


def of_softmax(exam: Exam) -> Finding | None:
    """Return what is to be said of a softmax whose derivative is left out, None of another."""
    name = exam.subject.names[0]
    given = {what_is_left(case, name) for case in exam.cases}
    if len(given) > 1 or "" in given:
        return None
    (left,) = given
    which = which_softmax(exam.cases[0], name)
    if is_explained(exam.subject):
        return left_to_loss(name, which, left)
    return unexplained(name, which) if left == DOUT else None


def leaves_to_loss(report: Report) -> bool:
    """Return whether a report says that a softmax passes dout on, and knows of no loss that this is for."""
    return any(finding.evidence.get(GIVES) == DOUT for finding in report.findings)


def is_loss_of(report: Report, other: Report) -> bool:
    """Return whether a report says that a loss gives the gradient of the scores before the softmax of another."""
    which = {finding.evidence.get(FORWARD) for finding in other.findings if finding.evidence.get(GIVES) == DOUT}
    return any(note.evidence.get(OF_SCORES) in which for note in report.notes)


def with_its_loss(report: Report, loss: str) -> Report:
    """Return the report on a softmax that passes dout on, in a file with a loss that belongs to it."""
    found = [finding for finding in report.findings if finding.evidence.get(GIVES) == DOUT]
    more = _("In this file, {loss} gives it.", loss=loss)
    notes = [left_to_loss(str(finding.array), str(finding.evidence[FORWARD]), DOUT, more) for finding in found]
    kept = [finding for finding in report.findings if finding not in found]
    return replace(report, findings=kept, notes=[*notes, *report.notes])
