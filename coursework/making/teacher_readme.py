"""The page that tells a teacher what to do next, for each place."""

import shlex
from pathlib import Path

from coursework.making.sheet import Sheet

BEGIN = """\
# {title}

For the teacher: {count}, {points} points; `points.csv` has them part by part. **Keep this folder to yourself.**
It holds the solutions (`solutions/`), and the secret (`assignment.json`) from which the hidden inputs are drawn.
Students get the folder `student/`, and nothing else.

Made again into the same folder, the assignment keeps its secret, so that what was graded is graded the same again.

## Grade on your own machine

Put what was handed in into a folder, with a folder or zip archive for each student, or take the export of Gradescope or
Moodle. Then, where you made this,

```sh
{grade}
```

`grades/class.html` shows who made which mistake.
"""
PLACES = """
## Gradescope

Create a programming assignment of {points} points, upload `gradescope.zip` as its autograder, and submit the files of
`teacher/solutions/` once to try it. The standard images of Ubuntu 22.04 and newer will do; grading needs no network.
Each part is a test of its own; students see its message, never the hidden inputs. No test is hidden, since students
would not see their total: what you should look at, such as a gradient computed numerically, is in the result's
`extra_data`.

## Autolab

Upload `autolab/autograde.tar` and `autolab/autograde-Makefile`, and create these problems: {problems}.
Students hand in one file: a zip or tar archive{single}. The image needs Python 3.10 or newer, and NumPy.

## Classroom 50

`classroom50/autograder.py` goes to `CLASSROOM/autograders/{word}/autograder.py`. It holds the solutions and the
secret, packed: the repository in which it lies must be one that students cannot read. Points are whole numbers there.
"""
NOTEBOOKS = """
## nbgrader

Work in the folder `nbgrader`, a course of nbgrader, in an environment that has chainrule and nbgrader:

```sh
cd {out}/nbgrader
nbgrader generate_assignment {word}
nbgrader autograde {word}
nbgrader generate_feedback {word}
```

By itself, nbgrader runs a student's cells and the tests in one kernel, in which a student can replace whatever gives
the points. `nbgrader_config.py` changes that: a student's cells run in a sealed process, and nowhere else. In a course
folder of your own, copy its lines into yours, and set the variable `CHAINRULE_ASSIGNMENT` to the path of this folder.
Without these lines, the test cells grade the notebook's file in a process of its own as well, but what they say passes
through the student's kernel, which can read this folder: **there is no isolation then**.

## otter-grader

```sh
cd {out}/otter
otter assign {word}.ipynb dist
otter run -a dist/autograder/{word}-autograder*.zip SUBMISSION.ipynb
```

`dist/student/` is for students; `otter/teacher/`, `dist/autograder/` and the archive in it hold the secret. chainrule
must be installed where the tests run, in otter-grader's containers too. By itself, otter runs a student's cells and the
tests in one kernel. The plugin that the notebook names keeps them apart: a student's cells run in a sealed process, and
nowhere else. Without the plugin, **there is no isolation**.
"""


def teacher_readme(sheet: Sheet, out: Path) -> str:
    """Return the page for an assignment that is made into a folder."""
    name, count = sheet.exercises[0].name, len(sheet.exercises)
    words = {
        "title": sheet.title,
        "out": shlex.quote(out.as_posix()),
        "count": "one exercise" if count == 1 else f"{count} exercises",
        "points": f"{sheet.points:g}",
        "word": sheet.word,
        "grade": sheet.form.line(
            "grade", "SUBMISSIONS", "--assignment", f"{out.as_posix()}/teacher", "--out", "grades"
        ),
        "problems": ", ".join(f"`{e.name}` ({e.points:g} points)" for e in sheet.exercises),
        "single": f", or `{name}.py` or `{name}.ipynb` itself" if count == 1 else "",
    }
    return (BEGIN + PLACES + (NOTEBOOKS if sheet.notebooks else "")).format(**words)
