"""Submissions that are suspiciously alike: they share what few others have.

Short exercises have few right answers, so that many who never met write the same. What counts are runs of tokens that
are not in the handed-out sheet, and that only a few of the class have.
"""

import io
import tokenize
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded

RUN = 10  # tokens
RARE = 3  # submissions that have it, at most; in a large class 2 % of it
LEAST_RUNS, LEAST_SHARE = 25, 0.7
MOST_PAIRS = 100
MOST_LETTERS = 100_000  # of a text that are compared
NOT_COUNTED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


@dataclass(frozen=True)
class Alike:
    """Two submissions that share more of an exercise than chance explains.

    Attributes
    ----------
    exercise, first, second : str
    share : float
        Of what is rare in the one that has less of it.
    """

    exercise: str
    first: str
    second: str
    share: float


def alike(graded: Sequence[Graded], assignment: Assignment) -> list[Alike]:
    """Return the pairs of submissions that are suspiciously alike, the most alike first."""
    found: list[Alike] = []
    rare = max(RARE, len(graded) // 50)
    for number, exercise in enumerate(assignment.exercises):
        given = runs(exercise.code(solved=False))
        own = {
            one.student: runs(one.verdicts[number].text[:MOST_LETTERS]) - given
            for one in graded
            if one.verdicts[number].text
        }
        owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for student, their_runs in own.items():
            for run in their_runs:
                owners[run].append(student)
        shared: dict[tuple[str, str], int] = defaultdict(int)
        rare_count: dict[str, int] = defaultdict(int)
        for students in owners.values():
            if len(students) <= rare:
                for student in students:
                    rare_count[student] += 1
                for pair in combinations(sorted(students), 2):
                    shared[pair] += 1
        for (first, second), count in shared.items():
            part = count / min(rare_count[first], rare_count[second])
            if count >= LEAST_RUNS and part >= LEAST_SHARE:
                found.append(Alike(exercise.name, first, second, part))
    return sorted(found, key=lambda one: (-one.share, one.exercise, one.first, one.second))[:MOST_PAIRS]


def runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of tokens in a text; none of a text that is no Python."""
    words: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in NOT_COUNTED:
                words.append(token.string)
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass  # as far as it goes
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
