"""The verdict on what was prepared, with the notes on how it was checked."""

from dataclasses import replace

import numpy as np

from gradients.calling.prepared import Prepared
from gradients.examining import examine
from gradients.judging.notes import information, only_one_entry, strictly, subject_notes, with_notes
from gradients.judging.one_entry import is_for_one_entry
from gradients.order_of_findings import raised_finding
from gradients.report import Report


def judge(prepared: Prepared, seed: int, full: bool, strict: bool) -> Report:
    """Return the report on what was prepared; ``strict`` to hold conventions against it."""
    if prepared.subject is None:
        return Report(f"{prepared.name} on {prepared.raised.inputs}", [], [raised_finding(prepared.raised.error)])
    report = examine(prepared.subject, np.random.default_rng(seed), full)
    notes = [information(f"checked in training, with {prepared.mode}.")] if prepared.mode else []
    notes = [*report.notes, *notes, *subject_notes(prepared.subject)]
    if strict:
        return strictly(replace(report, notes=notes))
    if not all(result.ok for result in report.arrays) and is_for_one_entry(prepared.subject, seed):
        report, notes = replace(report, findings=[]), [only_one_entry(), *notes]
    return with_notes(replace(report, notes=notes), prepared.subject)
