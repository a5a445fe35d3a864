"""The assignment for nbgrader: a course folder with a source notebook for each exercise."""

from pathlib import Path
from typing import Any

from coursework.course.blanks import BEGIN
from coursework.course.exercise import Exercise
from coursework.making.notebooks import finished, notebook_of, write_notebook
from coursework.making.sheet import ROOM, Sheet, write
from coursework.making.student import check_cells

CONFIG = """\
# nbgrader reads this in the folder in which it is called: cd DIR/nbgrader
#
# Our own step takes the place of the one that runs a student's notebook together with the tests: the student's cells
# are graded in a sealed process, and nothing that they do can change the points.
import os
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, IgnorePattern, LimitOutput, SaveAutoGrades

c = get_config()  # noqa: F821
c.Autograde.autograde_preprocessors = [
    "ROOM.places.nbgrader.grade_apart",
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]
os.environ.setdefault("CHAINRULE_ASSIGNMENT", str(Path.cwd().parent / "teacher"))
"""
TEST = """\
# The points of this exercise are worked out here, when it is graded.
### BEGIN HIDDEN TESTS
from ROOM.places.notebook import points

points("EXERCISE")
### END HIDDEN TESTS"""


def write_nbgrader(folder: Path, sheet: Sheet) -> None:
    """Write the folder of a course for nbgrader."""
    write(folder / "nbgrader_config.py", CONFIG.replace("ROOM", ROOM))
    for exercise in sheet.exercises:
        cells = source_cells(exercise) + ([] if sheet.own else checks(exercise)) + [test_cell(exercise)]
        for number, cell in enumerate(cells, start=1):
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.grade_id = f"{exercise.name}-{number}"
        notebook = finished(cells, exercise.name)
        write_notebook(folder / "source" / sheet.word / f"{exercise.name}.ipynb", notebook)


def source_cells(exercise: Exercise) -> list[Any]:
    """Return the cells of an exercise: those with blanks are the student's, the others are locked."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    found = []
    for cell in exercise.for_students():
        made = new_markdown_cell(cell.text) if cell.kind == "markdown" else new_code_cell(cell.text)
        is_solution = cell.kind == "code" and BEGIN in cell.text
        found.append(marked(made, solution=is_solution, locked=not is_solution))
    return found


def checks(exercise: Exercise) -> list[Any]:
    """Return the cells with which a student checks: nbgrader has nothing to do with them."""
    return list(notebook_of(check_cells(exercise), exercise.name).cells)


def test_cell(exercise: Exercise) -> Any:
    """Return the cell whose last value is the points."""
    from nbformat.v4 import new_code_cell

    cell = new_code_cell(TEST.replace("ROOM", ROOM).replace("EXERCISE", exercise.name))
    return marked(cell, grade=True, locked=True, points=exercise.points)


def marked(cell: Any, **words: Any) -> Any:
    """Return a cell with what nbgrader wants to know of it."""
    from nbformat import from_dict

    usual = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    cell.metadata["nbgrader"] = from_dict({**usual, **words})
    return cell
