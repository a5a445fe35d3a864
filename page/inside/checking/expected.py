"""What an exercise's questions are asked with, and what is answered: computed here, or when the site was built.

The answers of the known wrong solutions of some exercises take seconds in a browser. They are the same each time.
"""

from functools import cache
from pathlib import Path

from coursework.course.exercise import Exercise
from coursework.judging.expectation import PUBLIC, SEED, Asked, Expectation, answers_of_wrong, expectation
from coursework.judging.work import Said
from gradients.apart.wire import pack, unpack

KEPT = ("training",)  # exercises of which all is computed when the site is built
FOLDER = Path(__file__).with_name("answers")  # in the site; in a clone it is not there


@cache
def expected_of(exercise: Exercise, secret: str) -> Expectation:
    """Return what is asked of an exercise, and what its solution answers."""
    path = FOLDER / exercise.name
    if not path.is_file():
        return expectation(exercise, secret)
    return unpacked(exercise, path.read_bytes(), secret)


def packed(exercise: Exercise) -> bytes:
    """Return all that is expected of an exercise, as bytes."""
    content = {}
    for secret in (SEED, PUBLIC):
        expected = expectation(exercise, secret)
        for number in range(len(expected.asked) if secret == PUBLIC else 0):
            answers_of_wrong(expected, number)
        content[secret] = [
            {
                "cases": asked.cases,
                "expected": asked.expected,
                "wrong": {index: [[one.answers, one.raised] for one in said] for index, said in asked.wrong.items()},
            }
            for asked in expected.asked
        ]
    return pack(content)


def unpacked(exercise: Exercise, data: bytes, secret: str) -> Expectation:
    """Return what is expected, from the bytes of :func:`packed`."""
    found = []
    for question, content in zip(exercise.questions, unpack(data)[secret], strict=True):
        wrong = {index: [Said(*one) for one in said] for index, said in content["wrong"].items()}
        found.append(Asked(question, content["cases"], content["expected"], wrong))
    return Expectation(exercise, found)
