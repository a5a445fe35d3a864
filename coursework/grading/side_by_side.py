"""Submissions graded side by side by several processes; what is there already is not done again."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded, fingerprint, graded_from, nothing
from coursework.grading.submissions import Submission
from coursework.grading.worker import to_line, write_whole

ROOT = Path(__file__).resolve().parents[__name__.count(".")]
RAW, WORK = "verdicts", ".work"  # what was found out about each; what a grader needs while it runs
TRIES = 2  # of a grader that ends before it has graded


def grade_all(
    assignment: Assignment,
    submissions: Sequence[Submission],
    out: Path,
    jobs: int = 1,
    limits: Limits | None = None,
    tell: Callable[[Graded], None] = lambda graded: None,
) -> list[Graded]:
    """Grade submissions side by side, and return what they are worth, in their order.

    What was found out about each is a file in ``out/verdicts`` as soon as it is known. When a run is killed, the next
    one goes on where it was; a submission that has changed is graded anew.

    Parameters
    ----------
    assignment : Assignment
    submissions : sequence of Submission
    out : Path
    jobs : int
        How many at a time.
    limits : Limits, optional
        Of each student's process.
    tell : callable
        Is told each result when it is there.
    """
    raw = out / RAW
    raw.mkdir(parents=True, exist_ok=True)
    paths = {s.student: raw / f"{file_name(s.student)}.{fingerprint(assignment, s)[:16]}.json" for s in submissions}
    for path in raw.iterdir():
        if path not in paths.values():
            path.unlink()
    todo: SimpleQueue[Submission] = SimpleQueue()
    for submission in submissions:
        if not paths[submission.student].exists():
            todo.put(submission)
    work = out / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        done: SimpleQueue[Submission | BaseException | None] = SimpleQueue()
        count = max(1, min(jobs, todo.qsize()))
        graders = [GradingProcess(assignment, limits or Limits(), work, paths) for _ in range(count)]
        threads = [Thread(target=grader.run, args=(todo, done), daemon=True) for grader in graders]
        for thread in threads:
            thread.start()
        try:
            for submission in finished(done, len(threads)):
                tell(read_graded(paths[submission.student]))
        finally:
            for grader in graders:
                grader.end()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return [read_graded(paths[submission.student]) for submission in submissions]


def finished(done: "SimpleQueue[Submission | BaseException | None]", threads: int) -> Iterator[Submission]:
    """Yield the submissions that are done, until all threads have ended."""
    while threads:
        one = done.get()
        if one is None:
            threads -= 1
        elif isinstance(one, BaseException):
            raise one
        else:
            yield one


def read_graded(path: Path) -> Graded:
    """Return what was found out about a submission."""
    return graded_from(json.loads(path.read_text(encoding="utf-8")))


def file_name(student: str) -> str:
    """Return a name for a student's files that every system takes, and that no two students share.

    >>> file_name("Anna Kim"), file_name("anna/../kim")
    ('Anna Kim', 'anna_.._kim-0b5b21')
    """
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", student).strip(". ")[:80] or "_"
    if plain == student:
        return plain
    return f"{plain}-{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


class GradingProcess:
    """A process that grades one submission after the other, started anew when it ends.

    Parameters
    ----------
    assignment : Assignment
    limits : Limits
    work : Path
        Where it keeps its temporary files.
    paths : dict of str to Path
        Where each student's result belongs.
    """

    def __init__(self, assignment: Assignment, limits: Limits, work: Path, paths: dict[str, Path]) -> None:
        self.assignment, self.limits, self.work, self.paths = assignment, limits, work, paths
        self.process: subprocess.Popen[str] | None = None
        self.is_over = False

    def run(self, todo: "SimpleQueue[Submission]", done: "SimpleQueue[Submission | BaseException | None]") -> None:
        """Grade what is to be done until nothing is left."""
        try:
            while not self.is_over:
                submission = todo.get_nowait()
                self.grade(submission)
                done.put(submission)
        except Empty:
            pass
        except BaseException as error:
            if not self.is_over:
                done.put(error)
        done.put(None)

    def grade(self, submission: Submission) -> None:
        """Have one submission graded; where the grader itself ends each time, that is its result."""
        path = self.paths[submission.student]
        for _ in range(TRIES):
            process = self.alive()
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(OSError):
                process.stdin.write(to_line(submission, path) + "\n")
                process.stdin.flush()
                if process.stdout.readline() and path.exists():
                    return
            if self.is_over:
                raise InterruptedError
            process.wait()
        failed = Graded(submission.student, remarks=["the grader itself ended; grade it by hand"])
        failed.verdicts = [nothing(exercise, "the grader itself ended") for exercise in self.assignment.exercises]
        write_whole(path, json.dumps(failed.to_dict(), ensure_ascii=False, indent=1) + "\n")

    def alive(self) -> "subprocess.Popen[str]":
        """Return the process, started where it is not there."""
        if self.process is None or self.process.poll() is not None:
            words = [str(self.assignment.folder.resolve()), json.dumps(asdict(self.limits))]
            self.process = subprocess.Popen(
                [sys.executable, "-m", worker_name(), *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=os.environ | {"TMPDIR": str(self.work), "OPENBLAS_NUM_THREADS": "1"},
                cwd=ROOT,
            )
        return self.process

    def end(self) -> None:
        """End the process."""
        self.is_over = True
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def worker_name() -> str:
    """Return the name of the program that grades."""
    return f"{__name__.rpartition('.')[0]}.worker"
