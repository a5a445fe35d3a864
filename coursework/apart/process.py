"""The process in which a student's code runs, as the grader sees it: started, sealed, asked, started anew."""

import os
import shutil
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from coursework.apart import answering, inside, sealing, system_calls
from coursework.apart.not_enforced import told
from coursework.apart.other_user import as_student, give_to_student
from coursework.apart.python_paths import readable_for_python
from coursework.apart.remote_layer import remote_layer
from coursework.apart.sealing import Limits
from coursework.judging.work import Ended
from gradients.apart import limits, wire, worker
from gradients.apart.limits import KEY
from gradients.apart.starting import Started
from gradients.apart.worker import Worker
from gradients.homework import definitions
from gradients.homework.source import Source
from language import _

MODULES = (answering, inside, sealing, system_calls, limits, wire, definitions)  # all that is there of ours
PROGRAM = "import sys; sys.path[:0] = [{lib!r}]; sys.path += {more!r}; from {inside} import main; main({address!r})"
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE")
MOST_LIVES = 8  # processes for one file
MOST_LETTERS = 1_000_000  # of a file
LOADING = 10.0  # seconds in which a file must be loaded


class Sealed(Started):
    """A process that finds Python, NumPy and a few modules of ours, in a folder of its own."""

    def command(self) -> list[str]:
        """Return the words with which the process is started."""
        home, lib = Path(self.folder.name, "home"), Path(self.folder.name, "lib")
        home.mkdir()
        give_to_student(Path(self.folder.name), home)
        more = write_modules(lib)
        code = PROGRAM.format(lib=str(lib), more=more, inside=inside.__name__, address=self.listener.address)
        return [sys.executable, "-I", "-S", "-B", "-c", code]

    def options(self) -> dict[str, Any]:
        """Return the further options with which the process is started: as whom."""
        return super().options() | as_student()

    def environment(self) -> dict[str, str]:
        """Return the variables that the process sees: none that tells of whoever grades."""
        home = self.working_folder()
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own = {"HOME": home, "TMPDIR": home, "TEMP": home, "TMP": home, "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        return passed_on | own | {KEY: self.key}

    def working_folder(self) -> str:
        """Return the one folder in which the process may write."""
        return str(Path(self.folder.name, "home"))


def write_modules(lib: Path) -> list[str]:
    """Write what the process imports into a folder, and return what else it needs on its path.

    NumPy is linked to, so that nothing else that is installed is found; where the system knows no such links, its
    folder is on the path with all that lies beside it.
    """
    for module in MODULES:
        copy = lib.joinpath(*module.__name__.split(".")).with_suffix(".py")
        for folder in copy.relative_to(lib).parents:
            lib.joinpath(folder).mkdir(parents=True, exist_ok=True)
            if folder.name:
                lib.joinpath(folder, "__init__.py").touch()
        shutil.copyfile(str(module.__file__), copy)
    for name in ("coursework", coursework_name()):  # what a notebook calls to have itself checked does nothing here
        lib.joinpath(*name.split(".")).mkdir(parents=True, exist_ok=True)
        lib.joinpath(*name.split("."), "__init__.py").write_text(STUB, encoding="utf-8")
    numpy = Path(np.__file__).resolve().parent
    try:
        for path in (numpy, numpy.with_name("numpy.libs")):
            if path.exists():
                lib.joinpath(path.name).symlink_to(path, target_is_directory=True)
    except OSError:  # Windows
        return [str(numpy.parent)]
    return []


def coursework_name() -> str:
    """Return this room's name: ``coursework``, or ``chainrule.coursework`` where it is installed."""
    return __name__.rpartition(".apart.")[0]


STUB = '"""Nothing is checked while it is graded."""\n\n\ndef check(*things, **options):\n    pass\n'


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
        self.lives, self.life = 0, 0
        self.not_enforced: list[str] = []
        self.raised: list[list[Any]] = []
        self.why_never = ""
        self.answers: dict[str, Any] = {}

    def __enter__(self) -> "StudentProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

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
        readable = [str(folder / "lib"), *readable_for_python([np])]
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
            kind, text, *line = said["failed"]
            error = f"{kind}: {text}"
            if line and line[0]:
                error = _("line {line}: {error}", line=line[0], error=error)
            self.why_never = _("it is no Python: {error}", error=error)
            raise Ended(self.why_never, "not-python")
        self.raised = said["raised"]

    def said(self, seconds: float, **request: Any) -> dict[str, Any]:
        """Return the answer to a request; raise Ended, in a student's words, where there is none."""
        self.timeout = seconds
        self.start_clock(str(request["do"]))
        try:
            said = Worker.ask(self, **request)
        except worker.Ended as ended:
            raise Ended(*self.in_words(ended, seconds)) from ended
        if not isinstance(said, dict):
            self.end()
            raise Ended(_("the process answered with something else"))
        return said

    def in_words(self, ended: worker.Ended, seconds: float) -> tuple[str, str]:
        """Return how a process ended, and its code."""
        if not ended.in_time:
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
            return {"answers": self.answers, "raised": None, "noticed": {}, "ended": str(ended), "code": ended.code}
        if "failed" in said:  # its text is a student's, and could tell a hidden input
            raise Ended(_("the process answered with something else"))
        return {"ended": "", "code": "", **said}

    def heard(self, news: dict[str, Any]) -> str:
        """Keep an answer that comes before the others."""
        self.answers[str(news["at"])] = news.get("value")
        return str(news["at"])

    def forget(self) -> None:
        """End the process, so that the next question is put to one that has seen nothing of the ones before."""
        if self.started is not None and not self.is_ended:
            self.end()
            self.lives -= 1

    def layer(self, name: str, parameters: list[Any]) -> Any:
        """Return an object here that stands for one of a student's class there."""
        self.live()
        return remote_layer(self, name, parameters)
