"""The lines that have to change, for the parts of an exercise that are wrong."""

from coursework.course.exercise import Exercise
from coursework.judging.expectation import Expectation
from coursework.judging.verdict import Part, Verdict
from coursework.judging.work import Ended
from coursework.questions import Layer
from page.inside.checking.known.places import alike, known_wrong, lines_of_scopes, of_same_kind, places_of
from page.inside.checking.marking import Mark, Marker, mark_of
from page.inside.checking.repairing import kept_wrong
from page.inside.checking.work import PageWork

Key = tuple[str, str]  # question and part


def marks_of(
    work: PageWork, verdict: Verdict, public: Expectation, hidden: Expectation, by_words: bool = True
) -> dict[Key, Mark]:
    """Return the marks for the wrong parts of a verdict, by question and part.

    ``by_words`` to look for the very statements of the known wrong solutions.
    """
    text, wrong = work.text, [part for part in verdict.parts if not part.ok]
    try:
        work.live()
    except Ended:
        mark = mark_of(text, work.failed_at[0])
        return {(part.question, part.name): mark for part in wrong if mark}
    if work.patience.line:  # it would take as long once more
        mark = Marker.statement(text, work.patience.line)
        return {(part.question, part.name): mark for part in wrong if mark and part.code == "too-long"}
    seen = seen_marks(work, [(part.question, part.name) for part in wrong], (public, hidden))
    kept = marks_of_kept(work, verdict, public)
    found = {(part.question, part.name): mark_for(work.exercise, work, part, seen, by_words) for part in wrong}
    return {key: mark for key, mark in found.items() if mark is not None} | kept


def marks_of_kept(work: PageWork, verdict: Verdict, public: Expectation) -> dict[Key, Mark]:
    """Return the marks of what a layer's forward keeps wrong, though its output is right."""
    found: dict[Key, Mark] = {}
    right = {(part.question, part.name) for part in verdict.parts if part.ok}
    for asked in public.asked:
        name, question = asked.question.name, asked.question
        wrong = [part for part in question.points if part != "forward" and (name, part) not in right]
        if isinstance(question, Layer) and question.judge is None and wrong and (name, "forward") in right:
            marks = kept_wrong(work, asked, work.exercise.solution(), wrong)
            found |= {(name, part): mark for part, mark in marks.items()}
    return found


def seen_marks(work: PageWork, wrong: list[Key], expectations: tuple[Expectation, ...]) -> dict[Key, Mark]:
    """Return the marks of lines at which it is seen that a part becomes wrong."""
    found: dict[Key, Mark] = {}
    for expected in expectations:
        for asked in expected.asked:
            name = asked.question.name
            parts = [part for part in asked.question.points if (name, part) in wrong and (name, part) not in found]
            if parts:
                found |= {(name, part): mark for part, mark in Marker(work, asked).marks(parts).items()}
    return found


def mark_for(exercise: Exercise, work: PageWork, part: Part, seen: dict[Key, Mark], by_words: bool) -> Mark | None:
    """Return the mark for a part: where its value is computed, unless the name of the mistake tells otherwise."""
    mark, wrong = seen.get((part.question, part.name)), known_wrong(exercise, part)
    if wrong is None:
        return mark
    places = places_of(exercise, wrong)
    lines = (alike(work.text, places) if by_words else []) or of_same_kind(work.text, places)
    if mark is not None and (mark.line in lines or (not lines and mark.line in lines_of_scopes(work.text, places))):
        return mark
    return (Marker.statement(work.text, lines[0]) if lines else None) or mark
