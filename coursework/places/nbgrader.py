"""nbgrader's step that grades: it takes the place of the one that runs a student's notebook beside the tests.

``nbgrader_config.py``, which make writes, names it. No kernel is started; a test cell gets its output from here.
"""

from pathlib import Path
from typing import Any

from coursework.places.notebook import feedback, find_assignment, grade_notebook


def grade_apart(nb: Any, resources: Any) -> tuple[Any, Any]:
    """Grade an exercise's notebook, and write points and feedback as the output of its test cell."""
    import nbformat
    from nbgrader.utils import is_grade, is_solution

    said = resources["nbgrader"]
    name, folder = said["notebook"], Path(resources["metadata"]["path"])
    # not in the folder itself, where a student may have put one
    graded = grade_notebook(nbformat.writes(nb).encode(), name, said["student"], find_assignment(folder.parent))
    for verdict in graded.verdicts:
        if verdict.exercise == name:
            for cell in nb.cells:
                if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
                    cell.outputs = outputs(feedback(verdict), verdict.points)
    return nb, resources


def outputs(text: str, points: float) -> list[Any]:
    """Return a text that was printed, and the points as a cell's last value."""
    from nbformat.v4 import new_output

    return [
        new_output("stream", name="stdout", text=text),
        new_output("execute_result", data={"text/plain": f"{points:g}"}, execution_count=None),
    ]
