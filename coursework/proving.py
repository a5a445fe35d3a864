"""Whether an exercise can be handed out: blanks earn nothing, the solution all, known mistakes get their names."""

from dataclasses import dataclass, field

from coursework.apart.process import File, StudentProcess
from coursework.course.exercise import Exercise
from coursework.judging.expectation import PUBLIC, Expectation, expectation
from coursework.judging.verdict import Verdict, judge
from language import _

SECRET = "only for proving"


@dataclass
class Proof:
    """What came out for one exercise.

    Attributes
    ----------
    exercise : Exercise
    faults : list of str
        Why it cannot be handed out.
    named : int
        How many of the known wrong solutions get their name.
    """

    exercise: Exercise
    faults: list[str] = field(default_factory=list)
    named: int = 0


def prove(exercise: Exercise) -> Proof:
    """Grade the handed-out version of an exercise, its solution, and every wrong solution that is known."""
    proof = Proof(exercise)
    try:
        hidden, public = expectation(exercise, SECRET), expectation(exercise, PUBLIC)
    except ValueError as error:
        proof.faults.append(str(error))
        return proof
    blank = graded(exercise, exercise.code(solved=False), hidden, public)
    if blank.points > 0:
        said = _("the blanks earn {points:g} points: {parts}", points=blank.points, parts=earned(blank))
        proof.faults.append(said)
    solution = graded(exercise, exercise.code(solved=True), hidden, public)
    if solution.points < solution.most:
        proof.faults.append(_("the solution loses points: {parts}", parts=lost(solution)))
    for wrong in exercise.wrong:
        verdict = graded(exercise, f"{exercise.code(solved=True)}\n\n\n{wrong.text}\n", hidden, public)
        codes = {part.code for part in verdict.parts if not part.ok}
        spoiled = {part.name for part in verdict.parts if not part.ok}
        if not codes:
            proof.faults.append(_("{name} gets all points", name=wrong.name))
        elif wrong.name not in codes:
            called = ", ".join(sorted(codes)) or _("nothing")
            said = _("{name} is called {called}: {parts}", name=wrong.name, called=called, parts=lost(verdict))
            proof.faults.append(said)
        elif wrong.parts and spoiled != set(wrong.parts):
            parts = ", ".join(sorted(spoiled))
            proof.faults.append(_("{name} loses the points of {parts}", name=wrong.name, parts=parts))
        else:
            proof.named += 1
    return proof


def graded(exercise: Exercise, text: str, hidden: Expectation, public: Expectation) -> Verdict:
    """Return the verdict on a text that is handed in for an exercise."""
    with StudentProcess(File(exercise.name, text, exercise.asked, exercise.solution_modules())) as work:
        return judge(exercise, work, hidden, public)


def earned(verdict: Verdict) -> str:
    """Return the parts that have points."""
    return ", ".join(f"{part.question} {part.name}" for part in verdict.parts if part.points)


def lost(verdict: Verdict) -> str:
    """Return the parts that lack points, with what is said about them."""
    return "; ".join(
        f"{part.question} {part.name}: {part.message or part.hidden}" for part in verdict.parts if not part.ok
    )
