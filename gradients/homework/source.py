"""The source of a student's file: a Python file, or the code cells of a notebook, joined."""

import ast
import io
import json
import tokenize
from dataclasses import dataclass
from pathlib import Path

from gradients.calling.problems import CannotCheck
from language import _

PYTHON_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")  # below them stands Python; below others, something else
PYLAB = "import numpy; import numpy as np"  # what %pylab does, as far as arrays go
EVERYTHING = "from numpy.random import *; from numpy.linalg import *; from numpy import *"
MOST_LINES, LONGEST = 20, 160  # of a statement that is shown, in lines and in letters


@dataclass(frozen=True)
class Source:
    """What a file says.

    Attributes
    ----------
    path : Path
    text : str
        The Python in it; each line of a cell is a line of its own.
    cells : tuple of int
        The line of ``text``, from 1, with which each code cell of a notebook begins; empty for a Python file.
    """

    path: Path
    text: str
    cells: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()  # cells that are not Python, and why

    def place(self, line: int) -> str:
        """Return a line as a reader finds it: ``homework.py:23``, or ``homework.ipynb, cell 3, line 4``."""
        if not self.cells:
            return f"{self.path.name}:{line}"
        cell = sum(start <= line for start in self.cells)
        return _(
            "{file}, code cell {cell}, line {line}",
            file=self.path.name,
            cell=cell,
            line=line - self.cells[cell - 1] + 1,
        )

    def statement(self, first: int, last: int) -> str:
        """Return some lines as one, without the spaces around each, and not too long to be read."""
        text = " ".join(filter(None, (self.line(number) for number in range(first, min(last, first + MOST_LINES) + 1))))
        text = "".join(letter if letter.isprintable() else " " for letter in text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} ..."

    def line(self, number: int) -> str:
        """Return a line without the spaces around it, empty where there is none."""
        lines = self.text.splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def read_source(path: Path) -> Source:
    """Return the source of a Python file or a notebook.

    Raises
    ------
    CannotCheck
        When there is no such file, or it is neither.
    """
    if not path.is_file():
        raise CannotCheck(_("there is no file {path}", path=path))
    return python_text(path, path.read_bytes())


def python_text(path: Path, content: bytes) -> Source:
    """Return the source in the content of a Python file or a notebook.

    Raises
    ------
    CannotCheck
        When it is neither.
    """
    if path.suffix == ".ipynb":
        return read_notebook(path, content)
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(content).readline)[0]  # the one that the file declares
        return Source(path, io.TextIOWrapper(io.BytesIO(content), encoding).read())
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        raise CannotCheck(_("{path} is not a Python file: {error}", path=path, error=error)) from error


def read_notebook(path: Path, content: bytes) -> Source:
    """Return the code cells of a notebook, joined, without the lines that are not Python."""
    try:
        notebook = json.loads(content.decode("utf-8"))
        sources = [cell["source"] for cell in all_cells(notebook) if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotCheck(
            _("{path} is not a notebook: {kind}: {error}", path=path, kind=type(error).__name__, error=error)
        ) from error
    lines: list[str] = []
    starts, left_out = [], []
    for number, source in enumerate(sources, start=1):
        starts.append(len(lines) + 1)
        cell = python_lines((source if isinstance(source, str) else "".join(source)).splitlines())
        try:
            ast.parse("\n".join(cell))
        except (SyntaxError, ValueError) as error:
            left_out.append(_("code cell {number} is not Python ({error})", number=number, error=error))
            cell = [f"# {line}" for line in cell]
        lines += cell
    return Source(path, "\n".join(lines) + "\n", tuple(starts), tuple(left_out))


def all_cells(notebook: dict) -> list[dict]:
    """Return a notebook's cells; before version 4 of the format they were kept in worksheets, their text as input."""
    if "worksheets" not in notebook:
        return notebook["cells"]
    cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    return [{"source": cell.get("input", ""), **cell} for cell in cells]


def python_lines(lines: list[str]) -> list[str]:
    """Return a cell's lines, those that are not Python as comments, so that every line keeps its number.

    >>> python_lines(["%matplotlib inline", "!pip install numpy", "x = 1", "x?"])
    ['# %matplotlib inline', '# !pip install numpy', 'x = 1', '# x?']

    After ``%pylab``, the names of NumPy are there, and ``sum`` is NumPy's.
    """
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(PYTHON_MAGICS):
        return [f"# {line}" for line in lines]
    return [commented(line) if is_magic(line) else line for line in lines]


def is_magic(line: str) -> bool:
    """Return whether a line is for the notebook and not for Python."""
    text = line.strip()
    return text.startswith(("%", "!")) or (text.endswith("?") and not text.startswith("#"))


def commented(line: str) -> str:
    """Return a line as a comment; one inside a block leaves a ``pass`` there, so that the block is not empty."""
    indent = line[: len(line) - len(line.lstrip())]
    if line.startswith("%pylab"):
        return f"{PYLAB}{'' if '--no-import-all' in line else f'; {EVERYTHING}'}  # {line.strip()}"
    return f"{indent}pass  # {line.strip()}" if indent else f"# {line}"
