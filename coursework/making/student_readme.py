"""The page that tells students how to work, to check and to hand in."""

from coursework.course.exercise import Exercise
from coursework.making.sheet import ROOM, Sheet
from language import _


def student_readme(sheet: Sheet) -> str:
    """Return the page, in the language that is spoken."""
    parts = [f"# {sheet.title}", table(sheet), *working(sheet)]
    parts += [] if sheet.own else checking(sheet)
    parts += building(sheet) if any(exercise.earlier for exercise in sheet.exercises) else []
    return "\n\n".join([*parts, *handing_in(sheet)]) + "\n"


def table(sheet: Sheet) -> str:
    """Return the exercises and their points as a table."""
    head = f"| {_('file')} | {_('exercise')} | {_('points')} |"
    return "\n".join([head, "|---|---|---|", *(f"| `{e.name}` | {e.title} | {e.points:g} |" for e in sheet.exercises)])


def working(sheet: Sheet) -> list[str]:
    """Return what a student does with a file."""
    where = (
        _("Work in the `.py` file of an exercise, or in its notebook, `.ipynb`, whichever you prefer.")
        if sheet.notebooks
        else _("Work in the `.py` file of an exercise.")
    )
    how = _(
        "Read the text first: it explains the idea and asks for the code. Then write your code in place of each "
        "`raise NotImplementedError`. Keep the names of files, classes and functions, and their arguments. You need "
        "Python 3.10 or newer, and NumPy."
    )
    points = _("Points are given for each part, such as `forward` and `dx`: a mistake in one does not cost the others.")
    return [heading(_("How to work")), where, how, points]


def checking(sheet: Sheet) -> list[str]:
    """Return how a student checks."""
    first = sheet.exercises[0]
    command, with_hint = (sheet.form.line("check", f"{first.name}.py", *words) for words in ((), ("--hint",)))
    said = _("With chainrule installed (your teacher says from where), this says what is right, and what is wrong:")
    hint = _("`{command}` adds a hint, and a further one each time.", command=with_hint)
    found = [heading(_("How to check")), said, f"```sh\n{command}\n```", hint]
    if sheet.notebooks and to_check(first):
        found += [_("In a notebook:"), f"```python\nfrom {ROOM} import check\n\ncheck({to_check(first)[0]})\n```"]
    return [*found, _("What counts in the end are other inputs than those of the check, drawn anew for each student.")]


def to_check(exercise: Exercise) -> list[str]:
    """Return the names of the classes and functions that can be checked."""
    return list(dict.fromkeys(question.name for question in exercise.questions if question.name.isidentifier()))


def building(sheet: Sheet) -> list[str]:
    """Return what a student must know of exercises that build on others."""
    names = {e.name: ", ".join(f"`{name}`" for name in e.earlier) for e in sheet.exercises if e.earlier}
    lines = [f"- {_('`{exercise}` imports {others}.', exercise=name, others=others)}" for name, others in names.items()]
    found = [heading(_("Exercises that build on others")), "\n".join(lines)]
    found.append(_("They are imported from the `.py` files in this folder."))
    if sheet.notebooks:
        found.append(_("If you work in notebooks, copy your code into these files too."))
    found.append(
        _(
            "When your work is checked and graded, right ones take their place: a mistake in one exercise costs no "
            "points in another."
        )
    )
    if sheet.missing:
        files = ", ".join(f"`{name}.py`" for name in sheet.missing)
        found.append(
            _(
                "Not asked for in this sheet, and worth no points here: {files}. Your own can take its place.",
                files=files,
            )
        )
    return found


def handing_in(sheet: Sheet) -> list[str]:
    """Return what a student hands in."""
    files = ", ".join(f"`{name}.py`" for name in sheet.names)
    found = [heading(_("What to hand in")), files]
    if sheet.notebooks:
        found.append(_("A notebook of the same name, `.ipynb`, can take the place of a file."))
    if len(sheet.names) > 1:
        found.append(_("Hand them in together: in a folder, or in a zip archive where only one file is taken."))
    return found


def heading(text: str) -> str:
    """Return a heading."""
    return f"## {text}"
