"""The percent format: a Python file whose cells begin with ``# %%``, as jupytext, Jupyter and editors know it.

::

    # %% [markdown]
    # Text, as comments.

    # %% tags=["given"]
    import numpy as np
"""

import json
import re
from dataclasses import dataclass, field

from language import _

HEAD = re.compile(r"^# %%(?: \[(?P<kind>\w+)\])?(?P<words>.*)$")
WORD = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\[[^\]]*\])')


@dataclass(frozen=True)
class Cell:
    """A cell of an exercise's file.

    Attributes
    ----------
    kind : str
        ``"code"`` or ``"markdown"``.
    text : str
        Markdown without the comment signs, or code.
    tags : tuple of str
        Whom it is for: ``given``, ``hints``, ``questions``, ``asked``, ``wrong``; none: the student's own.
    words : dict of str to str
        What else its first line says: ``part="dW"``.
    line : int
        The line of the file with which it begins, from 1.
    r
    """

    kind: str
    text: str
    tags: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    line: int = 1


def read_cells(text: str) -> list[Cell]:
    r"""Return the cells of a file in the percent format; what stands before the first is left out.

    >>> [cell.kind for cell in read_cells("# %% [markdown]\n# Hello\n\n# %%\nx = 1\n")]
    ['markdown', 'code']

    Raises
    ------
    ValueError
        When the first line of a cell is none that the format knows.
    """
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    ends = [*starts[1:], len(lines)] if starts else []
    return [read_cell(lines[start:end], start + 1) for start, end in zip(starts, ends, strict=True)]


def read_cell(lines: list[str], number: int) -> Cell:
    """Return the cell in some lines, of which the first is its head."""
    found = HEAD.match(lines[0])
    assert found is not None
    try:
        words = {name: json.loads(value) for name, value in WORD.findall(found["words"])}
    except ValueError as error:
        said = _('line {line}: expected words such as tags=["given"], got {given}', line=number, given=lines[0])
        raise ValueError(said) from error
    if WORD.sub("", found["words"]).strip() or found["kind"] not in (None, "markdown"):
        said = _("line {line}: expected '# %%' or '# %% [markdown]' and words, got {given}")
        raise ValueError(said.format(line=number, given=lines[0]))
    tags = tuple(words.pop("tags", ()))
    kind = found["kind"] or "code"
    body = [line.removeprefix("#").removeprefix(" ") for line in lines[1:]] if kind == "markdown" else lines[1:]
    return Cell(kind, "\n".join(body).strip("\n"), tags, words, number)
