"""What a check has found, as the page shows it: JSON, every text in the language that is spoken."""

import re
from typing import Any

from coursework.judging.verdict import Part
from coursework.pages.html import points_of
from gradients.array_result import ArrayResult, error_text, verdict
from gradients.report import Finding, Report, evidence_text, subject_text, title
from language import _
from page.inside.checking.marking import Mark, Marker

LINE = re.compile(r":(\d+)$")  # at the end of a place: my_layer.py:20


def told_report(report: Report, text: str) -> dict[str, Any]:
    """Return a report: the table of gradients, the mistakes and the notes."""
    return {
        "subject": subject_text(report.subject),
        "ok": report.ok,
        "verdict": report.verdict,
        "arrays": [told_array(array, report.ok) for array in report.arrays],
        "findings": [told_finding(finding, text) for finding in report.findings],
        "notes": [
            {"title": "" if note.code == "how-checked" else title(_(note.code), note.array), "message": note.message}
            for note in report.notes
        ],
    }


def told_array(array: ArrayResult, noted: bool) -> dict[str, Any]:
    """Return one row of the table."""
    return {
        "name": array.name,
        "shape": str(array.shape),
        "checked": array.checked,
        "kinks": array.kinks,
        "error": array.max_relative_error,
        "shown": error_text(array),
        "ok": array.ok,
        "said": verdict(array, noted),
    }


def told_finding(finding: Finding, text: str) -> dict[str, Any]:
    """Return a mistake, with the lines of the text that are marked for it."""
    found = LINE.search(finding.place)
    mark = Marker.statement(text, int(found[1])) if found else None
    return {
        "code": finding.code,
        "title": _(finding.code),
        "array": finding.array or "",
        "message": finding.message,
        "seen": evidence_text(finding),
        "mark": told_mark(mark),
    }


def told_part(part: Part, mark: Mark | None, hints: int) -> dict[str, Any]:
    """Return one part of an exercise, and how many hints there are for it."""
    return {
        "question": part.question,
        "name": part.name,
        "points": part.points,
        "most": part.most,
        "ok": part.ok,
        "code": part.code,
        "title": _(part.code) if part.code else "",
        "message": part.message,
        "mark": told_mark(mark),
        "hints": hints,
    }


def told_mark(mark: Mark | None) -> dict[str, int] | None:
    """Return the lines that are marked, and the columns of their beginning and end."""
    return mark and {"line": mark.line, "end": mark.end, "from": mark.start, "to": mark.stop}


def told_points(points: float, most: float) -> str:
    """Return points in words: 3 of 8 points."""
    return points_of(points, most)
