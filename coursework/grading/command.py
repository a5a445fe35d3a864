"""The program behind ``python -m coursework grade``: all submissions graded, and what is written about them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from coursework.apart.sealing import Limits
from coursework.grading.alike import alike
from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded
from coursework.grading.results import as_json, to_csv, to_gradescope, to_junit
from coursework.grading.side_by_side import file_name, grade_all
from coursework.grading.submissions import read_submissions
from coursework.grading.worker import write_whole
from coursework.pages.classroom import class_page
from coursework.pages.student import student_page, teacher_page

RESULTS, PAGES, FOR_TEACHER = "results", "pages", "teacher"
MARK = ".grades"  # in a folder whose files are ours, and may be replaced


def grade(
    path: Path, assignment: Assignment, out: Path, jobs: int | None = None, limits: Limits | None = None
) -> list[Graded]:
    """Grade the submissions in a folder or archive, and write what came out into a folder.

    ``grades.csv``, ``class.html``; ``results/`` for other programs, ``pages/`` for the students, ``teacher/`` for the
    teacher, a file for each student.

    Parameters
    ----------
    path : Path
        The submissions.
    assignment : Assignment
    out : Path
    jobs : int, optional
        How many submissions are graded at a time; as many as there are processors without it.
    limits : Limits, optional
        Of each student's process.

    Returns
    -------
    list of Graded

    Raises
    ------
    ValueError
        When there are no submissions, or ``out`` holds something else.
    """
    require_own(out)
    names = [exercise.name for exercise in assignment.exercises]
    submissions = read_submissions(path, names)
    count = len(submissions)
    done: list[Graded] = []

    def tell(one: Graded) -> None:
        done.append(one)
        if sys.stderr is not None and sys.stderr.isatty():
            print(f"\r{len(done)} of {count} ", end="", file=sys.stderr, flush=True)

    graded = grade_all(assignment, submissions, out, jobs or os.cpu_count() or 1, limits, tell)
    if done and sys.stderr is not None and sys.stderr.isatty():
        print(file=sys.stderr)
    write_all(graded, assignment, out)
    return graded


def require_own(out: Path) -> None:
    """Make a folder for grades; raise ValueError when it is there and holds something else."""
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(f"{out} holds something else; grades go into a new folder, or into one of an earlier grade")
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()


def write_all(graded: Sequence[Graded], assignment: Assignment, out: Path) -> None:
    """Write the files about all submissions."""
    for folder in (RESULTS, PAGES, FOR_TEACHER):
        (out / folder).mkdir(exist_ok=True)
    wanted: set[Path] = set()

    def write(path: Path, text: str) -> None:
        wanted.add(path)
        write_whole(path, text)

    for one in graded:
        name = file_name(one.student)
        write(out / RESULTS / f"{name}.json", as_json(to_gradescope(one)))
        write(out / RESULTS / f"{name}.xml", to_junit(one))
        write(out / PAGES / f"{name}.html", student_page(one, assignment))
        write(out / FOR_TEACHER / f"{name}.html", teacher_page(one, assignment))
    for folder in (RESULTS, PAGES, FOR_TEACHER):
        for path in (out / folder).iterdir():
            if path not in wanted:
                path.unlink()
    files = {one.student: f"{FOR_TEACHER}/{file_name(one.student)}.html" for one in graded}
    write_whole(out / "class.html", class_page(graded, assignment, alike(graded, assignment), files))
    write_whole(out / "grades.csv", "\ufeff" + to_csv(graded, assignment))  # so that spreadsheets see that it is UTF-8
