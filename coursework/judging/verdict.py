"""The verdict on one submitted exercise: points by part, and why."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coursework.course.exercise import Exercise
from coursework.judging.agreement import has_all_digits, problem_of_answer, seems_numerical
from coursework.judging.expectation import Asked, Expectation
from coursework.judging.naming import names_of
from coursework.judging.work import Ended, Said, Work
from coursework.questions import Question
from language import _, language


class Problem(NamedTuple):
    """What is wrong with a part of an answer: a code where it is known already, and words."""

    code: str
    text: str


@dataclass
class Part:
    """One part of an answer.

    Attributes
    ----------
    question, name : str
        As in ``Affine`` and ``dW``.
    points, most : float
    code : str
        The mistake's name, empty where it is right or has none.
    message : str
        What the student is told.
    hidden : str
        What the teacher is told besides: the hidden input's values.
    """

    question: str
    name: str
    points: float
    most: float
    code: str = ""
    message: str = ""
    hidden: str = ""

    @property
    def ok(self) -> bool:
        """Whether it has all points."""
        return self.points == self.most


@dataclass
class Verdict:
    """All parts of one exercise.

    Attributes
    ----------
    exercise : str
    parts : list of Part
    for_teacher : list of str
        What the teacher should look at: gradients that were computed numerically.
    remarks : list of str
        What the student should know besides: statements that could not be run.
    text : str
        What was graded.
    """

    exercise: str
    parts: list[Part] = field(default_factory=list)
    for_teacher: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def points(self) -> float:
        """What it has earned."""
        return sum(part.points for part in self.parts)

    @property
    def most(self) -> float:
        """What it could earn."""
        return sum(part.most for part in self.parts)


def judge(
    exercise: Exercise,
    work: Work,
    hidden: Expectation,
    public: Expectation,
    tell: Callable[[Verdict], None] = lambda verdict: None,
) -> Verdict:
    """Return the verdict on a student's work.

    Points depend on the hidden inputs alone; what the student is told, on the public ones.

    Parameters
    ----------
    exercise : Exercise
    work : Work
    hidden, public : Expectation
    tell : callable
        Is told the verdict after each question.
    """
    verdict = Verdict(exercise.name)
    for number, asked in enumerate(hidden.asked):
        said = ask_all(asked, work)
        wrong = problems(asked, said)
        parts = [
            Part(
                asked.question.name,
                name,
                0.0 if name in wrong else most,
                most,
                hidden=wrong[name].text if name in wrong else "",
            )
            for name, most in asked.question.points.items()
        ]
        verdict.parts += parts
        verdict.for_teacher += noticed(asked, said, wrong)
        ended = {one.ended for one in said if one.ended}
        for part in parts:
            if not part.ok and wrong[part.name].text in ended:  # it would take as long once more
                part.code, part.message = wrong[part.name].code, sentence(wrong[part.name].text)
        to_explain = [part for part in parts if not part.ok and not part.message]
        if to_explain:
            explain(to_explain, work.anew(), public, number)
        tell(verdict)
    return verdict


def ask_all(asked: Asked, work: Work) -> list[Said]:
    """Return what is answered to each case of a question; after one that never ends, the others are not asked."""
    found: list[Said] = []
    for case in asked.cases:
        try:
            said = work.ask(asked.question.ask, case, asked.question.seconds)
            found.append(Said(**said))
        except Ended as ended:
            found.append(Said(ended=str(ended), code=ended.code))
        if found[-1].ended:
            break
    return found


def problems(asked: Asked, said: list[Said]) -> dict[str, Problem]:
    """Return what is wrong with each part of the answers to a question, the right ones left out."""
    found: dict[str, Problem] = {}
    for one, expected, case in zip(said, asked.expected, asked.cases, strict=False):
        for part in asked.question.points:
            problem = problem_of(asked.question, part, one, expected, case)
            if problem and part not in found:
                found[part] = problem
    return found


def problem_of(
    question: Question, part: str, said: Said, expected: dict[str, Any], case: dict[str, Any]
) -> Problem | None:
    """Return what is wrong with one part of an answer, None where it is right."""
    if part in said.answers:
        text = problem_of_answer(question, part, said.answers[part], expected[part], case)
        return Problem("", text) if text else None
    if said.ended:
        return Problem(said.code, said.ended)
    return raised_problem(said.raised) if said.raised else Problem("not-computed", _("there is no {part}", part=part))


def raised_problem(raised: list[Any]) -> Problem:
    """Return an exception as one line."""
    kind, text, line = raised
    if kind == "NotImplementedError" and not text:
        return Problem("not-written", _("it is not written yet"))
    error = text if line else _(text)  # that of the cell that asks, which an exercise may have translated
    said = _("it raised {kind}: {error}", kind=kind, error=error) if text else _("it raised {kind}", kind=kind)
    return Problem("raises", _("{said} (line {line})", said=said, line=line) if line else said)


def sentence(text: str) -> str:
    """Return a text as a sentence; where a language has no capital letters, one of ours begins with a name.

    >>> sentence("it is not written yet")
    'It is not written yet.'
    >>> sentence("relu.py was not handed in")
    'relu.py was not handed in.'
    """
    starts_small = language() != "en" or "." in text.partition(" ")[0]  # affine.py
    first = text[:1] if starts_small else text[:1].upper()
    return f"{first}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def noticed(asked: Asked, said: list[Said], wrong: dict[str, Problem]) -> list[str]:
    """Return what of some answers a teacher should look at."""
    question, lines = asked.question, []
    counts = [one.noticed.get("forwards in backward", 0) for one in said]
    most = max((count for count in counts if isinstance(count, int)), default=0)
    if most > 2:
        line = _("{name}: backward calls forward {times} times; it may be computed numerically")
        lines.append(line.format(name=question.name, times=most))
    if question.ask != "ask_layer":
        return lines
    pairs = [(one.answers, expected) for one, expected in zip(said, asked.expected, strict=False)]
    exact = [pair for pair in pairs if has_all_digits(pair[0].get("forward"), pair[1]["forward"])]
    for part in question.points:
        if part != "forward" and part not in wrong and any(seems_numerical(a[part], e[part]) for a, e in exact):
            line = _("{name}: {part} has the digits of a gradient that is computed numerically")
            lines.append(line.format(name=question.name, part=part))
    return lines


def explain(parts: list[Part], work: Work, public: Expectation, number: int) -> None:
    """Say of parts that are wrong what the mistake is, by what is answered to the public inputs.

    Whoever answers has forgotten the hidden ones: an exception of the student's own is told, and could hold them.
    """
    asked = public.asked[number]
    said = ask_all(asked, work)
    wrong = problems(asked, said)
    named = names_of(public, number, work, said, list(wrong)) if wrong else {}
    for part in parts:
        found = named.get(part.name)
        if part.name not in wrong:
            part.message = _("It is right for the inputs that you can see, and wrong for others.")
            part.code = "not-for-all-inputs"
        else:
            part.code = found.code if found else wrong[part.name].code
            part.message = " ".join(filter(None, (sentence(wrong[part.name].text), found.message if found else "")))
