"""One submission graded: each exercise in a process of its own, its points by part."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from coursework.apart.process import File, StudentProcess
from coursework.apart.sealing import Limits
from coursework.course.exercise import Exercise
from coursework.grading.assignment import Assignment
from coursework.grading.peeking import peeks
from coursework.grading.submissions import Submission
from coursework.judging.expectation import PUBLIC, Expectation, expectation
from coursework.judging.verdict import Part, Verdict, judge, sentence
from gradients.calling.problems import CannotCheck
from gradients.homework.source import Source, python_text
from language import N_, _, language

COPY = re.compile(r"( ?\(\d+\)|-\d+| copy)$")  # added to a name by browsers, course systems and desktops
CHECK = re.compile(r"(from [\w.]*\bcoursework import check|check\(.*\))$")
NOT_GRADED = N_("the grader itself ended; grade it by hand")


@dataclass
class Graded:
    """What came out for one submission.

    Attributes
    ----------
    student : str
    verdicts : list of Verdict
        One for each exercise.
    remarks : list of str
        About the submission as a whole.
    not_enforced : list of str
        What the system could not forbid the student's code.
    """

    student: str
    verdicts: list[Verdict] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    not_enforced: list[str] = field(default_factory=list)

    @property
    def points(self) -> float:
        """What was earned."""
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def most(self) -> float:
        """What could be earned."""
        return sum(verdict.most for verdict in self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it, ready for JSON."""
        return asdict(self)


def graded_from(content: dict[str, Any]) -> Graded:
    """Return what :meth:`Graded.to_dict` described."""
    verdicts = [
        Verdict(v["exercise"], [Part(**part) for part in v["parts"]], v["for_teacher"], v["remarks"], v["text"])
        for v in content["verdicts"]
    ]
    return Graded(content["student"], verdicts, content["remarks"], content["not_enforced"])


class Grader:
    """Grades one submission after the other.

    Parameters
    ----------
    assignment : Assignment
    limits : Limits, optional
        Of each student's process.
    """

    def __init__(self, assignment: Assignment, limits: Limits | None = None) -> None:
        self.assignment, self.limits = assignment, limits or Limits()
        self.public: dict[str, Expectation] = {}

    def grade(self, submission: Submission, tell: Callable[[Graded], None] = lambda graded: None) -> Graded:
        """Return what a submission is worth; ``tell`` is told after each question how far it is."""
        graded = Graded(submission.student, remarks=list(submission.remarks))
        for exercise in self.assignment.exercises:
            graded.verdicts.append(Verdict(exercise.name))
            self.grade_exercise(exercise, submission, graded, tell)
            tell(graded)
        return graded

    def grade_exercise(
        self, exercise: Exercise, submission: Submission, graded: Graded, tell: Callable[[Graded], None]
    ) -> None:
        """Grade one exercise of a submission."""
        text, remark = text_of(exercise, submission)
        if not text:
            graded.verdicts[-1] = nothing(exercise, remark)
            return
        hidden = expectation(exercise, self.assignment.facts.secret, submission.student)
        if exercise.name not in self.public:
            self.public[exercise.name] = expectation(exercise, PUBLIC)

        def tell_all(verdict: Verdict) -> None:
            graded.verdicts[-1] = verdict
            tell(graded)

        file = File(exercise.name, text, exercise.asked, exercise.solution_modules())
        with StudentProcess(file, self.limits) as work:
            verdict = judge(exercise, work, hidden, self.public[exercise.name], tell_all)
            verdict.remarks += [remark] if remark else []
            verdict.remarks += [
                _("line {line}: {error}", line=line, error=f"{kind}: {said}") for kind, said, line in work.raised
            ]
            graded.not_enforced += [line for line in work.not_enforced if line not in graded.not_enforced]
        if words := peeks(text):
            line = _("{exercise}: the code speaks of {words}; it may look at what it is asked with")
            verdict.for_teacher.append(line.format(exercise=exercise.name, words=", ".join(words)))
        verdict.text = text
        graded.verdicts[-1] = verdict


def nothing(exercise: Exercise, remark: str) -> Verdict:
    """Return the verdict on an exercise of which nothing can be graded."""
    verdict = Verdict(exercise.name, remarks=[remark])
    for question in exercise.questions:
        verdict.parts += [
            Part(question.name, name, 0.0, most, code="not-handed-in", message=sentence(remark))
            for name, most in question.points.items()
        ]
    return verdict


def not_graded(submission: Submission, assignment: Assignment, why: str) -> Graded:
    """Return what is said of a submission with which the grader itself ended."""
    failed = Graded(submission.student, remarks=[f"{_(NOT_GRADED)} ({why})"])
    failed.verdicts = [nothing(exercise, _(NOT_GRADED)) for exercise in assignment.exercises]
    return failed


def text_of(exercise: Exercise, submission: Submission) -> tuple[str, str]:
    """Return the Python that was handed in for an exercise, empty where there is none; and what is to be said of that.

    Of a file and a notebook, the one that was worked on is taken: the one that is not as it was handed out.
    """
    stems = {path: PurePosixPath(path).stem for path in submission.files}
    found = [path for path, stem in stems.items() if stem == exercise.name]
    found = found or [path for path, stem in stems.items() if COPY.sub("", stem) == exercise.name]
    found.sort(key=lambda path: (len(PurePosixPath(path).parts), path.endswith(".ipynb"), path))
    if not found:
        return "", _("{file} was not handed in", file=f"{exercise.name}.py")
    texts: dict[str, str] = {}
    problem = ""
    for path in found:
        try:
            texts[path] = read_text(path, submission.files[path])
        except CannotCheck as error:
            problem = str(error)
    worked_on = [path for path, text in texts.items() if significant(text) != significant(exercise.code(solved=False))]
    if not texts:
        return "", problem
    path = next(iter([*worked_on, *texts]))
    if len(worked_on) < 2:
        return texts[path], ""
    return texts[path], _("{count} files were handed in for it; graded is {path}", count=len(worked_on), path=path)


def read_text(path: str, content: bytes) -> str:
    """Return the Python in a file or notebook.

    Raises
    ------
    CannotCheck
        When it is neither.
    """
    if not content:
        raise CannotCheck(_("{file} is empty, or too large to be read", file=PurePosixPath(path).name))
    try:
        source: Source = python_text(Path(PurePosixPath(path).name), content)
    except CannotCheck:
        raise
    except Exception as error:  # a notebook's parts may be anything, an encoding no encoding of text
        said = _("{file} cannot be read: {error}", file=PurePosixPath(path).name, error=type(error).__name__)
        raise CannotCheck(said) from error
    return source.text.encode("utf-8", "replace").decode("utf-8")  # a notebook may hold what is no letter


def significant(text: str) -> str:
    """Return a text without what does not count in a comparison: spaces, comments, and a notebook's call of check."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not CHECK.match(line))


def fingerprint(assignment: Assignment, submission: Submission) -> str:
    """Return a word that changes when the submission or the assignment does, or the language in which it is graded."""
    words = [assignment.facts.secret, submission.student, submission.remarks, language()]
    digest = hashlib.sha256(json.dumps(words).encode())
    for exercise in assignment.exercises:
        digest.update(exercise.path.read_bytes())
    for path, content in sorted(submission.files.items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()
