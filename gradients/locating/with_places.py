"""The findings of a report, each with the line at which its array is computed.

Where a finding was seen is noted when it is made, and looked up when all is judged: what a layer does when it is called
once more changes no verdict.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from gradients.homework.source import Source
from gradients.judging.one_gradient import compare_case
from gradients.locating.lines import CHANGED, OUTPUT, lines_of
from gradients.locating.own_source import file_of, source_of
from gradients.locating.statements import Lines
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.report import Finding, Report


class Origin(NamedTuple):
    """Where a finding was seen: the subject, the case in which the array is wrong, and the name of the array."""

    subject: Any
    case: Case
    name: str


def with_origins(exam: Exam, findings: list[Finding]) -> list[Finding]:
    """Return the findings, each with where it was seen."""
    names = [array_of(finding, exam.subject.names) for finding in findings]
    origins = [Origin(exam.subject, case_of(exam, name), name) if name else None for name in names]
    return [replace(finding, origin=origin) for finding, origin in zip(findings, origins, strict=True)]


def array_of(finding: Finding, names: list[str]) -> str:
    """Return the array whose line says where a mistake is; empty where there is none."""
    if finding.code == "forward-wrong":
        return OUTPUT
    if finding.code.startswith("overwrites-"):
        return f"{CHANGED}{finding.evidence['changed']}"
    return str(finding.array) if finding.array in names else ""


def case_of(exam: Exam, name: str) -> Case:
    """Return the first case in which an array is wrong; the first of all where it is in none, large, or no gradient."""
    if name not in exam.subject.names or exam.cases[0].truth.evaluator.arrays[name].size > exam.plan.whole:
        return exam.cases[0]
    for case in exam.cases:
        if not compare_case(exam, case, name, np.random.default_rng(0), full=False).ok:
            return case
    return exam.cases[0]


def with_places(report: Report) -> Report:
    """Return the report with the places of its findings, as far as these are found."""
    try:
        findings = placed(report.findings)
    except Exception:  # a report is right without its places
        findings = report.findings
    parts = ([replace(finding, origin=None) for finding in part] for part in (findings, report.notes))
    return replace(report, **dict(zip(("findings", "notes"), parts, strict=True)))


def placed(findings: list[Finding]) -> list[Finding]:
    """Return findings with their places; those that were seen in the same case are looked up together."""
    origins = [finding.origin for finding in findings if finding.origin is not None]
    lines: dict[int, tuple[Source, dict[str, Lines]]] = {}
    for origin in origins:
        source = own_source(origin.subject)
        if source is not None and id(origin.case) not in lines:
            names = list(dict.fromkeys(other.name for other in origins if other.case is origin.case))
            lines[id(origin.case)] = source, lines_in(origin.subject, origin.case, names)
    return [
        with_place(finding, *lines.get(finding.origin and id(finding.origin.case), (None, {}))) for finding in findings
    ]


def with_place(finding: Finding, source: Source | None, lines: dict[str, Lines]) -> Finding:
    """Return a finding with its place, where that was found."""
    if source is None or finding.origin.name not in lines:
        return finding
    found = lines[finding.origin.name]
    return replace(finding, place=source.place(found.first), line=source.statement(*found))


def own_source(subject: Any) -> Source | None:
    """Return the source of a subject, which is in another process or in this one."""
    return subject.source if hasattr(subject, "source") else source_of(own_file(subject))


def own_file(subject: Any) -> str:
    """Return the file in which a subject of this process is written."""
    return file_of(subject.pristine, subject.manner.backward)


def lines_in(subject: Any, case: Case, names: list[str]) -> dict[str, Lines]:
    """Return the lines at which arrays of a case are computed, found where the subject is."""
    if hasattr(subject, "lines_of"):
        return subject.lines_of(case.point, case.douts, names)
    return lines_of(subject, case.point, case.douts, names, own_file(subject))
