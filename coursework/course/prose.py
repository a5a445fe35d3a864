"""The prose of an exercise: paragraphs, each of which is a message that a catalogue may translate."""

import re

from coursework.course.cells import Cell, read_cells
from language import _

HINT = re.compile(r"^\d+\. ", re.MULTILINE)


def translated(text: str) -> str:
    r"""Return a text in the language that is spoken, paragraph by paragraph.

    >>> translated("One paragraph.\n\nAnother one.")
    'One paragraph.\n\nAnother one.'
    """
    return "\n\n".join(map(_, paragraphs(text)))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text in Markdown; what stands between fences is one of them."""
    found: list[str] = []
    for block in text.split("\n\n"):
        if found and found[-1].count("```") % 2:
            found[-1] += f"\n\n{block}"
        else:
            found.append(block)
    return found


def hints_in(cell: Cell) -> list[str]:
    """Return the numbered hints in a cell."""
    return [" ".join(hint.split()) for hint in HINT.split(cell.text)[1:]]


def comment_of(cell: Cell) -> str:
    """Return the comment with which the code of a cell begins, as one line."""
    lines = cell.text.splitlines()
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return " ".join(line.lstrip("# ").strip() for line in lines[:count])


def messages(text: str) -> list[tuple[int, str]]:
    """Return what of an exercise's file is to be translated, with the lines of its cells."""
    found: list[tuple[int, str]] = []
    for cell in read_cells(text):
        if cell.kind == "markdown":
            parts = hints_in(cell) if "hints" in cell.tags else paragraphs(cell.text)
        else:
            parts = [comment_of(cell)] if "wrong" in cell.tags else []
        found += [(cell.line, part) for part in parts if re.search(r"[^\W\d_]{2}", part)]
    return found
