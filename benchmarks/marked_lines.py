"""How often the line that the page marks is one that has to change.

::

    python -m benchmarks.marked_lines             # the known wrong solutions of the sheet
    python -m benchmarks.marked_lines --missed    # and each one of which it is not
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field

from coursework.course.course import read_course
from coursework.course.exercise import Exercise, Wrong
from coursework.judging.expectation import PUBLIC, SEED, Expectation, expectation
from coursework.judging.verdict import Verdict, judge
from page.inside.checking.guard import guarded
from page.inside.checking.known.writing import Written, written
from page.inside.checking.places import marks_of
from page.inside.checking.work import PageWork


@dataclass
class Marked:
    """The marks in one wrong file.

    Attributes
    ----------
    name : str
    file : Written
    verdict : Verdict
    lines : list of (part, set of int)
        For each wrong part, the lines that are marked; the first is shown first.
    """

    name: str
    file: Written
    verdict: Verdict
    lines: list[tuple[str, set[int]]] = field(default_factory=list)

    @property
    def is_first_right(self) -> bool:
        """Whether the first mark has a line in it that has to change."""
        return bool(self.lines and self.lines[0][1] & self.file.wrong)

    def shown(self) -> str:
        """Return the file, with what has to change and what is marked."""
        marked = {line for _part, lines in self.lines for line in lines}
        rows = enumerate(self.file.text.splitlines(), start=1)
        body = "\n".join(
            f"{'>' if n in self.file.wrong else ' '}{'*' if n in marked else ' '} {row}" for n, row in rows
        )
        return f"--- {self.name}: {self.lines}\n{body}\n"


def judged(exercise: Exercise, text: str, hidden: Expectation, public: Expectation) -> Verdict:
    """Return the verdict on a text."""
    with guarded():
        return judge(exercise, PageWork(exercise, text), hidden, public)


def codes(verdict: Verdict) -> list[tuple[str, str, float, str]]:
    """Return what a verdict says of each part."""
    return [(part.question, part.name, part.points, part.code) for part in verdict.parts]


def as_student(exercise: Exercise, wrong: Wrong, hidden: Expectation, public: Expectation) -> tuple[Written, Verdict]:
    """Return a wrong solution as a student would have written it, with the same verdict as the override has."""
    whole = exercise.code(solved=True)
    appended = Written(f"{whole}\n\n\n{wrong.text}\n", set(range(len(whole.splitlines()) + 3, 10_000)))
    expected = judged(exercise, appended.text, hidden, public)
    for in_place in (True, False):
        file = written(exercise, wrong, in_place)
        verdict = judged(exercise, file.text, hidden, public)
        if codes(verdict) == codes(expected):
            return file, verdict
    return appended, expected


def marked(names: tuple[str, ...] = (), by_words: bool = True) -> Iterator[Marked]:
    """Yield the marks in each known wrong solution of some exercises, of all where none is named."""
    for exercise in read_course(None, names):
        hidden, public = expectation(exercise, SEED), expectation(exercise, PUBLIC)
        for number, wrong in enumerate(exercise.wrong):
            file, verdict = as_student(exercise, wrong, hidden, public)
            found = Marked(f"{exercise.name} {number} {wrong.name}", file, verdict)
            with guarded():
                marks = marks_of(PageWork(exercise, file.text), verdict, public, hidden, by_words)
            for part in verdict.parts:
                if not part.ok:
                    mark = marks.get((part.question, part.name))
                    found.lines.append((part.name, set(range(mark.line, mark.end + 1)) if mark else set()))
            yield found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="exercises; all without any")
    parser.add_argument("--missed", action="store_true", help="show each file whose marked line is right as it is")
    parser.add_argument("--other-words", action="store_true", help="as if the student had used other words")
    options = parser.parse_args()
    results = list(marked(tuple(options.names), not options.other_words))
    for result in results:
        if options.missed and not result.is_first_right:
            print(result.shown())
    right = sum(result.is_first_right for result in results)
    every = [bool(lines & result.file.wrong) for result in results for _part, lines in result.lines]
    empty = sum(not lines for result in results for _part, lines in result.lines)
    print(f"{right} of {len(results)} wrong solutions ({right / len(results):.1%}): the first mark has to change")
    print(f"{sum(every)} of {len(every)} wrong parts ({sum(every) / len(every):.1%}); {empty} have no mark")


if __name__ == "__main__":
    main()
