"""nbgrader's step that grades: it takes the place of the one that runs a student's notebook beside the tests.

``nbgrader_config.py``, which make writes, names it. No kernel is started; a test cell gets its output from here.
"""

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from coursework.places.notebook import feedback, find_assignment, grade_notebook


class GradeApart(NbGraderPreprocessor):
    """Put our grader's verdict into the test cell of an exercise's notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grade the notebook, and write points and feedback as the output of its test cell."""
        import nbformat

        said = resources["nbgrader"]
        name, place = said["notebook"], Path(resources["metadata"]["path"])
        graded = grade_notebook(nbformat.writes(nb).encode(), name, said["student"], find_assignment(place))
        for verdict in graded.verdicts:
            if verdict.exercise == name:
                for cell in filter(is_test, nb.cells):
                    cell.outputs = outputs(feedback(verdict), verdict.points)
        return nb, resources


def is_test(cell: Any) -> bool:
    """Return whether a cell is one that gives points."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def outputs(text: str, points: float) -> list[Any]:
    """Return a text that was printed, and the points as a cell's last value."""
    from nbformat.v4 import new_output

    return [
        new_output("stream", name="stdout", text=text),
        new_output("execute_result", data={"text/plain": f"{points:g}"}, execution_count=None),
    ]
