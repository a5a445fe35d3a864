"""What a file says besides its definitions: globals that they read, and what cannot be read at all."""

import pytest

from coursework.course.course import read_course
from coursework.judging.expectation import PUBLIC, expectation
from coursework.proving import graded

COUNTED = """
import itertools

FACTORS = itertools.repeat(2)


class Double:
    def forward(self, x):
        return next(FACTORS) * x

    def backward(self, dout):
        return next(FACTORS) * dout
"""
NEVER_SET = """
class Double:
    def forward(self, x):
        return FACTOR * x
"""


def verdict_on(exercise, text):
    return graded(exercise, text, expectation(exercise, "secret"), expectation(exercise, PUBLIC))


def test_a_global_is_set_when_a_method_misses_it(exercises):
    verdict = verdict_on(exercises[0], COUNTED)
    assert verdict.points == verdict.most == 3


@pytest.mark.exhaustive
def test_a_global_that_nothing_sets_is_missed(exercises):
    (forward, _) = verdict_on(exercises[0], NEVER_SET).parts
    assert "NameError: name 'FACTOR' is not defined" in forward.message


def test_a_file_that_is_no_python_is_called_so_in_each_question():
    (exercise,) = read_course(names=["relu"])
    assert {part.code for part in verdict_on(exercise, "def relu(x:\n").parts} == {"not-python"}
