"""The program behind ``python -m coursework grade``: all submissions graded, and what is written about them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from coursework.apart.sealing import Limits
from coursework.grading.alike import alike
from coursework.grading.assignment import Assignment
from coursework.grading.cluster import on_cluster
from coursework.grading.one import Graded
from coursework.grading.results import as_json, to_csv, to_gradescope, to_junit
from coursework.grading.side_by_side import side_by_side
from coursework.grading.submissions import read_submissions
from coursework.grading.verdict_files import VerdictFiles, file_name
from coursework.grading.whole import remove_unfinished, write_whole
from coursework.pages.classroom import class_page
from coursework.pages.student import student_page, teacher_page
from language import _, speaking

RESULTS, PAGES, FOR_TEACHER = "results", "pages", "teacher"
MARK = ".grades"  # in a folder whose files are ours, and may be replaced


def grade(
    path: Path,
    assignment: Assignment,
    out: Path,
    jobs: int | None = None,
    limits: Limits | None = None,
    cluster: str | None = None,
    spoken: str = "",
) -> list[Graded]:
    """Grade the submissions in a folder or archive, and write what came out into a folder.

    ``grades.csv``, ``class.html``; ``results/`` for other programs, ``pages/`` for the students, ``teacher/`` for the
    teacher, a file for each student. What was found out about each is in ``verdicts/`` as soon as it is known: when a
    run is killed, the next one goes on where it was; a submission that has changed is graded anew.

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
    cluster : str, optional
        The address of a Dask scheduler, whose workers do it.
    spoken : str
        The language of all that is written; that of the assignment without it, whatever this machine speaks.

    Returns
    -------
    list of Graded

    Raises
    ------
    ValueError
        When there are no submissions, ``out`` holds something else, or there is no such cluster.
    """
    with speaking(spoken or assignment.facts.language):
        return graded_into(out, path, assignment, jobs or os.cpu_count() or 1, limits or Limits(), cluster)


def graded_into(
    out: Path, path: Path, assignment: Assignment, jobs: int, limits: Limits, cluster: str | None
) -> list[Graded]:
    """Grade the submissions, and write what came out, in the language that is spoken."""
    submissions = read_submissions(path, [exercise.name for exercise in assignment.exercises])
    require_own(out)
    files = VerdictFiles(out, assignment, submissions)
    todo = [submission for submission in submissions if not files.is_done(submission)]
    if cluster:
        results = on_cluster(assignment, todo, cluster, limits)
    else:
        results = side_by_side(assignment, todo, out, jobs, limits)
    count = Count(len(submissions), len(submissions) - len(todo))
    for submission, text in results:
        files.write(submission, text)
        count.tell()
    count.end()
    graded = [files.read(submission) for submission in submissions]
    write_all(graded, assignment, out)
    return graded


class Count:
    """A line on the terminal that says how many submissions are graded."""

    def __init__(self, most: int, done: int) -> None:
        self.most, self.done = most, done
        self.is_shown = sys.stderr is not None and sys.stderr.isatty()

    def tell(self) -> None:
        """Say that one more is done."""
        self.done += 1
        if self.is_shown:
            said = _("{done} of {most}", done=self.done, most=self.most)
            print(f"\r{said} ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.is_shown:
            print(file=sys.stderr)


def require_own(out: Path) -> None:
    """Make a folder for grades; raise ValueError when it is there and holds something else."""
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        said = _("{folder} holds something else; grades go into a new folder, or into one of an earlier grade")
        raise ValueError(said.format(folder=out))
    out.mkdir(parents=True, exist_ok=True)
    remove_unfinished(out)
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
