"""The file or notebook cell in which somebody's layer is written, found from the object itself."""

import linecache
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradients.homework.source import Source
from language import _

CHECKER = Path(__file__).resolve().parents[1]
DEEPEST = 5
MOST = 200  # things that are looked through for a function
CELL = re.compile(r"<ipython-input-(\d+)-\w+>")  # how IPython once called what is typed into a notebook


class Cell(Source):
    """What was typed into a notebook's cell, which is called by its number: ``In [3]``."""

    def place(self, line: int) -> str:
        """Return a line as a reader finds it: ``In [3], line 4``."""
        return _("{file}, line {line}", file=self.path.name, line=line)


def source_of(file: str) -> Source | None:
    """Return the source of a file, or of a notebook's cell; None where there is none to be read."""
    text = "".join(linecache.getlines(file))
    if not text:
        return None
    number = cell_number(file)
    if number:
        return Cell(Path(f"In [{number}]"), text)
    return None if file.startswith("<") else Source(Path(file), text)


def cell_number(file: str) -> str:
    """Return the number of the cell that IPython compiled under the name of a file, empty where it is none."""
    old = CELL.fullmatch(file)
    if old:
        return old[1]
    shell = getattr(getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)(), "compile", None)
    try:
        name = shell.format_code_name(file)[1]  # type: ignore[union-attr]
        return re.sub(r"\D", "", name)
    except Exception:  # no IPython, an older one, or not a cell
        return ""


def file_of(thing: Any, backward: str) -> str:
    """Return the file in which something's backward is written, or else anything of it; empty where there is none."""
    for function in functions_in(thing, backward):
        file = function.__code__.co_filename
        if CHECKER not in Path(file).parents:
            return file
    return ""


def functions_in(thing: Any, backward: str) -> Iterator[types.FunctionType]:
    """Yield the functions that something consists of, the backward first."""
    level: list[Any] = [getattr(type(thing), backward, None), thing]
    seen: set[int] = set()
    for _depth in range(DEEPEST):
        below: list[Any] = []
        for part in level:
            if id(part) in seen or len(seen) > MOST:
                continue
            seen.add(id(part))
            if isinstance(part, types.FunctionType) and not hasattr(part, "__wrapped__"):
                yield part
            below += parts_of(part)
        level = below


def parts_of(thing: Any) -> list[Any]:
    """Return in what a function, a class or an object may hold functions."""
    if isinstance(thing, types.FunctionType):
        cells = [cell.cell_contents for cell in thing.__closure__ or () if has_contents(cell)]
        return [getattr(thing, "__wrapped__", None), *cells]
    if isinstance(thing, (types.MethodType, staticmethod, classmethod)):
        return [thing.__func__]
    if isinstance(thing, type):
        return [value for cls in thing.__mro__[:-1] for value in vars(cls).values()]
    if hasattr(thing, "__dict__") and not isinstance(thing, types.ModuleType):
        return [*vars(thing).values(), type(thing)]
    return []


def has_contents(cell: Any) -> bool:
    """Return whether a variable of a function around has a value."""
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False
