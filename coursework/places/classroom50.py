"""Classroom 50's grader: it runs in the student's checkout and leaves ``result.json`` there.

Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

import json
import os
import sys
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded, Grader
from coursework.grading.results import told
from coursework.grading.whole import write_whole
from coursework.judging.verdict import Part
from coursework.places.submitted import assignment_here, read_submitted, whole

RESULT = "result.json"
FROM_ENVIRONMENT = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def grade(folder: Path, assignment: Assignment, environment: Mapping[str, str]) -> Graded:
    """Grade a student's checkout; its result is written after each question."""

    def write(graded: Graded) -> None:
        content = result(whole(graded, assignment), environment)
        write_whole(folder / RESULT, json.dumps(content, indent=1, ensure_ascii=False) + "\n")

    submission = read_submitted(folder, student(environment), assignment, (".git", RESULT))
    write(Graded(submission.student, remarks=submission.remarks))
    return Grader(assignment).grade(submission, write)


def student(environment: Mapping[str, str]) -> str:
    """Return a student's name: that of the repository of the commit, the same at each submission."""
    return environment.get("COMMIT_URL", "").partition("/commit/")[0]


def result(graded: Graded, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return a result as Classroom 50 reads it: points are whole numbers, a test for each part."""
    said = {field: environment.get(name, "") for field, name in FROM_ENVIRONMENT.items()}
    tests = [test(verdict.exercise, part) for verdict in graded.verdicts for part in verdict.parts]
    return {
        "schema": "classroom50/result/v1",
        **said,
        "datetime": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "score": sum(one["score"] for one in tests),
        "max-score": sum(one["max-score"] for one in tests),
        "tests": tests,
    }


def test(exercise: str, part: Part) -> dict[str, Any]:
    """Return one part as a test; a part of a point counts as none."""
    return {
        "test-name": f"{exercise}: {part.question} {part.name}",
        "passed": part.ok,
        "score": int(part.points),
        "max-score": int(part.most),
        "output": told(part),
    }


def main(folder: str = ".") -> None:
    """Grade the checkout in a folder."""
    graded = grade(Path(folder), assignment_here(), os.environ)
    print(f"{graded.points:g} of {graded.most:g} points; see {RESULT}")


if __name__ == "__main__":
    main(*sys.argv[1:])
