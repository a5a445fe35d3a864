"""Files for exercises that are not in a sheet, and that its exercises import: a student can run theirs all the same."""

from importlib import import_module

from coursework.course.exercise import Exercise
from coursework.making.percent import percent_text
from coursework.making.sheet import Sheet
from language import _

ROOMS = ("layers", "networks", "gradients", "training")  # of this toolkit, where the names of the course come from
PACKAGE = "chainrule"


def stand_in(exercise: Exercise, sheet: Sheet) -> str:
    """Return a file that takes an exercise's place: the toolkit's own where it has all names, its blanks where not."""
    homes = {} if sheet.own else {question.name: home_of(question.name) for question in exercise.questions}
    if not homes or None in homes.values():
        return percent_text(exercise, solved=False)
    imports = "\n".join(f"from {PACKAGE}.{home} import {name}" for name, home in homes.items())
    names = ", ".join(f'"{name}"' for name in homes)
    text = _("This stands in for {file} of another sheet; your own can take its place.", file=f"{exercise.name}.py")
    return f'"""{text}"""\n\n{imports}\n\n__all__ = [{names}]\n'


def home_of(name: str) -> str | None:
    """Return the room of this toolkit that offers a name.

    >>> home_of("Affine"), home_of("nothing")
    ('layers', None)
    """
    package = __name__.rpartition("coursework.")[0]  # "chainrule." where it is installed
    for room in ROOMS:
        if name in getattr(import_module(f"{package}{room}"), "__all__", ()):
            return room
    return None
