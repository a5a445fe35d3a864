"""The sheet: what is made of some exercises, and where it goes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursework.course.exercise import Exercise
from coursework.grading.assignment import all_earlier
from training.command.form import Form

ROOM = __name__.rpartition(".making.")[0]  # "coursework", or "chainrule.coursework" where it is installed


@dataclass(frozen=True)
class Sheet:
    """Exercises that are handed out together.

    Attributes
    ----------
    exercises : sequence of Exercise
    title : str
    language : str
    form : Form
        How the program is called that makes it.
    own : bool
        Whether the exercises are the teacher's own, of which students have no copy to check with.
    notebooks : bool
        Whether notebooks are made, too.
    wheels : Path or None
        A folder with NumPy's wheels; they are downloaded without it.
    """

    exercises: Sequence[Exercise]
    title: str
    form: Form
    language: str = "en"
    own: bool = False
    notebooks: bool = True
    wheels: Path | None = None

    @property
    def names(self) -> list[str]:
        """The exercises' names."""
        return [exercise.name for exercise in self.exercises]

    @property
    def points(self) -> float:
        """What all is worth."""
        return sum(exercise.points for exercise in self.exercises)

    @cached_property
    def missing(self) -> dict[str, Exercise]:
        """The exercises that these build on, and that are not in the sheet."""
        found: dict[str, Exercise] = {}
        for exercise in self.exercises:
            found |= all_earlier(exercise)
        return {name: exercise for name, exercise in found.items() if name not in self.names}

    @property
    def word(self) -> str:
        """The title as a name for folders and in addresses."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.title).strip("-").lower() or "sheet"


def write(path: Path, text: str) -> None:
    """Write a text file, with the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
