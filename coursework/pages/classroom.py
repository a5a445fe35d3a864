"""The page on the whole class: which mistake how many made, where points were lost, and what to look at."""

from collections import Counter
from collections.abc import Sequence

from coursework.grading.alike import Alike
from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded
from coursework.pages.html import Html, element, page, points, sentence_of, table
from language import _

BINS = 10


def class_page(graded: Sequence[Graded], assignment: Assignment, alike: Sequence[Alike], files: dict[str, str]) -> str:
    """Return the page on a class.

    Parameters
    ----------
    graded : sequence of Graded
    assignment : Assignment
    alike : sequence of Alike
        Submissions that are suspiciously alike.
    files : dict of str to str
        The teacher's page on each student.
    """
    return page(
        assignment.facts.title,
        element("p", _("{count} submissions", count=len(graded)), class_="eyebrow"),
        element("h1", assignment.facts.title),
        *overview(graded, assignment),
        *mistakes(graded, assignment),
        *to_look_at(graded, alike, files),
        *all_students(graded, assignment, files),
    )


def overview(graded: Sequence[Graded], assignment: Assignment) -> list[Html]:
    """Return how the points are distributed, and the mean of each exercise."""
    totals = sorted(one.points for one in graded)
    middle = (totals[(len(totals) - 1) // 2] + totals[len(totals) // 2]) / 2
    mean = sum(totals) / len(totals)
    text = _("Of {most} points, the mean is {mean} and the median {median}.")
    text = text.format(most=points(assignment.points), mean=points(mean), median=points(middle))
    shares = {exercise.name: share(graded, number) for number, exercise in enumerate(assignment.exercises)}
    hardest = min(shares, key=lambda name: shares[name])
    about_hardest = sentence_of(
        _("The hardest was {exercise}: {share} of its points were earned."),
        exercise=element("code", hardest),
        share=f"{shares[hardest]:.0%}",
    )
    rows = [
        (exercise.title, element("code", exercise.name), f"{shares[exercise.name]:.0%}", bar(shares[exercise.name]))
        for exercise in assignment.exercises
    ]
    return [
        element("h2", _("Points")),
        element("p", text),
        histogram(totals, assignment.points),
        element("h2", _("Exercises")),
        element("p", about_hardest),
        table([_("Exercise"), "", _("Points earned"), ""], rows, numbers=(2,)),
    ]


def share(graded: Sequence[Graded], number: int) -> float:
    """Return the share of an exercise's points that were earned."""
    most = sum(one.verdicts[number].most for one in graded)
    return sum(one.verdicts[number].points for one in graded) / most if most else 0.0


def bar(part: float) -> Html:
    """Return a bar of that share of the width."""
    return Html(f'<span class="bar" style="width: {100 * part:.1f}%"></span>')


def histogram(totals: Sequence[float], most: float) -> Html:
    """Return how many submissions have how many points, as a picture."""
    counts = [0] * BINS
    for total in totals:
        counts[min(BINS - 1, int(total / most * BINS)) if most else 0] += 1
    tallest, width, height = max(counts), 600, 150
    step = width / BINS
    drawn = []
    for number, count in enumerate(counts):
        tall = height * count / tallest
        left, top = number * step, 20 + height - tall
        drawn.append(f'<rect x="{left + 2:.0f}" y="{top:.1f}" width="{step - 4:.0f}" height="{tall:.1f}"/>')
        if count:
            middle = left + step / 2
            drawn.append(f'<text x="{middle:.0f}" y="{top - 6:.1f}" text-anchor="middle">{count}</text>')
    none, all_points = _("{points} points", points=0), _("{points} points", points=points(most))
    ends = [f'<text x="0" y="{height + 38}">{none}</text>']
    ends.append(f'<text x="{width}" y="{height + 38}" text-anchor="end">{all_points}</text>')
    line = f'<line x1="0" x2="{width}" y1="{height + 20}" y2="{height + 20}"/>'
    label = _(
        "Distribution of points: {counts} submissions, from the fewest points to the most",
        counts=", ".join(map(str, counts)),
    )
    head = f'<svg viewBox="0 0 {width} {height + 45}" width="{width}" role="img" aria-label="{label}">'
    return Html(head + "".join([*drawn, line, *ends]) + "</svg>")


def mistakes(graded: Sequence[Graded], assignment: Assignment) -> list[Html]:
    """Return which mistake was made how often in which exercise."""
    found: list[Html] = [element("h2", _("Mistakes"))]
    for number, exercise in enumerate(assignment.exercises):
        count: Counter[tuple[str, str]] = Counter()
        example: dict[tuple[str, str], str] = {}
        for one in graded:
            for kind, message in {
                (p.code, p.question): p.message for p in one.verdicts[number].parts if not p.ok
            }.items():
                count[kind] += 1
                example.setdefault(kind, message)
        rows = [
            (element("code", code or _("no name"), class_="name"), question, times, example[code, question])
            for (code, question), times in sorted(count.items(), key=lambda item: (-item[1], item[0]))
        ]
        if rows:
            head = [_("Mistake"), _("In"), _("Submissions"), _("What the first of them was told")]
            found += [element("h3", exercise.title), table(head, rows, numbers=(2,))]
    return found if len(found) > 1 else [*found, element("p", _("None."))]


def to_look_at(graded: Sequence[Graded], alike: Sequence[Alike], files: dict[str, str]) -> list[Html]:
    """Return what a teacher should look at: submissions that are alike, gradients computed numerically."""
    said = _("{first} and {second}: {exercise}, {share} alike")
    lines = []
    for pair in alike:
        names = {"first": link(pair.first, files), "second": link(pair.second, files)}
        lines.append(element("li", sentence_of(said, **names, exercise=pair.exercise, share=f"{pair.share:.0%}")))
    for one in graded:
        for line in [*one.remarks, *(line for verdict in one.verdicts for line in verdict.for_teacher)]:
            lines.append(element("li", link(one.student, files), f": {line}"))
    found = [element("h2", _("To look at"))]
    found += [element("ul", *lines)] if lines else [element("p", _("Nothing."))]
    not_enforced = sorted({line for one in graded for line in one.not_enforced})
    if not_enforced:
        said = _("While these were graded, this system could not forbid everything: {lines}")
        found.append(element("p", said.format(lines="; ".join(not_enforced))))
    return found


def all_students(graded: Sequence[Graded], assignment: Assignment, files: dict[str, str]) -> list[Html]:
    """Return everybody's points."""
    head = [_("Student"), _("Points"), *(exercise.name for exercise in assignment.exercises)]
    rows = [
        (link(one.student, files), points(one.points), *(points(verdict.points) for verdict in one.verdicts))
        for one in graded
    ]
    return [element("h2", _("Everybody")), table(head, rows, numbers=range(1, len(head)))]


def link(student: str, files: dict[str, str]) -> Html:
    """Return a student's name, with a link to the teacher's page on the submission."""
    return element("a", student, href=files[student]) if student in files else element("span", student)
