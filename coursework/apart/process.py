"""The process in which a student's code runs, as the grader sees it: started, sealed, asked, started anew."""

import signal
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from coursework.apart.heard import Ear, all_raised, answered, known, words
from coursework.apart.not_enforced import told
from coursework.apart.python_paths import readable_for_python
from coursework.apart.remote_layer import remote_layer
from coursework.apart.sealed import Sealed
from coursework.apart.sealing import Limits
from coursework.apart.size import is_too_large
from coursework.judging.work import Ended
from gradients.apart import worker
from gradients.apart.starting import Started
from gradients.apart.watch import Watch
from gradients.apart.wire import NotSent
from gradients.apart.worker import START, Worker
from gradients.homework.source import Source
from language import _

MOST_LIVES = 8  # processes for one file
MOST_LETTERS = 1_000_000  # of a file
MOST_RAISED = 20  # exceptions while it is loaded that are told
LOADING = 10.0  # seconds in which a file must be loaded
ALL = 60.0  # seconds that all of its answers may take, however often it is asked
MOMENT = 1.0  # seconds after which a process is ended that neither answers nor reads


@cache
def readable_for_numpy() -> list[str]:
    """Return the paths that each process may read."""
    return readable_for_python([np])


@dataclass
class File:
    """What a student handed in for an exercise.

    Attributes
    ----------
    name : str
        The exercise's.
    text : str
        The Python of it.
    asked : str
        The functions that are run beside it.
    others : dict of str to str
        The sources of modules that it may import: the solutions of earlier exercises.
    """

    name: str
    text: str
    asked: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


class StudentProcess(Worker):
    """Whoever answers for a student's file: a sealed process, started anew when it ends.

    Parameters
    ----------
    file : File
    limits : Limits
    """

    def __init__(self, file: File, limits: Limits | None = None) -> None:
        super().__init__(Source(Path(f"{file.name}.py"), file.text), LOADING, 0)
        self.file, self.limits = file, limits or Limits()
        self.lives = 0
        self.not_enforced: list[str] = []
        self.raised: list[list[Any]] = []
        self.why_never = ""
        self.answers: dict[str, Any] = {}
        self.left = ALL
        self.ear = Ear()
        self.other: StudentProcess | None = None

    def __enter__(self) -> "StudentProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in filter(None, (self, self.other)):
            process.end()

    def anew(self) -> "StudentProcess":
        """Return one for the same file that does not know what this one was asked; it ends with this one."""
        if self.other is None:
            self.other = StudentProcess(self.file, self.limits)
        return self.other

    def begun(self) -> Started:
        """Return a process, started."""
        return Sealed(0)

    def live(self) -> None:
        """See to it that a process is there that has loaded the file.

        Raises
        ------
        Ended
            When it cannot be loaded.
        """
        if self.started is not None and not self.is_ended:
            return
        if self.why_never:
            raise Ended(self.why_never, "not-python")
        if self.lives >= MOST_LIVES:
            raise Ended(_("it has ended the process too often"))
        if len(self.file.text) > MOST_LETTERS:
            too_long = _("the file has {letters:,} letters; at most {most:,} are read")
            raise Ended(too_long.format(letters=len(self.file.text), most=MOST_LETTERS))
        self.lives += 1
        self.is_ended, self.connection, self.started = False, None, self.begun()
        folder = Path(self.started.folder.name)
        readable = [str(folder / "lib"), *readable_for_numpy()]
        said = self.said(
            LOADING, do="seal", limits=asdict(self.limits), readable=readable, writable=[str(folder / "home")]
        )
        if "failed" in said:
            raise RuntimeError(_("the process cannot be sealed: {error}", error=": ".join(said["failed"])))
        self.not_enforced = list(map(told, said["not enforced"]))
        said = self.said(
            LOADING,
            do="load",
            name=self.file.name,
            text=self.file.text,
            asked=self.file.asked,
            others=dict(self.file.others),
        )
        if "failed" in said:
            self.end()
            kind, text, line = all_raised([said["failed"]], 1)[0]
            error = f"{kind}: {text}"
            if line:
                error = _("line {line}: {error}", line=line, error=error)
            self.why_never = _("it is no Python: {error}", error=error)
            raise Ended(self.why_never, "not-python")
        self.raised = all_raised(said.get("raised"), MOST_RAISED)

    def said(self, seconds: float, **request: Any) -> dict[str, Any]:
        """Return the answer to a request; raise Ended, in a student's words, where there is none."""
        if self.left <= 0:
            self.end()
            raise Ended(_("it did not end within {seconds:g} s", seconds=ALL), "too-long")
        self.timeout, self.ear = min(seconds, self.left), Ear()
        self.start_clock(str(request["do"]))
        try:
            return self.watched(request)
        except worker.Ended as ended:
            raise Ended(*self.in_words(ended, seconds)) from ended

    def watched(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the process's answer; one that stops in the middle of a message, or reads none, is ended."""
        assert self.started is not None
        starting = START if self.connection is None else 0.0  # nothing of the student's runs before there is one
        began = time.monotonic()
        until, home = began + self.timeout + starting + MOMENT, Path(self.started.working_folder() or "")
        try:
            with Watch(self.started, lambda: time.monotonic() > until or is_too_large(home)):
                return Worker.ask(self, **request)
        finally:
            self.left -= 0.0 if starting else time.monotonic() - began

    def received(self, connection: Connection) -> dict[str, Any]:
        """Return the next message of the process."""
        return self.ear.message(connection)

    def in_words(self, ended: worker.Ended, seconds: float) -> tuple[str, str]:
        """Return how a process ended, and its code."""
        if isinstance(ended.__cause__, NotSent):
            return _("the process answered with something else"), "ended"
        if not ended.in_time or time.monotonic() > self.deadline:
            return _("it did not end within {seconds:g} s", seconds=seconds), "too-long"
        if ended.status == -getattr(signal, "SIGXCPU", 0) or ended.status == -getattr(signal, "SIGKILL", 0):
            text = _("it took more than {seconds:g} s of processor time, or too much memory")
            return text.format(seconds=self.limits.cpu_seconds), "too-long"
        return _("it ended Python"), "ended"  # no status: with that, a hidden input could be told

    def ask(self, function: str, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:  # type: ignore[override]
        """Return the answers to a question; raise Ended where there are none."""
        self.live()
        self.answers = {}
        try:
            said = self.said(seconds, do="ask", function=function, arguments=arguments)
        except Ended as ended:
            return {**answered({"answers": self.answers}), "ended": str(ended), "code": ended.code}
        if "failed" in said:
            said = {"answers": self.answers, "raised": [known(said["failed"]), "", 0]}
        return {**answered(said), "ended": "", "code": ""}

    def heard(self, news: dict[str, Any]) -> str:
        """Keep an answer that comes before the others."""
        self.answers[words(news["at"])] = news.get("value")
        return "an answer"

    def layer(self, name: str, parameters: list[Any]) -> Any:
        """Return an object here that stands for one of a student's class there."""
        self.live()
        return remote_layer(self, name, parameters)
