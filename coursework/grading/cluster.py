"""Submissions graded on a Dask cluster, for a course that outgrows one machine.

Dask hands the submissions to its workers, and hands one whose worker dies to another. Each worker needs the project
installed; a submission is graded there as it is here, in processes of its own.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coursework.apart.sealing import Limits
from coursework.grading.assignment import COURSE, FILE, Assignment
from coursework.grading.grading_process import GradingProcess
from coursework.grading.one import not_graded
from coursework.grading.submissions import Submission
from coursework.grading.verdict_files import as_text
from coursework.grading.worker import from_line, to_line
from language import _, language, set_language

PATIENCE = 10  # seconds in which a scheduler must answer
RETRIES = 3  # of a submission whose worker dies; Dask's own limit is allowed-failures


def on_cluster(
    assignment: Assignment, submissions: Sequence[Submission], address: str, limits: Limits
) -> Iterator[tuple[Submission, str]]:
    """Yield each submission with what it is worth, as text, in the order in which they are done.

    Parameters
    ----------
    assignment : Assignment
    submissions : sequence of Submission
    address : str
        Of the cluster's scheduler, such as ``tcp://10.0.0.1:8786``.
    limits : Limits
        Of each student's process.

    Raises
    ------
    ValueError
        When Dask is not installed, or the scheduler does not answer.
    """
    distributed = dask_distributed()
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise ValueError(_("no Dask scheduler answers at {address}: {error}", address=address, error=error)) from error
    with client:
        files = files_of(assignment)  # with each submission: what is handed to a worker once is lost with that worker
        words = {"pure": False, "retries": RETRIES}
        futures = {
            client.submit(graded_text, files, limits, to_line(submission), language(), **words): submission
            for submission in submissions
        }
        for future in distributed.as_completed(futures):
            submission = futures[future]
            yield submission, text_of(future, submission, assignment)


def dask_distributed() -> Any:
    """Return the module ``distributed``; raise ValueError with what installs it where it is not there."""
    try:
        import distributed
    except ImportError as error:
        raise ValueError(_('--dask needs Dask: python -m pip install "chainrule[cluster]"')) from error
    return distributed


def text_of(future: Any, submission: Submission, assignment: Assignment) -> str:
    """Return what came out for a submission; where its workers die again and again, that is said in it."""
    try:
        return str(future.result())
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            return as_text(not_graded(submission, assignment, _("its workers on the cluster ended")))
        why = " ".join(f"{type(error).__name__}: {error}".split())
        said = _("the cluster cannot grade: its scheduler and workers need the same chainrule as this machine ({why})")
        raise ValueError(said.format(why=why)) from error


def files_of(assignment: Assignment) -> dict[str, str]:
    """Return the files of an assignment that a grader needs, by their paths in the teacher's folder."""
    paths = [assignment.folder / FILE, *sorted((assignment.folder / COURSE).iterdir())]
    return {
        path.relative_to(assignment.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file()
    }


def graded_text(files: dict[str, str], limits: Limits, line: str, spoken: str) -> str:
    """Return what a submission is worth, as text: what a worker of the cluster runs."""
    set_language(spoken)
    with tempfile.TemporaryDirectory(prefix="grade-") as folder:
        teacher, work = Path(folder, "teacher"), Path(folder, "work")
        work.mkdir()
        for name, text in files.items():
            path = teacher / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        grader = GradingProcess(Assignment(teacher), limits, work)
        try:
            return grader.grade(from_line(line))
        finally:
            grader.end()
