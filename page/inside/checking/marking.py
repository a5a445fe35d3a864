"""The line of a student's code that has to change: for each part of an exercise that is wrong."""

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from coursework.judging.agreement import as_numbers, relative
from coursework.judging.expectation import Asked
from coursework.judging.verdict import problem_of
from coursework.judging.work import Said
from gradients.locating.choosing import choose, line_of
from gradients.locating.statements import lines_around
from gradients.locating.watching import ValueWatch, Watched
from page.inside.checking.work import PageWork

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Mark(NamedTuple):
    """Some lines of a text, from 1, and the columns in the first and last of them, from 0."""

    line: int
    end: int
    start: int
    stop: int


def mark_of(text: str, first: int, last: int = 0) -> Mark | None:
    """Return the mark of some lines, without the spaces before and the comment behind; None where there are none."""
    lines = text.splitlines()
    last = max(first, min(last, len(lines)))
    if not 1 <= first <= len(lines):
        return None
    opening, closing = lines[first - 1], lines[last - 1]
    return Mark(first, last, len(opening) - len(opening.lstrip()), len(closing.rstrip()))


class Marker:
    """Finds the lines for one question.

    Parameters
    ----------
    work : PageWork
    asked : Asked
        The question, with the inputs that everybody may see.
    """

    def __init__(self, work: PageWork, asked: Asked) -> None:
        self.work, self.asked = work, asked
        self.question = asked.question

    def marks(self, parts: list[str]) -> dict[str, Mark]:
        """Return the marks for some parts, as far as they are found."""
        found: dict[str, Mark] = {}
        for case, expected in zip(self.asked.cases, self.asked.expected, strict=True):
            said = self.said(case)
            for part in [part for part in parts if part not in found]:
                if problem_of(self.question, part, said, expected, case):
                    mark = self.mark(part, said, expected, case)
                    if mark is not None:
                        found[part] = mark
        return found

    def said(self, case: dict[str, Any]) -> Said:
        """Return what is answered to one case."""
        return Said(**self.work.anew().ask(self.question.ask, case, self.question.seconds))

    def mark(self, part: str, said: Said, expected: dict[str, Any], case: dict[str, Any]) -> Mark | None:
        """Return the mark for a part that is wrong in a case."""
        if part not in said.answers:
            line = said.raised[2] if said.raised else 0
            return self.around(line) if line else self.head(part)
        values = list(differing(said.answers[part], expected.get(part)))
        return self.where_computed(values, case) or self.last_return(case) or self.head(part)

    def around(self, line: int, path: tuple[Any, ...] = ()) -> Mark | None:
        """Return the mark of the statement around a line."""
        return self.statement(self.work.text, line, path)

    @staticmethod
    def statement(text: str, line: int, path: tuple[Any, ...] = ()) -> Mark | None:
        """Return the mark of the statement around a line of a text."""
        return mark_of(text, *lines_around(text, line, path))

    def where_computed(self, values: list[np.ndarray], case: dict[str, Any]) -> Mark | None:
        """Return the mark of the line after which one of some values is first to be seen."""
        watched = [Watched(value) for value in values if value.size]
        work = self.work.anew()
        work.live()
        watch = ValueWatch(work.file, watched)
        with watch:
            work.ask(self.question.ask, case, self.question.seconds)
        for one in watched:
            sighting = choose(one, one.sightings[-1].value if one.sightings else None, watched)
            if sighting is not None:
                line, is_there = line_of(sighting, watch)
                return self.around(line, sighting.path if is_there else ())
        return None

    def last_return(self, case: dict[str, Any]) -> Mark | None:
        """Return the mark of the line at which what was asked for returns."""
        return None

    def head(self, part: str) -> Mark | None:
        """Return the mark of the line at which it begins what was asked for: something is missing in it."""
        tree = ast.parse(self.work.text)
        named = [n for n in tree.body if isinstance(n, (ast.ClassDef, *FUNCTIONS)) and n.name == self.question.name]
        if not named:
            return None
        node: Any = named[-1]
        inner = {n.name: n for n in getattr(node, "body", []) if isinstance(n, FUNCTIONS)}
        node = inner.get("forward" if part == "forward" else "backward", node) if inner else node
        return mark_of(self.work.text, node.lineno)


def differing(answer: Any, expected: Any) -> Iterator[np.ndarray]:
    """Yield the arrays in an answer that are not as expected."""
    if isinstance(answer, dict) and isinstance(expected, dict):
        for key in expected:
            yield from differing(answer.get(key), expected[key])
    elif isinstance(answer, list) and isinstance(expected, list) and as_numbers(answer) is None:
        for one, other in zip(answer, expected, strict=False):
            yield from differing(one, other)
    else:
        array, right = as_numbers(answer), as_numbers(expected)
        if array is not None and (
            right is None or array.shape != right.shape or relative(array, right).max(initial=0.0) > 1e-6
        ):
            yield array
