"""The check of a layer or of functions: the manner in which it is meant is found, and what it gives examined."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.preparing import Pair, Prepared, prepare
from gradients.examining import examine
from gradients.judging.notes import information, on_purpose, only_one_entry, strictly, subject_notes, with_notes
from gradients.judging.on_purpose import purpose
from gradients.judging.one_entry import is_for_one_entry
from gradients.measuring.surroundings import class_state, quiet_and_restored, restore_classes_quietly
from gradients.order_of_findings import raised_finding
from gradients.report import Report


def check_thing(
    thing: Any,
    pairs: Sequence[Pair],
    candidates: Iterable[Any],
    seed: int,
    full: bool = False,
    fixed: bool = False,
    strict: bool = False,
) -> Report:
    """Return the report on a layer or on functions; see :func:`gradients.calling.preparing.prepare`."""
    state = class_state(thing)
    with quiet_and_restored():
        try:
            return judge(prepare(thing, pairs, candidates, seed, fixed), seed, full, strict)
        finally:
            restore_classes_quietly(state)


def judge(prepared: Prepared, seed: int, full: bool, strict: bool) -> Report:
    """Return the report on what was prepared; ``strict`` to hold conventions against it."""
    if prepared.subject is None:
        return Report(f"{prepared.name} on {prepared.raised.inputs}", [], [raised_finding(prepared.raised.error)])
    report = examine(prepared.subject, np.random.default_rng(seed), full)
    notes = [information(f"checked in training, with {prepared.mode}.")] if prepared.mode else []
    notes = [*report.notes, *notes, *subject_notes(prepared.subject)]
    wrong = not all(result.ok for result in report.arrays)
    reason = purpose(prepared.subject, seed) if wrong else ""
    if reason:
        return replace(report, findings=[], notes=[on_purpose(reason), *notes])
    if strict:
        return strictly(replace(report, notes=notes))
    if wrong and is_for_one_entry(prepared.subject, seed):
        report, notes = replace(report, findings=[]), [only_one_entry(), *notes]
    return with_notes(replace(report, notes=notes), prepared.subject)
