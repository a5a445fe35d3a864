"""What students get: each exercise with blanks, as a file and as a notebook, and how to work; nothing of a solution."""

from pathlib import Path

from coursework.course.exercise import Exercise
from coursework.making.notebooks import notebook_of, write_notebook
from coursework.making.percent import percent_text
from coursework.making.sheet import ROOM, Sheet, write
from coursework.making.stand_ins import stand_in

WORKING = """\
## How to work

Work in the `.py` file of an exercise{notebooks}. Read the text
first: it explains the idea and asks for the code. Then write your code in place of each `raise NotImplementedError`.
Keep the names of files, classes and functions, and their arguments. You need Python 3.10 or newer, and NumPy. Points
are given for each part, such as `forward` and `dx`: a mistake in one does not cost the others.
"""
CHECKING = """\
## How to check

With chainrule installed (your teacher says from where), this says what is right, and what is wrong with the rest:

```sh
{command}
```

`{hint}` adds a hint, and a further one each time.{notebook}
What counts in the end are other inputs than those of the check, drawn anew for each student.
"""
IN_A_NOTEBOOK = """ In a notebook:

```python
from {room} import check

check({name})
```
"""
BUILDING = """\
## Exercises that build on others

{lines}

They are imported from the `.py` files beside it{notebooks}. When your work is checked and graded, right ones
take their place: a mistake in one exercise costs no points in another.
"""
MISSING = """\

Not asked for in this sheet, and worth no points here: {files}. Your own of another sheet can take its place.
"""
HANDING_IN = "## What to hand in\n\n{files}{notebooks}{together}.\n"


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
    write(folder / "README.md", readme(sheet))


def check_cells(exercise: Exercise) -> str:
    """Return the cells with which a student checks a notebook, in the percent format."""
    calls = "\n".join(f"check({name})" for name in to_check(exercise))
    return f"# %% [markdown]\n# Check what you wrote:\n\n# %%\nfrom {ROOM} import check\n\n{calls}\n"


def to_check(exercise: Exercise) -> list[str]:
    """Return the names of the classes and functions that can be checked."""
    return list(dict.fromkeys(question.name for question in exercise.questions if question.name.isidentifier()))


def readme(sheet: Sheet) -> str:
    """Return the page that tells a student how to work."""
    rows = [f"| `{e.name}` | {e.title} | {e.points:g} |" for e in sheet.exercises]
    table = "\n".join([f"# {sheet.title}\n", "| file | exercise | points |", "|---|---|---|", *rows, ""])
    either = " or in its notebook, `.ipynb`, whichever you prefer" if sheet.notebooks else ""
    parts = [table, WORKING.format(notebooks=either)]
    parts += [] if sheet.own else [checking(sheet)]
    parts += [building(sheet)] if any(e.earlier for e in sheet.exercises) else []
    return "\n".join([*parts, handing_in(sheet)])


def checking(sheet: Sheet) -> str:
    """Return how a student checks."""
    first = sheet.exercises[0]
    names = to_check(first)
    notebook = IN_A_NOTEBOOK.format(room=ROOM, name=names[0]) if sheet.notebooks and names else ""
    command, hint = (sheet.form.line("check", f"{first.name}.py", *words) for words in ((), ("--hint",)))
    return CHECKING.format(command=command, hint=hint, notebook=notebook or "\n")


def building(sheet: Sheet) -> str:
    """Return what a student must know of exercises that build on others."""
    names = {e.name: ", ".join(f"`{name}`" for name in e.earlier) for e in sheet.exercises if e.earlier}
    lines = "\n".join(f"- `{name}` imports {others}." for name, others in names.items())
    notebooks = "; where you work in notebooks, copy your code there too" if sheet.notebooks else ""
    text = BUILDING.format(lines=lines, notebooks=notebooks)
    files = ", ".join(f"`{name}.py`" for name in sheet.missing)
    return text + (MISSING.format(files=files) if files else "")


def handing_in(sheet: Sheet) -> str:
    """Return what a student hands in."""
    single = len(sheet.names) == 1
    return HANDING_IN.format(
        files=", ".join(f"`{name}.py`" for name in sheet.names),
        notebooks=f", or the notebook{'' if single else 's'} instead" if sheet.notebooks else "",
        together="" if single else ", together: in a folder, or in a zip archive where only one file is taken",
    )
