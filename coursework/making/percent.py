"""Exercises as files for students and teachers, in the percent format."""

from collections.abc import Sequence

from coursework.course.blanks import with_blanks, without_marks
from coursework.course.cells import Cell
from coursework.course.exercise import Exercise
from language import _


def percent_text(exercise: Exercise, solved: bool) -> str:
    """Return what a student gets: text, given code and blanks; or the same with the solution."""
    return to_percent(
        [
            Cell(cell.kind, cell.text if cell.kind == "markdown" else code(cell, solved))
            for cell in exercise.for_students()
        ]
    )


def code(cell: Cell, solved: bool) -> str:
    """Return a cell's code, with the solution or with blanks."""
    return without_marks(cell.text) if solved else with_blanks(cell.text, _("your code here"))


def to_percent(cells: Sequence[Cell]) -> str:
    r"""Return cells as a Python file.

    >>> print(to_percent([Cell("markdown", "# Hello\n\nText."), Cell("code", "x = 1")]))
    # %% [markdown]
    # # Hello
    #
    # Text.
    <BLANKLINE>
    # %%
    x = 1
    <BLANKLINE>
    """
    texts = []
    for cell in cells:
        if cell.kind == "markdown":
            lines = (f"# {line}".rstrip() for line in cell.text.splitlines())
            texts.append("\n".join(["# %% [markdown]", *lines]))
        else:
            texts.append(f"# %%\n{cell.text}")
    return "\n\n".join(texts) + "\n"
