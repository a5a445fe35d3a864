"""The assignment for otter-grader: a master notebook with a question for each exercise."""

import shutil
from pathlib import Path
from typing import Any

from coursework.course.blanks import BEGIN, BLANK, END
from coursework.course.cells import Cell
from coursework.course.exercise import Exercise
from coursework.grading.assignment import COURSE, FILE
from coursework.making.notebooks import finished, write_notebook
from coursework.making.sheet import ROOM, Sheet
from coursework.places.notebook import MARK
from language import _

SETTINGS = """\
# ASSIGNMENT CONFIG
name: NAME
init_cell: false
export_cell: false
check_all_cell: false
tests:
    files: true
    ok_format: false
autograder_files:
FILES
plugins:
    - ROOM.places.otter.TestsAlone
generate:
    show_hidden: true
    force_public_test_summary: false"""
TEST = '''\
""" # BEGIN TEST CONFIG
points: POINTS
hidden: true
""" # END TEST CONFIG
def test_PART():
    from ROOM.places.notebook import require
    require("EXERCISE", "QUESTION", "PART")'''


def write_otter(folder: Path, sheet: Sheet, assignment: Path) -> None:
    """Write the folder for otter-grader: the master notebook, and the teacher's files, which it names.

    Parameters
    ----------
    folder : Path
    sheet : Sheet
    assignment : Path
        The teacher's folder.
    """
    files = [FILE, *(f"{COURSE}/{path.name}" for path in sorted((assignment / COURSE).iterdir()))]
    for name in files:
        (folder / "teacher" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assignment / name, folder / "teacher" / name)
    listed = "\n".join(f"    - teacher/{name}" for name in files)
    settings = SETTINGS.replace("NAME", sheet.word).replace("ROOM", ROOM).replace("FILES", listed)
    cells = [raw(settings)]
    for exercise in sheet.exercises:
        cells += question_cells(exercise)
    write_notebook(folder / f"{sheet.word}.ipynb", finished(cells, sheet.word))


def question_cells(exercise: Exercise) -> list[Any]:
    """Return the cells of an exercise: text, given code, solution and tests, with otter's marks around them."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    found = [raw(f"# BEGIN QUESTION\nname: {exercise.name}\ncheck_cell: false")]
    for cell in exercise.for_students():
        made = new_markdown_cell(cell.text) if cell.kind == "markdown" else new_code_cell(as_otter_has_it(cell))
        made.metadata[MARK] = exercise.name
        is_solution = cell.kind == "code" and BEGIN in cell.text
        found += [raw("# BEGIN SOLUTION"), made, raw("# END SOLUTION")] if is_solution else [made]
    tests = [new_code_cell(text) for text in test_texts(exercise)]
    return [*found, raw("# BEGIN TESTS"), *tests, raw("# END TESTS"), raw("# END QUESTION")]


def as_otter_has_it(cell: Cell) -> str:
    """Return code with otter's marks around the solution, and with what takes its place."""
    lines = []
    for line in cell.text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() == BEGIN:
            lines.append(f"{indent}# BEGIN SOLUTION NO PROMPT")
        elif line.strip() == END:
            prompt = [f"# {_('your code here')}", BLANK]
            lines += [f"{indent}# END SOLUTION", f'{indent}""" # BEGIN PROMPT', *(indent + word for word in prompt)]
            lines.append(f'{indent}""" # END PROMPT')
        else:
            lines.append(line)
    return "\n".join(lines)


def test_texts(exercise: Exercise) -> list[str]:
    """Return a test for each part."""
    found = []
    for question in exercise.questions:
        for part, most in question.points.items():
            text = TEST.replace("ROOM", ROOM).replace("EXERCISE", exercise.name).replace("QUESTION", question.name)
            name = "".join(letter if letter.isalnum() else "_" for letter in f"{question.name}_{part}")
            text = text.replace("test_PART", f"test_{name}").replace("PART", part).replace("POINTS", f"{most:g}")
            found.append(text)
    return found


def raw(text: str) -> Any:
    """Return a cell that speaks to otter."""
    from nbformat.v4 import new_raw_cell

    return new_raw_cell(text)
