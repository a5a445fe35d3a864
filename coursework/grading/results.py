"""The files that other programs read: a table of points, a result for each student as Gradescope and JUnit have it."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded
from coursework.judging.verdict import Part, Verdict
from coursework.pages.html import earned_of
from language import _

FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # with which a cell begins that a spreadsheet would compute


def to_csv(graded: Sequence[Graded], assignment: Assignment) -> str:
    """Return the points of all, a row for each student."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["student", "points", "of", *(exercise.name for exercise in assignment.exercises), "remarks"])
    for one in graded:
        remarks = "; ".join([*one.remarks, *(line for verdict in one.verdicts for line in verdict.for_teacher)])
        numbers = [one.points, one.most, *(verdict.points for verdict in one.verdicts)]
        writer.writerow([safe(one.student), *(f"{number:g}" for number in numbers), safe(remarks)])
    return file.getvalue()


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Anna")
    ("'=1+1", 'Anna')
    """
    return f"'{text}" if text.startswith(FORMULAS) else text


def to_gradescope(graded: Graded) -> dict[str, Any]:
    """Return a result as Gradescope reads it: a test for each part; the hidden inputs are in none."""
    tests = []
    for number, verdict in enumerate(graded.verdicts, start=1):
        for place, part in enumerate(verdict.parts, start=1):
            tests.append(
                {
                    "name": f"{verdict.exercise}: {part.question} {part.name}",
                    "number": f"{number}.{place}",
                    "score": part.points,
                    "max_score": part.most,
                    "status": "passed" if part.ok else "failed",
                    "output": told(part),
                    "output_format": "text",
                    "name_format": "text",
                    "visibility": "visible",
                    "tags": [part.code] if part.code else [],
                }
            )
    remarks = [*graded.remarks, *(line for verdict in graded.verdicts for line in verdict.remarks)]
    return {"score": graded.points, "output": "\n".join(remarks), "output_format": "text", "tests": tests}


def told(part: Part) -> str:
    """Return what a student is told about a part."""
    if part.ok:
        return _("right")
    return f"{part.code}: {part.message}" if part.code else part.message


def lines_of(verdict: Verdict) -> list[str]:
    """Return what a student is told about an exercise, line by line; the hidden inputs are in none."""
    lines = [
        f"{part.question} {part.name}: {earned_of(part.points, part.most)}: {told(part)}" for part in verdict.parts
    ]
    return [*verdict.remarks, *lines]


def to_junit(graded: Graded) -> str:
    """Return a result as JUnit's XML has it."""
    suites = ElementTree.Element("testsuites", name=clean(graded.student))
    for verdict in graded.verdicts:
        failed = [part for part in verdict.parts if not part.ok]
        counts = {"tests": str(len(verdict.parts)), "failures": str(len(failed)), "errors": "0", "skipped": "0"}
        suite = ElementTree.SubElement(suites, "testsuite", {"name": verdict.exercise, **counts})
        for part in verdict.parts:
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"{verdict.exercise}.{part.question}", name=part.name, time="0"
            )
            if not part.ok:
                words = {"type": part.code or "wrong", "message": clean(part.message)}
                ElementTree.SubElement(case, "failure", words).text = clean(told(part))
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=False) + "\n"


def clean(text: str) -> str:
    """Return a text without the letters that XML does not know."""
    allowed = (
        letter for letter in text if letter in "\t\n" or " " <= letter <= "\ud7ff" or "\ue000" <= letter != "\ufffe"
    )
    return "".join(letter for letter in allowed if letter != "\uffff")


def as_json(content: dict[str, Any]) -> str:
    """Return a result as text."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
