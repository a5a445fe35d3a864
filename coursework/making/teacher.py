"""What the teacher keeps: the assignment with its secret, the solutions, the points, and what to do next."""

import csv
import io
from pathlib import Path

from coursework.grading.assignment import write_assignment
from coursework.making.notebooks import notebook_of, write_notebook
from coursework.making.percent import percent_text
from coursework.making.sheet import Sheet, write


def write_teacher(folder: Path, sheet: Sheet) -> None:
    """Write the folder that the teacher keeps."""
    write_assignment(folder, sheet.exercises, sheet.title, sheet.language)
    for exercise in sheet.exercises:
        text = percent_text(exercise, solved=True)
        write(folder / "solutions" / f"{exercise.name}.py", text)
        if sheet.notebooks:
            write_notebook(folder / "solutions" / f"{exercise.name}.ipynb", notebook_of(text, exercise.name))
    write(folder / "points.csv", points(sheet))


def points(sheet: Sheet) -> str:
    """Return the points of each part as a table."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["exercise", "question", "part", "points"])
    for exercise in sheet.exercises:
        for question in exercise.questions:
            for part, most in question.points.items():
                writer.writerow([exercise.name, question.name, part, f"{most:g}"])
    return file.getvalue()
