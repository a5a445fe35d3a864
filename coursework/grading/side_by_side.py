"""Submissions graded side by side by several processes on this machine."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.grading_process import GradingProcess
from coursework.grading.submissions import Submission

WORK, PREFIX = ".work", "grade-"  # a file that names the folder which graders need while they run, and its name
Result = tuple[Submission, str]


def side_by_side(
    assignment: Assignment, submissions: Sequence[Submission], out: Path, jobs: int, limits: Limits
) -> Iterator[Result]:
    """Yield each submission with what it is worth, as text, in the order in which they are done.

    Parameters
    ----------
    assignment : Assignment
    submissions : sequence of Submission
    out : Path
        The folder of grades.
    jobs : int
        How many at a time.
    limits : Limits
        Of each student's process.
    """
    todo: SimpleQueue[Submission] = SimpleQueue()
    for submission in submissions:
        todo.put(submission)
    done: SimpleQueue[Result | BaseException | None] = SimpleQueue()
    with folder_for_work(out) as work:
        graders = [GradingProcess(assignment, limits, work) for _ in range(min(jobs, len(submissions)))]
        for grader in graders:
            Thread(target=run, args=(grader, todo, done), daemon=True).start()
        try:
            yield from finished(done, len(graders))
        finally:
            for grader in graders:
                grader.end()


def run(
    grader: GradingProcess, todo: "SimpleQueue[Submission]", done: "SimpleQueue[Result | BaseException | None]"
) -> None:
    """Grade what is to be done until nothing is left."""
    try:
        while not grader.is_over:
            submission = todo.get_nowait()
            done.put((submission, grader.grade(submission)))
    except Empty:
        pass
    except BaseException as error:
        done.put(error)
    done.put(None)


def finished(done: "SimpleQueue[Result | BaseException | None]", threads: int) -> Iterator[Result]:
    """Yield what is done, until all threads have ended."""
    while threads:
        one = done.get()
        if one is None:
            threads -= 1
        elif isinstance(one, BaseException):
            raise one
        else:
            yield one


@contextmanager
def folder_for_work(out: Path) -> Iterator[Path]:
    """Make a folder that graders need while they run; one that a killed run has left is removed first."""
    remove_work(out)
    work = Path(tempfile.mkdtemp(prefix=PREFIX))
    (out / WORK).write_text(str(work), encoding="utf-8")
    try:
        yield work
    finally:
        remove_work(out)


def remove_work(out: Path) -> None:
    """Remove the folder that graders needed, as far as it is there."""
    with suppress(OSError):
        work = Path((out / WORK).read_text(encoding="utf-8"))
        (out / WORK).unlink()
        if work.name.startswith(PREFIX) and work.parent == Path(tempfile.gettempdir()):
            shutil.rmtree(work, ignore_errors=True)
