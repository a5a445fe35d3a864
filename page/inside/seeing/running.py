"""Running what a user typed: a few lines of Python with ``Variable``, the functions of ``graph`` and NumPy at hand."""

import ast
import builtins
import contextlib
import difflib
import io
import linecache
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradients.measuring.surroundings import seed_global_generators
from language import _
from page.inside.seeing.at_hand import names_at_hand
from page.inside.seeing.problems import CannotSee
from page.inside.seeing.tracing import NotRecorded

FILE = "<text>"
MOST_TYPED, MOST_PRINTED = 20_000, 10_000  # characters


class PrintedTooMuch(BaseException):
    """The text prints without end; no ``except Exception`` of its own is to catch this."""


class Printed(io.StringIO):
    """What a text prints, up to a limit."""

    def write(self, text: str) -> int:
        """Keep some text."""
        if self.tell() + len(text) > MOST_PRINTED:
            raise PrintedTooMuch
        return super().write(text)


@dataclass
class Ran:
    """What a text left behind.

    Attributes
    ----------
    names : dict of str to object
        Its own names, in the order in which they were assigned.
    last : object
        The value of its last line, if that is an expression.
    printed : str
    """

    names: dict[str, Any] = field(default_factory=dict)
    last: Any = None
    printed: str = ""


@contextlib.contextmanager
def captured(ran: Ran) -> Iterator[None]:
    """Keep what is printed, and put in words what the student's code raises.

    Raises
    ------
    CannotSee
        For whatever is raised.
    """
    printed = Printed()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), np.errstate(all="ignore"):
            yield
    except (CannotSee, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise in_words(error, [*ran.names, *names_at_hand()]) from error
    finally:
        ran.printed = printed.getvalue()


def run(text: str, ran: Ran) -> None:
    """Run a text, and note what it leaves; what it raises passes.

    Raises
    ------
    CannotSee
        For what is not Python.
    """
    if not text.strip():
        raise CannotSee(_("There is nothing to draw yet: type a formula with Variables, or pick an example."))
    if len(text) > MOST_TYPED:
        raise CannotSee(_("The text is longer than {most} characters.", most=MOST_TYPED))
    tree = parsed(text)
    linecache.cache[FILE] = (len(text), None, text.splitlines(keepends=True), FILE)
    at_hand = names_at_hand()
    names = {"__builtins__": {**vars(builtins), **at_hand}, "__name__": "__main__"}
    seed_global_generators()
    try:
        ran.last = executed(tree, names)
    finally:
        own = {name: value for name, value in names.items() if not name.startswith("__")}
        ran.names = {name: value for name, value in own.items() if at_hand.get(name) is not value}


def parsed(text: str) -> ast.Module:
    """Return the syntax tree of a text, or raise CannotSee with the line that is wrong."""
    try:
        return ast.parse(text, FILE)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        problem = getattr(error, "msg", None) or str(error)
        if line is None:
            raise CannotSee(_("This is not Python: {problem}.", problem=problem)) from None
        raise CannotSee(_("Line {line}: this is not Python: {problem}.", line=line, problem=problem), line) from None


def executed(tree: ast.Module, names: dict[str, Any]) -> Any:
    """Run a module, and return the value of its last line, None where that is no expression."""
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, FILE, "exec"), names)
    return eval(compile(ast.Expression(last.value), FILE, "eval"), names) if isinstance(last, ast.Expr) else None


def line_of(error: BaseException) -> int | None:
    """Return the last line of the text in an error's traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    return lines[-1] if lines else None


def in_words(error: BaseException, names: list[str]) -> CannotSee:
    """Return what a text raised, in words."""
    line = line_of(error)
    match error:
        case PrintedTooMuch():
            said = _("The text prints more than {most} characters.", most=MOST_PRINTED)
        case NameError(name=str(name)):
            said = _("There is no {name} here.", name=name)
            near = difflib.get_close_matches(name, [*names, *dir(builtins)], 1)
            said += " " + _("Did you mean {name}?", name=near[0]) if near else ""
        case ImportError(name=name):
            said = _(
                "The module {name} is not there. NumPy is at hand as np; Variable and the functions of graph need no "
                "import.",
                name=name,
            )
        case MemoryError():
            said = _("The text takes more memory than there is.")
        case RecursionError():
            said = _("A function calls itself without end.")
        case SystemExit():
            said = _("The text ends the program before there is a graph.")
        case EOFError():
            said = _("Nothing can be typed in while the text runs; write the numbers into it.")
        case NotRecorded():
            said = str(error)
        case ValueError(__cause__=NotRecorded() as cause):
            said = str(cause)
        case _:
            said = f"{type(error).__name__}: {error}"
    return CannotSee(_("Line {line}: {problem}", line=line, problem=said) if line else said, line)
