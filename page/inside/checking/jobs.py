"""What the page asks about a student's code."""

import base64
from pathlib import Path
from typing import Any

from gradients.calling.problems import CannotCheck
from gradients.homework.source import python_text
from language import _
from page.inside.checking.exercise import check_exercise, exercise_of, names
from page.inside.checking.own import check_own

MOST_LETTERS = 1_000_000  # of a file


def check(request: dict[str, Any]) -> dict[str, Any]:
    """Return what is found in ``text``: for the ``exercise`` of that name, or, where it is empty, for itself."""
    text = str(request["text"])
    if len(text) > MOST_LETTERS:
        too_long = _("the file has {letters:,} letters; at most {most:,} are read")
        raise ValueError(too_long.format(letters=len(text), most=MOST_LETTERS))
    name = request.get("exercise", "")
    return check_exercise(exercise_of(name), text) if name else check_own(text)


def hint(request: dict[str, Any]) -> dict[str, Any]:
    """Return one hint for a part of an exercise, from the first to the last, by its number from 1."""
    hints = exercise_of(request["exercise"]).hints(request["part"])
    if not hints:
        return {"hint": _("There is no hint for this."), "number": 0, "count": 0}
    number = max(1, min(int(request["number"]), len(hints)))
    return {"hint": " ".join(hints[number - 1].split()), "number": number, "count": len(hints)}


def read(request: dict[str, Any]) -> dict[str, Any]:
    """Return the Python in a file or notebook, and which exercise it is for, by its name; empty where for none.

    ``data`` is its content in base64.
    """
    path = Path(str(request["name"]).replace("\\", "/").rpartition("/")[2])
    try:
        text = python_text(path, base64.b64decode(request["data"])).text
    except CannotCheck as problem:
        return {"problem": str(problem), "text": "", "exercise": ""}
    except Exception as error:  # a notebook's parts may be anything, an encoding no encoding of text
        said = _("{file} cannot be read: {error}", file=path.name, error=type(error).__name__)
        return {"problem": said, "text": "", "exercise": ""}
    text = text.encode("utf-8", "replace").decode("utf-8")  # a notebook may hold what is no letter
    return {"problem": "", "text": text, "exercise": path.stem if path.stem in names() else ""}


JOBS = {"check": check, "hint": hint, "read": read}
