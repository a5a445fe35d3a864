"""The check of an exercise: what ``python -m coursework check FILE`` says, and the gradients beside it."""

import ast
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from coursework.judging.expectation import PUBLIC, SEED, Expectation
from coursework.judging.verdict import Verdict, judge
from coursework.judging.work import Ended
from coursework.questions import Layer
from gradients import Report, check_layer
from language import _, language
from page.inside.checking.expected import expected_of
from page.inside.checking.guard import guarded
from page.inside.checking.places import marks_of
from page.inside.checking.printing import Printed, printing_into
from page.inside.checking.told import told_part, told_points, told_report
from page.inside.checking.work import PageWork, copies


def course() -> list[Exercise]:
    """Return the exercises, in the language that is spoken."""
    return exercises_in(language())


@cache
def exercises_in(spoken: str) -> list[Exercise]:
    """Return the exercises; what is read of them is in the language that is spoken."""
    return read_course()


def exercise_of(name: str) -> Exercise:
    """Return an exercise; raise ValueError where there is none of the name."""
    for exercise in course():
        if exercise.name == name:
            return exercise
    raise ValueError(_("there is no exercise {name}; there are {known}").format(name=name, known=", ".join(names())))


def names() -> list[str]:
    """Return the names of the exercises."""
    return [exercise.name for exercise in course()]


def check_exercise(exercise: Exercise, text: str) -> dict[str, Any]:
    """Return what is found in a student's text for an exercise."""
    printed = Printed(further=True)
    with guarded():
        hidden, public = expected_of(exercise, SEED), expected_of(exercise, PUBLIC)
        work = PageWork(exercise, text)
        with printing_into(printed):
            tried(work.anew(), public)
        with printing_into(Printed(0)):
            verdict = judge(exercise, work, hidden, public)
            marks = {} if ok(verdict) else marks_of(work, verdict, public, hidden)
            reports = [] if work.why_never or work.patience.line else reports_on(work, public)
    verdict.remarks += [*missing_names(exercise, text, work), *remarks(work)]
    parts = [
        told_part(part, marks.get((part.question, part.name)), len(exercise.hints(part.name))) for part in verdict.parts
    ]
    return {
        "exercise": exercise.name,
        "ok": ok(verdict),
        "points": verdict.points,
        "most": verdict.most,
        "verdict": told_points(verdict.points, verdict.most),
        "parts": parts,
        "remarks": verdict.remarks,
        "reports": [told_report(report, text) for report in reports],
        "problems": [],
        "printed": printed.text,
        "cut": printed.is_cut,
    }


def ok(verdict: Verdict) -> bool:
    """Return whether all is right."""
    return all(part.ok for part in verdict.parts)


def tried(work: PageWork, public: Expectation) -> None:
    """Run a student's text once, for each question with the first of the inputs that everybody may see."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        try:
            for asked in public.asked:
                work.ask(asked.question.ask, asked.cases[0], asked.question.seconds)
        except Ended:
            return


def remarks(work: PageWork) -> list[str]:
    """Return the statements that could not be run, in words."""
    return [_("Line {line}: {kind}: {said}", line=line, kind=kind, said=said) for kind, said, line in work.raised]


def missing_names(exercise: Exercise, text: str, work: PageWork) -> list[str]:
    """Return in words what the exercise asks for and is not there."""
    if work.why_never or work.student is None:
        return []
    asked = dict.fromkeys(question.name for question in exercise.questions)
    return [
        _("There is no {name} in the code, and the exercise asks for it.", name=name)
        for name in asked
        if not hasattr(work.student.work, name) and not is_imported(text, name)
    ]


def is_imported(text: str, name: str) -> bool:
    """Return whether a text imports a name."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return any(name in (alias.asname, alias.name) for node in nodes for alias in node.names)


def reports_on(work: PageWork, public: Expectation) -> Sequence[Report]:
    """Return the reports of the check of gradients on the layers of an exercise."""
    found: dict[str, Report] = {}
    for asked in public.asked:
        question = asked.question
        if isinstance(question, Layer) and question.by_gradients and question.name not in found:
            report = report_on(work.anew(), asked.cases[0])
            if report is not None:
                found[question.name] = report
    return list(found.values())


def report_on(work: PageWork, case: dict[str, Any]) -> Report | None:
    """Return the report on a layer, made and called as in one case; None where it cannot be made or checked."""
    try:
        student = work.live()
        with np.errstate(**work.errors):
            layer = getattr(student.work, case["name"])(*copies(case["parameters"]))
            return check_layer(layer, *copies(case["inputs"]))
    except BaseException:  # what a student's layer may do has no end; the parts tell of it
        return None
