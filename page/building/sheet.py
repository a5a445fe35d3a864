"""The exercises as the page shows them: their prose as HTML, the code with blanks, the parts; never a solution."""

import json
from pathlib import Path
from typing import Any

from coursework.course.blanks import with_blanks
from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from language import LANGUAGES, _, speaking
from page.building.npm import node
from page.building.runtime import write_packed


def put_sheet(folder: Path) -> None:
    """Write ``sheet-en.json.gz`` and ``sheet-ko.json.gz`` into a folder."""
    sheets = {}
    for language in LANGUAGES:
        with speaking(language):
            sheets[language] = [described(exercise) for exercise in read_course()]
    texts = [exercise["prose"] for exercises in sheets.values() for exercise in exercises]
    made = iter(json.loads(node("prose.mjs", given=json.dumps(texts))))
    for language, exercises in sheets.items():
        content = [{**exercise, "prose": next(made)} for exercise in exercises]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        write_packed(folder / f"sheet-{language}.json.gz", text.encode())


def described(exercise: Exercise) -> dict[str, Any]:
    """Return what the page tells of an exercise, in the language that is spoken; its prose in Markdown."""
    cells = exercise.for_students()
    prose = "\n\n".join(cell.text for cell in cells if cell.kind == "markdown")
    code = "\n\n\n".join(cell.text for cell in cells if cell.kind == "code")
    return {
        "name": exercise.name,
        "title": exercise.title,
        "prose": without_title(prose),
        "code": with_blanks(code, _("your code here")).rstrip() + "\n",
        "points": exercise.points,
        "parts": [
            {"question": question.name, "name": name, "points": points}
            for question in exercise.questions
            for name, points in question.points.items()
        ],
        "earlier": list(exercise.earlier),
    }


def without_title(prose: str) -> str:
    r"""Return Markdown without the heading with which it begins.

    >>> without_title("# ReLU\n\nText")
    'Text'
    """
    first, _, rest = prose.partition("\n")
    return rest.strip("\n") if first.startswith("# ") else prose
