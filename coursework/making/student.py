"""What students get: each exercise with blanks, as a file and as a notebook, and how to work; nothing of a solution."""

import json
from pathlib import Path

from coursework.checking.progress import FILE, SHEET
from coursework.course.exercise import Exercise
from coursework.making.notebooks import notebook_of, write_notebook
from coursework.making.percent import percent_text
from coursework.making.sheet import ROOM, Sheet, write
from coursework.making.stand_ins import stand_in
from coursework.making.student_readme import student_readme, to_check
from language import _


def write_student(folder: Path, sheet: Sheet) -> None:
    """Write the folder that students get."""
    for exercise in sheet.exercises:
        text = percent_text(exercise, solved=False)
        write(folder / f"{exercise.name}.py", text)
        if sheet.notebooks:
            cells = text if sheet.own else f"{text}\n{check_cells(exercise)}"
            write_notebook(folder / f"{exercise.name}.ipynb", notebook_of(cells, exercise.name))
    for name, exercise in sheet.missing.items():
        write(folder / f"{name}.py", stand_in(exercise, sheet))
    write(folder / "README.md", student_readme(sheet))
    write(folder / FILE, json.dumps({SHEET: {"language": sheet.language}}) + "\n")


def check_cells(exercise: Exercise) -> str:
    """Return the cells with which a student checks a notebook, in the percent format."""
    calls = "\n".join(f"check({name})" for name in to_check(exercise))
    return f"# %% [markdown]\n# {_('Check what you wrote:')}\n\n# %%\nfrom {ROOM} import check\n\n{calls}\n"
