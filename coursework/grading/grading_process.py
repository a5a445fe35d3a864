"""A process that grades one submission after the other, started anew when it ends."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.one import not_graded
from coursework.grading.submissions import Submission
from coursework.grading.verdict_files import as_text
from coursework.grading.worker import to_line
from language import _

ROOT = Path(__file__).resolve().parents[__name__.count(".")]
TRIES = 2  # of a grader that ends before it has graded


class Interrupted(Exception):
    """The process was ended from here."""


class GradingProcess:
    """A process that grades one submission after the other.

    Parameters
    ----------
    assignment : Assignment
    limits : Limits
    work : Path
        Where it keeps its temporary files.
    """

    def __init__(self, assignment: Assignment, limits: Limits, work: Path) -> None:
        self.assignment, self.limits, self.work = assignment, limits, work
        self.process: subprocess.Popen[str] | None = None
        self.errors = work / f"errors of {id(self)}.txt"
        self.is_over = False

    def grade(self, submission: Submission) -> str:
        """Return what a submission is worth, as text; where the grader itself ends each time, that is said in it."""
        for _attempt in range(TRIES):
            process = self.alive()
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(OSError):
                process.stdin.write(to_line(submission) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
                if line.endswith("\n"):
                    return str(json.loads(line))
            if self.is_over:
                raise Interrupted
            self.close()
        return as_text(not_graded(submission, self.assignment, self.last_error()))

    def alive(self) -> "subprocess.Popen[str]":
        """Return the process, started where it is not there."""
        if self.process is None:
            words = [str(self.assignment.folder.resolve()), json.dumps(asdict(self.limits))]
            with self.errors.open("wb") as errors:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", f"{__name__.rpartition('.')[0]}.worker", *words],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    encoding="utf-8",
                    env=os.environ | {"TMPDIR": str(self.work), "OPENBLAS_NUM_THREADS": "1"},
                    cwd=ROOT,
                )
        return self.process

    def last_error(self) -> str:
        """Return the last line that the process has written of an error."""
        lines = self.errors.read_text(encoding="utf-8", errors="replace").split("\n") if self.errors.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), _("nothing was said"))

    def end(self) -> None:
        """End the process, and take no more work."""
        self.is_over = True
        self.close()

    def close(self) -> None:
        """End the process; the next work starts another."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()
