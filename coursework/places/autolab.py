"""Autolab's grader: feedback on standard output, and as its last line the points of each problem.

Source: https://docs.autolabproject.com/lab/
"""

import json
import sys
from pathlib import Path

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded, Grader, fingerprint
from coursework.grading.results import lines_of
from coursework.pages.html import points_of
from coursework.places.submitted import assignment_here, read_submitted

OURS = ("autograde", "autograde.tar", "autograde-Makefile", "Makefile")
LIMITS = Limits(memory_megabytes=600)


def grade(folder: Path, assignment: Assignment) -> Graded:
    """Grade what lies in the folder in which Autolab runs make, and print what the student reads.

    Autolab tells no names: the hidden inputs depend on what was handed in.
    """
    submission = read_submitted(folder, "", assignment, OURS)
    submission.student = fingerprint(assignment, submission)
    graded = Grader(assignment, LIMITS).grade(submission)
    print("\n".join(feedback(graded)))
    print(json.dumps(scores(graded)), flush=True)
    return graded


def feedback(graded: Graded) -> list[str]:
    """Return what a student reads, line by line; the hidden inputs are in none."""
    lines = list(graded.remarks)
    for verdict in graded.verdicts:
        lines += ["", f"{verdict.exercise}: {points_of(verdict.points, verdict.most)}"]
        lines += [f"  {line}" for line in lines_of(verdict)]
    return [*lines, ""]


def scores(graded: Graded) -> dict[str, object]:
    """Return the last line: the points of each problem, which has the name of its exercise."""
    points = {verdict.exercise: verdict.points for verdict in graded.verdicts}
    return {"scores": points, "scoreboard": [graded.points]}


def main(folder: str = ".") -> None:
    """Grade what Autolab has laid into a folder."""
    grade(Path(folder), assignment_here())


if __name__ == "__main__":
    main(*sys.argv[1:])
