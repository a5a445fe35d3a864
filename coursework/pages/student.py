"""The page on one submission: what the student may see, and what the teacher sees besides."""

from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded
from coursework.judging.verdict import Part, Verdict
from coursework.pages.html import Html, earned_of, element, page, points_of, prose, table
from language import _


def student_page(graded: Graded, assignment: Assignment) -> str:
    """Return the page that a student may see: nothing of the hidden inputs is in it."""
    return page(
        f"{graded.student}: {assignment.facts.title}", *header(graded, assignment), *parts(graded, assignment, False)
    )


def teacher_page(graded: Graded, assignment: Assignment) -> str:
    """Return the page for the teacher: with the hidden values, and the code that was graded."""
    return page(
        f"{graded.student}: {assignment.facts.title}", *header(graded, assignment), *parts(graded, assignment, True)
    )


def header(graded: Graded, assignment: Assignment) -> list[Html]:
    """Return whose page it is, and the points."""
    earned = element("span", points_of(graded.points, graded.most), class_="points sum")
    lines = [element("p", assignment.facts.title, class_="eyebrow"), element("h1", graded.student, earned)]
    return lines + [element("p", remark, class_="wrong") for remark in graded.remarks]


def parts(graded: Graded, assignment: Assignment, for_teacher: bool) -> list[Html]:
    """Return a section for each exercise."""
    titles = {exercise.name: exercise.title for exercise in assignment.exercises}
    found: list[Html] = []
    for verdict in graded.verdicts:
        earned = element("span", f" {earned_of(verdict.points, verdict.most)}", class_="points faint")
        found.append(element("h2", titles.get(verdict.exercise, verdict.exercise), earned))
        found += [element("p", remark, class_="faint") for remark in verdict.remarks]
        rows = [row(part, for_teacher) for part in verdict.parts]
        found.append(element("div", table(head(for_teacher), rows, numbers=(2,)), class_="parts"))
        found += about(verdict) if for_teacher else []
    return found


def head(for_teacher: bool) -> list[str]:
    """Return what stands above the columns."""
    columns = ["", _("Part"), _("Points"), _("What was found")]
    return [*columns, _("With the hidden inputs")] if for_teacher else columns


def row(part: Part, for_teacher: bool) -> list[object]:
    """Return the row of one part."""
    mark = element("span", "✓" if part.ok else "✗", class_="right" if part.ok else "wrong")
    name = element("span", f"{part.question} ", element("code", part.name))
    code = [element("code", part.code, class_="name"), " "] if part.code else []
    said = element("span", _("right") if part.ok else "", *code, prose(part.message))
    hidden = [part.hidden] if for_teacher else []
    return [mark, name, earned_of(part.points, part.most), said, *hidden]


def about(verdict: Verdict) -> list[Html]:
    """Return what the teacher sees besides: what is suspicious, and the code."""
    found = [element("p", element("strong", _("Look at this:") + " "), line) for line in verdict.for_teacher]
    if verdict.text:
        code = element("pre", element("code", verdict.text))
        found.append(element("details", element("summary", _("The code that was graded")), code))
    return found
