"""A student's file that is judged in this very process, and answers as it does in one of its own."""

import linecache
from collections.abc import Iterable
from typing import Any

import numpy as np

from coursework.apart.answering import in_words
from coursework.apart.heard import all_raised, answered
from coursework.apart.remote_layer import remote_layer
from coursework.apart.student import Student
from coursework.course.exercise import Exercise
from coursework.judging.work import Ended
from gradients.apart.wire import pack, unpack
from language import _
from page.inside.checking.endless import SECONDS, Endless, Patience

MOST_RAISED = 20  # exceptions while it is loaded that are told


class PageWork:
    """Whoever answers for a student's file, in this process: see :class:`coursework.apart.process.StudentProcess`.

    Parameters
    ----------
    exercise : Exercise
    text : str
    patience : Patience, optional

    Attributes
    ----------
    raised : list of [kind, text, line]
        What was raised while the file was loaded.
    why_never : str
        Why it cannot be loaded; empty where it can.
    failed_at : tuple of int
        The line and column of a file that is no Python; (0, 0) where it is.
    """

    def __init__(self, exercise: Exercise, text: str, patience: Patience | None = None) -> None:
        self.exercise, self.text = exercise, text
        self.patience = patience or Patience(self.file)
        self.student: Student | None = None
        self.raised: list[list[Any]] = []
        self.why_never, self.failed_at = "", (0, 0)
        self.errors = np.geterr()  # how the file wants NumPy to take overflow and the like

    @property
    def file(self) -> str:
        """The name under which the code is compiled."""
        return f"{self.exercise.name}.py"

    def live(self) -> Student:
        """Return the student's file, loaded; raise Ended, in a student's words, where it cannot be."""
        if self.why_never:
            raise Ended(self.why_never, "not-python")
        if self.student is not None:
            return self.student
        self.failed_at = place_of_syntax_error(self.text)
        linecache.cache[self.file] = (len(self.text), None, self.text.splitlines(keepends=True), self.file)
        student = Student()
        with np.errstate(), self.patience.call():
            said = student.do_load(self.exercise.name, self.text, self.exercise.asked, self.exercise.solution_modules())
            self.errors = np.geterr()
        if "failed" in said:
            kind, text, line = all_raised([said["failed"]], 1)[0]
            error = f"{kind}: {text}"
            if line:
                error = _("line {line}: {error}", line=line, error=error)
            self.why_never = _("it is no Python: {error}", error=error)
            raise Ended(self.why_never, "not-python")
        self.raised = all_raised(said.get("raised"), MOST_RAISED)
        self.student = student
        return student

    def ask(self, function: str, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return the answers to a question; raise Ended where there are none."""
        student = self.live()
        with np.errstate(**self.errors), self.patience.call():
            said = sent(student.do_ask(function, sent(arguments)))
            self.errors = np.geterr()
        found = answered(said)
        if found["raised"] and found["raised"][0] == Endless.__name__:
            return {**found, "raised": None, "ended": self.late(), "code": "too-long"}
        return {**found, "ended": "", "code": ""}

    def late(self) -> str:
        """Return in words that a loop has not ended."""
        said = _("it had not ended after {seconds:g} s: perhaps the loop in line {line} never ends")
        return said.format(seconds=SECONDS, line=self.patience.line)

    def layer(self, name: str, parameters: list[Any]) -> Any:
        """Return an object that stands for a new one of a student's class, as it would for one in another process."""
        self.live()
        return remote_layer(self, name, parameters)

    def anew(self) -> "PageWork":
        """Return the same file, loaded anew."""
        return PageWork(self.exercise, self.text, self.patience)

    def said(self, seconds: float, do: str, **request: Any) -> dict[str, Any]:
        """Return the answer to what is asked about an object."""
        try:
            with np.errstate(**self.errors), self.patience.call():
                return sent(getattr(self.live(), f"do_{do}")(**sent(request)))
        except Ended:
            raise
        except BaseException as error:
            return {"failed": in_words(error)}


def sent(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it arrives elsewhere: copies, made of arrays, numbers and texts."""
    return unpack(pack(message))


def copies(values: Iterable[Any]) -> list[Any]:
    """Return values with copies of the arrays among them."""
    return [np.copy(value) if isinstance(value, np.ndarray) else value for value in values]


def place_of_syntax_error(text: str) -> tuple[int, int]:
    """Return the line and column at which a text is no Python, (0, 0) where it is."""
    try:
        compile(text, "work.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1, error.offset or 0
    except (ValueError, RecursionError, MemoryError):
        return 1, 0
    return 0, 0
