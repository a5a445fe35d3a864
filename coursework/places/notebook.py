"""Our grader in a notebook: for the test cells of nbgrader and otter-grader.

What counts is the source of the student's cells, as the notebook's file has it. It is graded in a process of its own,
so that nothing that is replaced in the kernel changes what it is worth.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from coursework.grading.assignment import FILE, Assignment
from coursework.grading.one import Graded, Grader, fingerprint
from coursework.grading.results import lines_of, told
from coursework.grading.submissions import Submission
from coursework.judging.verdict import Verdict
from gradients.homework.source import all_cells
from language import set_language

VARIABLE = "CHAINRULE_ASSIGNMENT"
MARK = "chainrule"  # the metadata of a cell that say to which exercise it belongs


def find_assignment(folder: Path | None = None) -> Assignment:
    """Return the assignment: that which ``CHAINRULE_ASSIGNMENT`` names, or in a folder ``teacher`` here or above.

    Raises
    ------
    ValueError
        When there is none.
    """
    if os.environ.get(VARIABLE):
        return Assignment(Path(os.environ[VARIABLE]))
    here = (folder or Path.cwd()).resolve()
    for place in (here, *here.parents):
        if (place / "teacher" / FILE).is_file():
            return Assignment(place / "teacher")
    raise ValueError(f"there is no folder teacher beside or above {here}; set {VARIABLE} to the one that make wrote")


def grade_notebook(content: bytes, name: str, student: str, assignment: Assignment) -> Graded:
    """Grade a notebook of one exercise, or of several whose cells say where they belong.

    Parameters
    ----------
    content : bytes
    name : str
        The exercise's, where the cells say nothing.
    student : str
        Where it is empty, the hidden inputs depend on what was handed in.
    assignment : Assignment
    """
    set_language(assignment.facts.language)
    submission = Submission(student, texts_of(content, name))
    submission.student = student or fingerprint(assignment, submission)
    return Grader(assignment).grade(submission)


def texts_of(content: bytes, name: str) -> dict[str, bytes]:
    """Return the notebook of each exercise in a notebook: a cell that says nothing belongs where the one above does.

    The test cells of nbgrader are left out.
    """
    try:
        cells = [cell for cell in all_cells(json.loads(content)) if not said(cell, "nbgrader", {}).get("grade")]
        marks = [said(cell, MARK, None) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return {f"{name}.ipynb": content}
    found: dict[str, list[Any]] = {}
    for cell, mark in zip(cells, marks, strict=True):
        name = mark if isinstance(mark, str) else name
        found.setdefault(name, []).append(cell)
    return {f"{one}.ipynb": json.dumps({"cells": own}).encode() for one, own in found.items()}


def said(cell: Any, name: str, otherwise: Any) -> Any:
    """Return what the metadata of a cell say."""
    return cell.get("metadata", {}).get(name, otherwise)


@lru_cache(maxsize=8)
def graded_here(path: Path, content: bytes) -> Graded:
    """Return what the notebook in this kernel's folder is worth; it is graded once."""
    return grade_notebook(content, path.stem, "", find_assignment(path.parent))


def verdict_here(exercise: str) -> Verdict:
    """Return the verdict on an exercise, in the notebook of its name or in the only one in this folder."""
    path = Path.cwd() / f"{exercise}.ipynb"
    notebooks = sorted(Path.cwd().glob("*.ipynb"))
    if not path.is_file() and len(notebooks) == 1:
        path = notebooks[0]
    graded = graded_here(path, path.read_bytes())
    return next(verdict for verdict in graded.verdicts if verdict.exercise == exercise)


def feedback(verdict: Verdict) -> str:
    """Return what the student is told, a line for each part; the hidden inputs are in none."""
    return "\n".join(lines_of(verdict)) + "\n"


def points(exercise: str) -> float:
    """Print what the student is told about an exercise, and return its points, which nbgrader takes from there."""
    verdict = verdict_here(exercise)
    print(feedback(verdict), end="")
    return verdict.points


def require(exercise: str, question: str, part: str) -> None:
    """Raise AssertionError, with what the student is told, where a part is wrong: otter-grader sees that it fails."""
    found = next(one for one in verdict_here(exercise).parts if (one.question, one.name) == (question, part))
    if not found.ok:
        raise AssertionError(f"{question} {part}: {told(found)}")
