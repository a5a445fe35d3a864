"""The name of a mistake: that of a known wrong solution with the same answers, or of the check of gradients."""

import copy
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursework.judging.agreement import difference, problem_of_answer
from coursework.judging.expectation import Asked, Expectation, answers_of_wrong
from coursework.judging.work import Said, Work
from coursework.questions import Layer
from gradients import Report, check_layer


@dataclass(frozen=True)
class Named:
    """A mistake with its name, and what is said about it."""

    code: str
    message: str


def names_of(public: Expectation, number: int, work: Work, said: list[Said], parts: list[str]) -> dict[str, Named]:
    """Return the names of the mistakes in some parts of the answers to a question, as far as they have one.

    Parameters
    ----------
    public : Expectation
    number : int
        Of the question.
    work : Work
    said : list of Said
        What was answered to its public cases.
    parts : list of str
        Those that are wrong.
    """
    asked = public.asked[number]
    found = names_of_known(public, number, said, parts)
    left = [
        part for part in parts if part not in found and part != "forward" and all(part in one.answers for one in said)
    ]
    if left and isinstance(asked.question, Layer) and asked.question.by_gradients:
        found |= names_by_gradients(public, asked, work, left)
    return found


def names_of_known(public: Expectation, number: int, said: list[Said], parts: list[str]) -> dict[str, Named]:
    """Return the names of parts whose wrong answers are those of a known wrong solution.

    Of several, the one that explains most parts is taken; the rest is explained by others.
    """
    asked, known = public.asked[number], public.exercise.wrong
    answers = answers_of_wrong(public, number)
    explained = {
        index: [part for part in parts if explains(asked, part, said, answers[index])] for index in range(len(known))
    }
    if asked.question.judge is not None:  # what it says tells less than answers do: all that a mistake spoils must fit
        spoiled = {index: set(known[index].parts) & set(asked.question.points) for index in explained}
        explained = {index: names if spoiled[index] <= set(names) else [] for index, names in explained.items()}
    found: dict[str, Named] = {}
    for index in sorted(explained, key=lambda index: -len(explained[index])):
        for part in explained[index]:
            found.setdefault(part, Named(known[index].name, known[index].message))
    return found


def explains(asked: Asked, part: str, said: list[Said], answers: list[Said]) -> bool:
    """Return whether a wrong solution gives the same answers in a part, and not those of the solution.

    Where a question has a judge of its own, for answers that are random, the same is what the judge says the same of.
    """
    question, differs = asked.question, False
    for one, wrong, expected, case in zip(said, answers, asked.expected, asked.cases, strict=False):
        if part not in wrong.answers or part not in one.answers:
            if part in wrong.answers or part in one.answers or one.ended or kind(one) != kind(wrong):
                return False
            differs = True
            continue
        problem = problem_of_answer(question, part, wrong.answers[part], expected[part], case)
        if question.judge is not None:
            alike = problem == problem_of_answer(question, part, one.answers[part], expected[part], case)
        else:
            alike = not difference(one.answers[part], wrong.answers[part], question.tolerance)
        if not alike:
            return False
        differs |= bool(problem)
    return differs


def kind(said: Said) -> list[Any]:
    """Return what was raised, wherever that was; empty where nothing was."""
    return (said.raised or [])[:2]


def names_by_gradients(public: Expectation, asked: Asked, work: Work, parts: list[str]) -> dict[str, Named]:
    """Return the names that the check of gradients gives to a layer's mistakes."""
    case: dict[str, Any] = asked.cases[0]
    solution = public.exercise.solution()
    try:
        layer = work.layer(case["name"], case["parameters"])
        with_right_outputs(layer, getattr(solution, case["name"]), case)
        report = check_layer(layer, *map(np.copy, case["inputs"]))
    except Exception:  # what a student's layer may do has no end; it has its points, and no name
        return {}
    return by_part(report, parts, case)


def with_right_outputs(layer: Any, solution: type, case: dict[str, Any]) -> None:
    """Let a student's layer keep its backward, and give the outputs of the solution.

    So the gradients are compared with the right ones, whatever the student's forward gives: one mistake is one mistake.
    """
    names = list(case["names"])

    class WithRightOutputs(type(layer)):  # type: ignore[misc]
        def forward(self, *inputs: Any) -> Any:
            super().forward(*inputs)  # what backward needs of it is kept
            made_with = [getattr(self, name, value) for name, value in zip(names, case["parameters"], strict=True)]
            return solution(*map(copy.deepcopy, made_with)).forward(*map(np.copy, inputs))

    WithRightOutputs.__name__ = type(layer).__name__
    layer.__class__ = WithRightOutputs


def by_part(report: Report, parts: list[str], case: dict[str, Any]) -> dict[str, Named]:
    """Return the findings of a report by the parts that they are about; one about none of them is about all."""
    of_inputs = [result.name for result in report.arrays if result.name not in case["held"]]
    part_of = dict(zip(of_inputs, case["returned"], strict=False)) | {part: part for part in case["held"]}
    found: dict[str, Named] = {}
    for finding in report.findings:
        about = parts if finding.array is None else [part_of.get(finding.array, "")]
        for part in set(about) & set(parts):
            found.setdefault(part, Named(finding.code, with_name(finding.message, finding.array, part)))
    return found


def with_name(message: str, array: str | None, part: str) -> str:
    """Return a message in which an array has the name under which it is asked for.

    >>> with_name("dx2 is exactly the negative of the right gradient.", "dx2", "dy")
    'dy is exactly the negative of the right gradient.'
    >>> with_name("dx2에 dx의 기울기가 들어 있습니다.", "dx2", "dy")  # a particle follows at once
    'dy에 dx의 기울기가 들어 있습니다.'
    """
    whole = rf"(?<![A-Za-z0-9_]){re.escape(array or '')}(?![A-Za-z0-9_])"
    return re.sub(whole, part, message) if array and array != part else message
