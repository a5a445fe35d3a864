"""A small course of a teacher's own, and what students hand in for it."""

import pytest

from coursework.course.course import read_course
from coursework.grading.assignment import write_assignment

collect_ignore_glob = ["right/*"]  # students' work, which is graded, and not collected

DOUBLE = '''
# %% [markdown]
# # Doubling
#
# y = 2 x, so that dL/dx = 2 dout.

# %%
import numpy as np


class Double:
    """y = 2 x."""

    def forward(self, x):
        ### BEGIN SOLUTION
        return 2 * x
        ### END SOLUTION

    def backward(self, dout):
        ### BEGIN SOLUTION
        return 2 * dout
        ### END SOLUTION


# %% [markdown] tags=["hints"]
# 1. What is the derivative of 2 x?
# 2. It is 2.

# %% tags=["questions"]
from coursework.questions import Layer

QUESTIONS = [Layer("Double", {"forward": 1, "dx": 2}, lambda rng: ({}, (rng.normal(size=(3, 4)),)))]

# %% tags=["wrong"] name="half-as-much" part="dx"
# The factor of forward is missing in backward.
class Double(Double):
    def backward(self, dout):
        return dout
'''
SUM = '''
# %% [markdown]
# # The sum of squares of doubles

# %%
from double import Double


def total(x):
    """Return the sum of (2 x)^2."""
    ### BEGIN SOLUTION
    return (Double().forward(x) ** 2).sum()
    ### END SOLUTION

# %% tags=["asked"]
def ask_total(work, answers, x):
    answers["total"] = work.total(x)

# %% tags=["questions"]
from coursework.questions import Question

QUESTIONS = [Question("total", {"total": 3}, lambda rng: {"x": rng.normal(size=5)}, "ask_total")]

# %% tags=["wrong"] name="mean-for-sum"
# This is the mean, and the sum is asked for.
def total(x):
    return (Double().forward(x) ** 2).mean()
'''


def write_course(folder):
    """Write the small course into a new folder, and return it."""
    folder.mkdir()
    (folder / "double.py").write_text(DOUBLE, encoding="utf-8")
    (folder / "total.py").write_text(SUM, encoding="utf-8")
    return folder


@pytest.fixture
def course_folder(tmp_path):
    return write_course(tmp_path / "course of my own")


@pytest.fixture
def exercises(course_folder):
    return read_course(course_folder)


@pytest.fixture
def assignment(tmp_path, exercises):
    return write_assignment(tmp_path / "sheet" / "teacher", exercises, "Sheet 1")


@pytest.fixture
def hand_in(tmp_path, exercises):
    """Hand in files as a student: the solution of each exercise, with changes."""

    def hand_in(student, ending=".py", **texts):
        folder = tmp_path / "submissions" / student
        folder.mkdir(parents=True)
        for exercise in exercises:
            text = texts.get(exercise.name, exercise.code(solved=True))
            if text is not None:
                (folder / f"{exercise.name}{ending}").write_text(text, encoding="utf-8")
        return folder.parent

    return hand_in
