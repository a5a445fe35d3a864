"""What a question is asked with, and what the solution answers: drawn anew from each secret and name."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coursework.apart.answering import answer
from coursework.course.exercise import Exercise, modules_of
from coursework.judging.work import Said
from coursework.questions import Arguments, Question
from language import _

PUBLIC, SEED = "what everybody may see", "for whoever checks"


@dataclass
class Asked:
    """One question with its cases, and what the solution and the known wrong ones answer to each.

    Attributes
    ----------
    question : Question
    cases : list of Arguments
    expected : list of dict
        The solution's answers, by part.
    wrong : dict of int to list of Said
        Those of the known wrong solutions, by their numbers, once they were asked for.
    """

    question: Question
    cases: list[Arguments]
    expected: list[dict[str, Any]]
    wrong: dict[int, list[Said]] = field(default_factory=dict)


@dataclass
class Expectation:
    """The questions of an exercise, as they are asked of one student."""

    exercise: Exercise
    asked: list[Asked]


def generator(secret: str, student: str, exercise: str) -> np.random.Generator:
    """Return the generator of a student's inputs: the same for the same three words."""
    words = "\0".join((secret, student, exercise)).encode()
    return np.random.default_rng(int.from_bytes(hashlib.sha256(words).digest(), "big"))


def expectation(exercise: Exercise, secret: str, student: str = "") -> Expectation:
    """Return what a student is asked, and what the solution answers.

    Raises
    ------
    ValueError
        When the solution itself raises, or leaves out a part that is worth points.
    """
    rng = generator(secret, student, exercise.name)
    solution, functions = exercise.solution(), exercise.asked_functions
    found = []
    with modules_of(exercise.solution_modules()):
        for question in exercise.questions:
            cases = cases_of(exercise, question, rng, solution)
            expected = [answers_of(exercise, question, solution, functions, case) for case in cases]
            found.append(Asked(question, cases, expected))
    return Expectation(exercise, found)


def cases_of(exercise: Exercise, question: Question, rng: np.random.Generator, solution: Any) -> list[Arguments]:
    """Return what a question is asked with; raise ValueError when it cannot be drawn, or the solution raises."""
    try:
        return [question.arguments(rng, solution) for _number in range(question.cases)]
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        message = _("{path}: no inputs can be drawn for the question {name}: {why}")
        raise ValueError(message.format(path=exercise.path, name=question.name, why=why)) from error


def answers_of(
    exercise: Exercise, question: Question, solution: Any, functions: dict[str, Callable[..., None]], case: Arguments
) -> dict[str, Any]:
    """Return what the solution answers."""
    said = answer(solution, functions, question.ask, case)
    missing = [part for part in question.points if part not in said["answers"]]
    odd = [part for part in question.points if not is_finite(said["answers"].get(part))]
    if said["raised"] or missing or odd:
        why = ": ".join(said["raised"][:2]) if said["raised"] else _("no answer for {part}", part=(missing or odd)[0])
        message = _("{path}: the solution fails its own question {name}: {why}")
        raise ValueError(message.format(path=exercise.path, name=question.name, why=why))
    return said["answers"]


def is_finite(value: Any) -> bool:
    """Return whether a value holds neither NaN nor inf."""
    if isinstance(value, dict):
        return all(map(is_finite, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_finite, value))
    return not isinstance(value, (float, np.ndarray, np.floating)) or bool(np.isfinite(value).all())


def answers_of_wrong(expected: Expectation, number: int) -> dict[int, list[Said]]:
    """Return what the known wrong solutions answer to one question, by their numbers."""
    exercise, asked = expected.exercise, expected.asked[number]
    if not asked.wrong:
        functions = exercise.asked_functions
        with modules_of(exercise.solution_modules()):
            for index, wrong in enumerate(exercise.wrong):
                module = exercise.solution(wrong)
                said = [answer(module, functions, asked.question.ask, case) for case in asked.cases]
                asked.wrong[index] = [Said(one["answers"], one["raised"]) for one in said]
    return asked.wrong
