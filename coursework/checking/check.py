"""The check of one exercise: of a file, in a process of its own, or of what is defined in a notebook, here."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from coursework.apart.process import File, StudentProcess
from coursework.checking.progress import Progress
from coursework.checking.result import Result
from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from coursework.grading.one import read_text, significant
from coursework.grading.submissions import SUFFIXES
from coursework.judging.expectation import PUBLIC, SEED, Expectation, expectation
from coursework.judging.verdict import Verdict, judge
from coursework.judging.work import WorkHere
from gradients.calling.problems import CannotCheck
from language import _


def check_file(path: Path, exercises: Sequence[Exercise], hint: bool = False) -> Result:
    """Check a student's file or notebook.

    Parameters
    ----------
    path : Path
        Named as the exercise: ``affine.py``.
    exercises : sequence of Exercise
        Those of the course.
    hint : bool
        Add the next hint for the first part that is wrong.

    Raises
    ------
    ValueError
        When there is no such file, or no exercise of its name.
    """
    if not path.is_file():
        raise ValueError(_("there is no file {path}", path=path))
    exercise = next((one for one in exercises if one.name == path.stem), None)
    if exercise is None:
        names = ", ".join(one.name for one in exercises)
        raise ValueError(_("{file} is named like no exercise; there are {names}", file=path.name, names=names))
    try:
        text = read_text(path.name, path.read_bytes())
    except CannotCheck as problem:
        raise ValueError(str(problem)) from problem
    with StudentProcess(File(exercise.name, text, exercise.asked, exercise.solution_modules())) as work:
        verdict = judge(exercise, work, expectation(exercise, SEED), expectation(exercise, PUBLIC))
        verdict.remarks += [
            _("Line {line}: {kind}: {said}", line=line, kind=kind, said=said) for kind, said, line in work.raised
        ]
    progress = Progress(path.parent)
    progress.note(verdict)
    return Result(verdict, exercise.title, lines_below(verdict, exercise, progress, hint))


def worked_on(folder: Path, exercise: Exercise) -> Path | None:
    """Return the file or notebook of an exercise in a folder: of both, the one that is not as it was handed out."""
    found = [path for ending in SUFFIXES if (path := folder / f"{exercise.name}{ending}").is_file()]
    changed = [path for path in found if is_worked_on(exercise, path)]
    return next(iter([*changed, *found]), None)


def is_worked_on(exercise: Exercise, path: Path) -> bool:
    """Return whether a file is not as it was handed out."""
    try:
        return significant(read_text(path.name, path.read_bytes())) != significant(exercise.code(solved=False))
    except CannotCheck:
        return False


def lines_below(verdict: Verdict, exercise: Exercise, progress: Progress, hint: bool) -> list[str]:
    """Return what stands below the parts: the hint that was asked for."""
    wrong = next((part for part in verdict.parts if not part.ok), None)
    if wrong is None or not hint:
        return []
    return [progress.next_hint(exercise, wrong.name) or _("There is no hint for this.")]


def check(thing: Any, exercise: str = "", hint: bool = False, course: str | Path | None = None) -> Result:
    """Check a class or function that was written for an exercise, where it was written: in a notebook.

    Parameters
    ----------
    thing : class or function
        Such as ``Affine``, or ``MyAffine``.
    exercise : str
        Its name, where that of ``thing`` does not say it.
    hint : bool
        Add the next hint for the first part that is wrong.
    course : str or Path, optional
        A teacher's own folder of exercises.

    Returns
    -------
    Result
        It shows itself.

    Raises
    ------
    ValueError
        When it is not known which exercise is meant.
    """
    exercises = read_course(Path(course) if course else None, [exercise] if exercise else ())
    found = [(e, q.name) for e in exercises for q in e.questions if is_meant(thing, q.name)]
    if not found and exercise and len({q.name for q in exercises[0].questions}) == 1:
        found = [(exercises[0], exercises[0].questions[0].name)]
    if not found:
        said = _(
            "{name} is named like nothing that an exercise asks for; "
            'say which one it is for, as in check(MyLayer, "affine")',
            name=getattr(thing, "__name__", thing),
        )
        raise ValueError(said)
    one, name = found[0]
    hidden, public = (only(expectation(one, secret), name) for secret in (SEED, PUBLIC))
    module = surroundings(thing)
    setattr(module, name, thing)
    verdict = judge(one, WorkHere(module, one.asked_functions), hidden, public)
    progress = Progress(Path.cwd())
    return Result(verdict, one.title, lines_below(verdict, one, progress, hint))


def is_meant(thing: Any, name: str) -> bool:
    """Return whether a class or function bears the name of what is asked for, or one like it: ``MyAffine``."""
    own = re.sub(r"^my_?|_", "", str(getattr(thing, "__name__", "")).lower())
    return own == re.sub("_", "", name.lower())


def only(found: Expectation, name: str) -> Expectation:
    """Return what is expected of one class or function alone."""
    return Expectation(found.exercise, [asked for asked in found.asked if asked.question.name == name])


def surroundings(thing: Any) -> ModuleType:
    """Return a module with all that stands beside a class or function where it was written."""
    module = ModuleType("work")
    home = sys.modules.get(getattr(thing, "__module__", ""))
    vars(module).update(vars(home) if home is not None else {})
    return module
