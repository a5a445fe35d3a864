"""One exercise: what it teaches, what it asks for, its solution, its hints, and wrong solutions that are known."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from coursework import questions
from coursework.apart.answering import ASKED
from coursework.course.blanks import with_blanks, without_marks
from coursework.course.cells import Cell, read_cells
from coursework.course.prose import comment_of, hints_in, translated
from coursework.questions import Question
from language import _

TAGS = ("given", "hints", "questions", "asked", "wrong")
FOR_TEACHERS = ("hints", "questions", "asked", "wrong")


@dataclass(frozen=True)
class Wrong:
    """A wrong solution that is known.

    Attributes
    ----------
    name : str
        The mistake's name, as the report of a check has it.
    message : str
        What is said to the student who makes it.
    text : str
        The code that is run after the solution and takes the place of what it defines.
    parts : tuple of str
        What of the answer it spoils, as far as the file says so.
    """

    name: str
    message: str
    text: str
    parts: tuple[str, ...] = ()


class Exercise:
    """An exercise, read from its file.

    Parameters
    ----------
    path : Path
        A file in the percent format.

    Attributes
    ----------
    name : str
        That of the file, and of what a student hands in.
    cells : list of Cell
    earlier : dict of str to Exercise
        The exercises that it builds on, whose solutions its own code imports.
    """

    def __init__(self, path: Path, earlier: Mapping[str, "Exercise"] | None = None) -> None:
        self.path, self.name = path, path.stem
        try:
            self.cells = read_cells(path.read_text(encoding="utf-8"))
            for cell in self.cells:
                require_known(cell)
            text = self.code(solved=True)
            self.earlier = {name: e for name, e in (earlier or {}).items() if name in imported(text)}
            with_blanks(self.code(solved=True, marked=True))
        except (ValueError, SyntaxError) as error:
            raise ValueError(f"{path}: {error}") from error

    @property
    def title(self) -> str:
        """The first heading."""
        for cell in self.cells:
            if cell.kind == "markdown" and (found := re.search(r"^#+ +(.+)$", translated(cell.text), re.MULTILINE)):
                return found[1]
        return self.name

    def for_students(self) -> list[Cell]:
        """Return the cells that a student gets, solutions still in them."""
        cells = [cell for cell in self.cells if not set(cell.tags) & set(FOR_TEACHERS)]
        return [replace(cell, text=translated(cell.text)) if cell.kind == "markdown" else cell for cell in cells]

    def code(self, solved: bool, marked: bool = False) -> str:
        """Return the student's Python: with the solution, or with blanks."""
        text = "\n\n\n".join(cell.text for cell in self.for_students() if cell.kind == "code")
        if marked:
            return text
        return without_marks(text) if solved else with_blanks(text)

    @property
    def asked(self) -> str:
        """The functions that are run beside the student's code."""
        return "\n\n\n".join(cell.text for cell in self.cells if "asked" in cell.tags)

    @property
    def asked_functions(self) -> dict[str, Any]:
        """The same, ready to be called."""
        module = run_as_module(self.asked, f"{self.name}_asked")
        return ASKED | {name: value for name, value in vars(module).items() if name.startswith("ask_")}

    @cached_property
    def questions(self) -> list[Question]:
        """What is asked for."""
        text = "\n\n\n".join(cell.text for cell in self.cells if "questions" in cell.tags)
        found = vars(run_as_module(text, f"{self.name}_questions", self.solution_modules())).get("QUESTIONS")
        if not found or not all(isinstance(question, Question) for question in found):
            said = _('{path}: expected a cell with tags=["questions"] that sets QUESTIONS, a list', path=self.path)
            raise ValueError(said)
        return list(found)

    @property
    def points(self) -> float:
        """What all is worth."""
        return sum(sum(question.points.values()) for question in self.questions)

    @cached_property
    def wrong(self) -> list[Wrong]:
        """The wrong solutions that are known."""
        return [read_wrong(cell, self.path) for cell in self.cells if "wrong" in cell.tags]

    def hints(self, part: str = "") -> list[str]:
        """Return the hints for a part, from the first to the last; those for all where it has none of its own."""
        cells = [cell for cell in self.cells if "hints" in cell.tags]
        for cell in [c for c in cells if part and part in c.words.get("part", "").split()] or cells:
            if not cell.words.get("part") or part in cell.words["part"].split():
                return list(map(_, hints_in(cell)))
        return []

    def solution_modules(self) -> dict[str, str]:
        """Return the sources of the solutions that this one builds on, by name, those first that others need."""
        found: dict[str, str] = {}
        for name, exercise in self.earlier.items():
            found |= exercise.solution_modules() | {name: exercise.code(solved=True)}
        return found

    def solution(self, wrong: Wrong | None = None) -> ModuleType:
        """Return the solution as a module; a wrong one where it is asked for."""
        text = self.code(solved=True) + (f"\n\n\n{wrong.text}\n" if wrong else "")
        return run_as_module(text, self.name, self.solution_modules())


def require_known(cell: Cell) -> None:
    """Raise ValueError when a cell's tags are none that an exercise has."""
    unknown = set(cell.tags) - set(TAGS)
    if unknown:
        said = _("line {line}: unknown tags {given}; expected some of {known}")
        raise ValueError(said.format(line=cell.line, given=sorted(unknown), known=list(TAGS)))


def read_wrong(cell: Cell, path: Path) -> Wrong:
    """Return the wrong solution in a cell: its name, its first comment as the message, and its code."""
    if "name" not in cell.words:
        said = _('{path}, line {line}: expected a name, as in # %% tags=["wrong"] name="sign-flipped"')
        raise ValueError(said.format(path=path, line=cell.line))
    return Wrong(cell.words["name"], _(comment_of(cell)), cell.text, tuple(cell.words.get("part", "").split()))


def imported(text: str) -> set[str]:
    r"""Return the names of the modules that a text imports.

    >>> sorted(imported("import numpy as np\nfrom affine import Affine"))
    ['affine', 'numpy']
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def run_as_module(text: str, name: str, others: Mapping[str, str] | None = None) -> ModuleType:
    """Run a text that we trust as a module, with other modules that it may import by name.

    What an exercise imports of ours has its short name, also where this is an installed copy.
    """
    module = ModuleType(name)
    ours = {"coursework": sys.modules[__name__.partition(".course.")[0]], "coursework.questions": questions}
    ours["language"] = sys.modules[_.__module__]
    with modules_of(others or {}), named(ours if __name__.startswith("chainrule.") else {}):
        exec(compile(text, f"<{name}>", "exec", dont_inherit=True), vars(module))
    return module


@contextmanager
def named(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Let some modules be imported by other names."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


@contextmanager
def modules_of(sources: Mapping[str, str]) -> Iterator[None]:
    """Let some sources be imported by their names, and nothing else of these names."""
    modules: dict[str, ModuleType] = {}
    for name, text in sources.items():
        modules[name] = ModuleType(name)
        with named(modules):
            exec(compile(text, f"<{name}>", "exec", dont_inherit=True), vars(modules[name]))
    with named(modules):
        yield
