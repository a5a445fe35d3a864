"""The name of a mistake: that of a known wrong solution with the same answers, or of the check of gradients."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from coursework.judging.agreement import difference
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
        found |= names_by_gradients(asked, work, left)
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
            if part in wrong.answers or part in one.answers or not one.raised or one.raised != wrong.raised:
                return False
            differs = True
            continue
        if question.judge is not None:
            problem = question.judge(part, wrong.answers[part], expected[part], case)
            if problem != question.judge(part, one.answers[part], expected[part], case):
                return False
            differs |= bool(problem)
            continue
        if difference(one.answers[part], wrong.answers[part], question.tolerance):
            return False
        differs |= bool(difference(wrong.answers[part], expected[part], question.tolerance))
    return differs


def names_by_gradients(asked: Asked, work: Work, parts: list[str]) -> dict[str, Named]:
    """Return the names that the check of gradients gives to a layer's mistakes."""
    case: dict[str, Any] = asked.cases[0]
    try:
        layer = work.layer(case["name"], case["parameters"])
        report = check_layer(layer, *map(np.copy, case["inputs"]))
    except Exception:  # what a student's layer may do has no end; it has its points, and no name
        return {}
    return by_part(report, parts, case)


def by_part(report: Report, parts: list[str], case: dict[str, Any]) -> dict[str, Named]:
    """Return the findings of a report by the parts that they are about; one about none of them is about all."""
    of_inputs = [result.name for result in report.arrays if result.name not in case["held"]]
    part_of = dict(zip(of_inputs, case["returned"], strict=False)) | {part: part for part in case["held"]}
    found: dict[str, Named] = {}
    for finding in report.findings:
        about = parts if finding.array is None else [part_of.get(finding.array, "")]
        for part in set(about) & set(parts):
            found.setdefault(part, Named(finding.code, finding.message))
    return found
