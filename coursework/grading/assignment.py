"""An assignment: exercises that were handed out together, with the secret from which the hidden inputs are drawn."""

import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from language import _

FILE, COURSE = "assignment.json", "course"


@dataclass(frozen=True)
class Facts:
    """What an assignment's file says.

    Attributes
    ----------
    title : str
    exercises : tuple of str
        The names of the exercises, in their order.
    language : str
    secret : str
        Nobody but the teacher knows it.
    """

    title: str
    exercises: tuple[str, ...]
    language: str = "en"
    secret: str = ""


class Assignment:
    """An assignment, read from the teacher's folder.

    Parameters
    ----------
    folder : Path
        With ``assignment.json``, and the exercises in ``course/``.

    Raises
    ------
    ValueError
        When the folder is none that :func:`write_assignment` wrote.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / FILE
        if not path.is_file():
            said = _("{folder} holds no assignment: expected {path}, which make writes into DIR/teacher")
            raise ValueError(said.format(folder=folder, path=path))
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            self.facts = Facts(**{**content, "exercises": tuple(content["exercises"])})
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(_("{path} is damaged: {error}", path=path, error=error)) from error
        self.exercises: list[Exercise] = read_course(folder / COURSE, self.facts.exercises)

    @property
    def points(self) -> float:
        """What all exercises are worth."""
        return sum(exercise.points for exercise in self.exercises)


def write_assignment(folder: Path, exercises: Sequence[Exercise], title: str, language: str = "en") -> Assignment:
    """Write an assignment into a teacher's folder, with a secret of its own, and return it.

    One that is there keeps its secret, so that what was graded is graded the same again.
    """
    secret = secrets.token_hex(16)
    if (folder / FILE).is_file():
        secret = Assignment(folder).facts.secret
        shutil.rmtree(folder / COURSE)
    (folder / COURSE).mkdir(parents=True, exist_ok=True)
    needed: dict[str, Exercise] = {}
    for exercise in exercises:
        needed |= all_earlier(exercise) | {exercise.name: exercise}
    for name, exercise in needed.items():
        shutil.copyfile(exercise.path, folder / COURSE / f"{name}.py")
    (folder / COURSE / "order.txt").write_text("\n".join(needed) + "\n", encoding="utf-8")
    facts = Facts(title, tuple(exercise.name for exercise in exercises), language, secret)
    (folder / FILE).write_text(json.dumps(asdict(facts), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return Assignment(folder)


def all_earlier(exercise: Exercise) -> dict[str, Exercise]:
    """Return the exercises that one builds on, at any distance, the first first."""
    found: dict[str, Exercise] = {}
    for name, earlier in exercise.earlier.items():
        found |= all_earlier(earlier) | {name: earlier}
    return found
