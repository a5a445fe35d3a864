"""The check of a layer or of functions: the manner in which it is meant is found, and what it gives examined."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.preparing import Pair, Prepared, prepare
from gradients.examining import examine
from gradients.judging.notes import information, only_one_entry, subject_notes, with_notes
from gradients.judging.one_entry import is_for_one_entry
from gradients.measuring.surroundings import class_state, quiet_and_restored, restore_classes_quietly
from gradients.order_of_findings import raised_finding
from gradients.report import Report


def check_thing(
    thing: Any, pairs: Sequence[Pair], candidates: Iterable[Any], seed: int, full: bool = False, fixed: bool = False
) -> Report:
    """Return the report on a layer or on functions; see :func:`prepare`."""
    state = class_state(thing)
    with quiet_and_restored():
        try:
            return judge(prepare(thing, pairs, candidates, seed, fixed), seed, full)
        finally:
            restore_classes_quietly(state)


def judge(prepared: Prepared, seed: int, full: bool) -> Report:
    """Return the report on what was prepared."""
    if prepared.subject is None:
        return Report(f"{prepared.name} on {prepared.raised.inputs}", [], [raised_finding(prepared.raised.error)])
    report = examine(prepared.subject, np.random.default_rng(seed), full)
    if not report.ok and report.arrays and is_for_one_entry(prepared.subject, seed):
        report = replace(report, findings=[], notes=[only_one_entry(), *report.notes])
    notes = [information(f"checked in training, with {prepared.mode}.")] if prepared.mode else []
    report = replace(report, notes=[*report.notes, *notes, *subject_notes(prepared.subject)])
    return with_notes(report, prepared.subject)
