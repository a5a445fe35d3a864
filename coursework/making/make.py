"""The program behind ``python -m coursework make``: exercises proved, and an assignment of them written."""

import shutil
from collections.abc import Callable
from pathlib import Path

from coursework.grading.assignment import FILE as ASSIGNMENT
from coursework.grading.assignment import Assignment
from coursework.making.graders import write_graders
from coursework.making.nbgrader import write_nbgrader
from coursework.making.notebooks import require_jupytext
from coursework.making.numpy_wheels import add_wheels
from coursework.making.otter import write_otter
from coursework.making.sheet import Sheet, write
from coursework.making.student import write_student
from coursework.making.teacher import write_teacher
from coursework.making.teacher_readme import teacher_readme
from coursework.proving import prove
from language import _

LIST = ".coursework"  # in a folder that make wrote: the files that are make's own


class NotReady(Exception):
    """Exercises that cannot be handed out, with the reasons."""


def make(sheet: Sheet, out: Path, tell: Callable[[str], None] = lambda name: None) -> list[str]:
    """Write an assignment into a folder, whole or not at all; return in words what is missing.

    One that is there is renewed: it keeps its secret, and files in it that make did not write.

    Parameters
    ----------
    sheet : Sheet
    out : Path
    tell : callable
        Is told the name of each exercise that will be proved.

    Raises
    ------
    NotReady
        When an exercise fails its proof.
    ValueError
        When ``out`` holds something else, or notebooks cannot be made.
    """
    new, old = (out.absolute().with_name(f".{out.name}.{word}") for word in ("new", "old"))
    if old.exists() and not out.exists():  # it was killed between its last two steps
        old.rename(out)
    require_own(out, sheet)
    if sheet.notebooks:
        require_jupytext()
    require_ready(sheet, tell)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        missing = write_all(new, sheet, out)
        if out.exists():
            out.rename(old)
        new.rename(out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if out.exists():
            shutil.rmtree(old, ignore_errors=True)
    return missing


def require_own(out: Path, sheet: Sheet) -> None:
    """Raise ValueError when a folder is there and holds something else, or exercises that would be gone."""
    if out.exists() and not (out / LIST).is_file() and (not out.is_dir() or any(out.iterdir())):
        said = _("{out} holds something else; an assignment goes into a new folder, or into one that make wrote")
        raise ValueError(said.format(out=out))
    if (out / "teacher" / ASSIGNMENT).is_file():
        names = Assignment(out / "teacher").facts.exercises
        gone = [name for name in names if name not in sheet.names]
        if gone:
            said = _("{out} holds a sheet with {names} as well; name them too, or choose another folder")
            raise ValueError(said.format(out=out, names=", ".join(gone)))


def require_ready(sheet: Sheet, tell: Callable[[str], None]) -> None:
    """Raise NotReady when an exercise fails its proof."""
    faults = []
    for exercise in sheet.exercises:
        tell(exercise.name)
        faults += [f"{exercise.name}: {fault}" for fault in prove(exercise).faults]
    if faults:
        raise NotReady("\n".join(faults))


def write_all(new: Path, sheet: Sheet, before: Path) -> list[str]:
    """Write all into a new folder; return in words what is missing. ``before`` is the one whose place it will take."""
    new.mkdir()
    if (before / "teacher" / "assignment.json").is_file():  # which holds the secret
        (new / "teacher").mkdir()
        shutil.copyfile(before / "teacher" / "assignment.json", new / "teacher" / "assignment.json")
        shutil.copytree(before / "teacher" / "course", new / "teacher" / "course")
    write_student(new / "student", sheet)
    write_teacher(new / "teacher", sheet)
    write(new / "teacher" / "README.md", teacher_readme(sheet, before))
    missing = add_wheels(new / "wheels", sheet.wheels)
    write_graders(new, new / "teacher", new / "wheels")
    shutil.rmtree(new / "wheels")
    if sheet.notebooks:
        write_nbgrader(new / "nbgrader", sheet)
        write_otter(new / "otter", sheet, new / "teacher")
    own = [path.relative_to(new).as_posix() for path in sorted(new.rglob("*")) if path.is_file()]
    write(new / LIST, "\n".join([*own, LIST]) + "\n")
    keep_others(before, new)
    return missing


def keep_others(before: Path, new: Path) -> None:
    """Copy from the folder that is there what make did not write: a gradebook, submissions."""
    if not (before / LIST).is_file():
        return
    own = set((before / LIST).read_text(encoding="utf-8").splitlines())
    for path in before.rglob("*"):
        place = new / path.relative_to(before)
        if path.relative_to(before).as_posix() not in own and path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place)
