"""Points by part, the names of mistakes, and what students and teachers are told."""

import numpy as np
import pytest

from coursework.apart.process import File, StudentProcess
from coursework.apart.sealing import Limits
from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from coursework.judging.agreement import difference, seems_numerical
from coursework.judging.expectation import PUBLIC, expectation
from coursework.judging.verdict import judge
from coursework.judging.work import WorkHere
from tests_support import exhaustive

AFFINE = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return {forward}
    def backward(self, dout):
        {before}
        self.dW = {dW}
        self.db = {db}
        return {dx}
"""
RIGHT = {"forward": "x @ self.W + self.b", "before": "", "dW": "self.x.T @ dout", "db": "dout.sum(axis=0)"}
RIGHT["dx"] = "dout @ self.W.T"


@pytest.fixture(scope="module")
def affine():
    (exercise,) = read_course(names=["affine"])
    return exercise, expectation(exercise, "secret", "anna"), expectation(exercise, PUBLIC)


@pytest.fixture(scope="module")
def grade(affine):
    """The verdict on an Affine with changes, in a process of its own."""
    exercise, hidden, public = affine

    def grade(**changes):
        text = AFFINE.format(**{**RIGHT, **changes})
        with StudentProcess(File("affine", text, exercise.asked)) as work:
            return judge(exercise, work, hidden, public)

    return grade


def lost(verdict):
    return {part.name: part.code for part in verdict.parts if not part.ok}


@pytest.mark.exhaustive
def test_what_is_right_has_all_points_in_whatever_style(grade):
    assert lost(grade()) == {}
    assert lost(grade(forward="np.dot(x, self.W) + self.b", dW="np.einsum('nd,nm->dm', self.x, dout)")) == {}
    assert lost(grade(dx="np.array([[sum(d * w) for w in self.W] for d in dout])")) == {}


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dx": "-dout @ self.W.T"}, {"dx": "sign-flipped"}),
        ({"dx": "dout @ self.W.T / 2"}, {"dx": "constant-factor"}),
        ({"db": "dout.sum(axis=1)"}, {"db": "wrong-axis"}),
        ({"dW": "self.x.T @ dout / len(dout)"}, {"dW": "extra-batch-average"}),
        ({"forward": "x @ self.W", "dx": "-dout @ self.W.T"}, {"forward": "bias-missing", "dx": "sign-flipped"}),
        ({"dx": "undefined"}, {"dx": "raises"}),
    ],
)
def test_a_mistake_loses_its_part_alone_and_has_its_name(grade, changes, expected):
    verdict = grade(**changes)
    assert lost(verdict) == expected
    assert verdict.points == verdict.most - 2 * len(lost(verdict))


def test_of_two_mistakes_with_the_same_answer_the_one_that_spoils_no_other_part_is_told(grade):
    (part,) = [part for part in grade(db="dout.mean(axis=0)").parts if not part.ok]
    assert "db is the mean of the rows" in part.message


def test_a_wrong_forward_leaves_the_gradients_their_points(grade):
    assert set(lost(grade(forward="x @ self.W + self.b + 1"))) == {"forward"}


def test_what_is_right_for_the_inputs_that_one_sees_alone_is_wrong(grade, affine):
    seen = [case["inputs"][0].tolist() for case in affine[2].asked[0].cases]
    answer = "dout @ self.W.T * (1 if any(np.array_equal(self.x, s) for s in SEEN) else 2)"
    exercise, hidden, public = affine
    text = AFFINE.format(**{**RIGHT, "dx": answer}) + f"\nSEEN = {seen}\n"
    with StudentProcess(File("affine", text, exercise.asked)) as work:
        verdict = judge(exercise, work, hidden, public)
    assert lost(verdict) == {"dx": "not-for-all-inputs"}


def test_what_a_student_is_told_holds_no_hidden_value(grade, affine):
    verdict = grade(dx="-dout @ self.W.T", db="dout.sum(axis=1)", dW="-self.x.T @ dout")
    hidden = {f"{abs(value):.6g}" for case in affine[1].asked[0].expected for value in case["dx"].ravel()}
    shown = "".join(part.message for part in verdict.parts)
    assert not any(value in shown for value in hidden)
    assert any(value in part.hidden for part in verdict.parts for value in hidden)


KEEPS = """import sys; sys.seen = [*getattr(sys, "seen", []), self.x.tolist()]
        if len(sys.seen) > 1: """
RAISES = "raise ValueError(str(sys.seen[0]))"
SPOILS = """sys.modules["gradients.apart.wire"].json.dumps = lambda *a: 1 / 0
        raise ValueError(str(sys.seen[0]))"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "changes",
    [
        exhaustive({"forward": "3 * x @ self.W", "before": "while True: pass"}),
        {"before": KEEPS + RAISES, "dx": "0"},
        {"before": KEEPS + SPOILS, "dx": "0"},
    ],
    ids=["never ends", "keeps them and raises them", "spoils its answers"],
)
def test_whoever_wants_to_be_told_the_hidden_values_is_not(affine, changes):
    exercise, hidden, public = affine
    text = AFFINE.format(**{**RIGHT, **changes})
    with StudentProcess(File("affine", text, exercise.asked), Limits(cpu_seconds=2)) as work:
        verdict = judge(exercise, work, hidden, public)
    shown = "".join(part.message for part in verdict.parts)
    assert shown
    for asked in hidden.asked:
        for values in [case["inputs"][0] for case in asked.cases] + [one["forward"] for one in asked.expected]:
            assert not any(f"{abs(value):.6g}"[:7] in shown for value in values.ravel())


def test_a_gradient_that_is_computed_numerically_has_its_points_and_is_told_to_the_teacher(grade):
    numerical = """dx = np.zeros_like(self.x); x = self.x
        for i in np.ndindex(x.shape):
            e = np.zeros_like(x); e[i] = 1e-4
            dx[i] = ((self.forward(x + e) - self.forward(x - e)) * dout).sum() / 2e-4
        self.x = x"""
    verdict = grade(before=numerical, dx="dx")
    assert lost(verdict) == {}
    assert "backward calls forward" in verdict.for_teacher[0]


def test_an_answer_before_the_end_of_the_process_counts(grade):
    assert set(lost(grade(before="import os; os._exit(0)"))) == {"dx", "dW", "db"}


def test_the_same_secret_and_name_draw_the_same_inputs_and_others_draw_others(affine):
    exercise = affine[0]
    first, again, other = (expectation(exercise, "secret", name) for name in ("anna", "anna", "ben"))
    inputs = [found.asked[0].cases[0]["inputs"][0] for found in (first, again, other)]
    assert np.array_equal(inputs[0], inputs[1])
    assert inputs[0].shape != inputs[2].shape or not np.array_equal(inputs[0], inputs[2])


def test_a_module_in_this_process_is_judged_in_the_same_way(affine):
    exercise, hidden, public = affine
    verdict = judge(exercise, WorkHere(exercise.solution(exercise.wrong[0]), exercise.asked_functions), hidden, public)
    assert lost(verdict) == {"db": "not-summed"}


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (np.float64(2.0), 2.0, ""),
        (np.array([2.0]), 2.0, ""),
        ([1.0, 2.0], np.array([1.0, 2.0]), ""),
        (np.array([[1.0]]), np.array([1.0, 2.0]), "its shape is (1, 1), expected (2,)"),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), "NaN"),
        (None, np.array([1.0, 2.0]), "nothing (None)"),
        ({"kind": "Odd"}, np.array([1.0, 2.0]), "got Odd"),
        ("right", 1.0, "got a str"),
        (True, 1.0, "got a bool"),
        (1, True, "expected True, got 1"),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "b is not in it"),
        ([np.float64(1.0), np.array(2.0)], np.array([1.0, 2.0]), ""),
        (np.array([1.0, 2.0]), [np.array(1.0), np.array(2.0)], ""),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), ""),
        ([1.0, "x"], [1.0, "y"], "number 1: expected y, got 'x'"),
        (np.array(["x"]), np.array([1.0]), "got an array"),
    ],
)
def test_a_difference_is_said_in_words(answer, expected, words):
    found = difference(answer, expected, 1e-6)
    assert words in found if words else not found


def test_digits_tell_a_numerical_gradient_from_a_computed_one():
    right = np.array([1.0, 2.0])
    assert seems_numerical(right * (1 + 1e-7), right)
    assert not seems_numerical(right * (1 + 1e-15), right)
    assert not seems_numerical(right.astype(np.float32), right)


DICE = '''
# %% [markdown]
# # Dice

# %%
import numpy as np


def roll(rng, count):
    """Return some numbers from 1 to 6."""
    ### BEGIN SOLUTION
    return rng.integers(1, 7, count)
    ### END SOLUTION

# %% tags=["questions"]
import numpy as np
from coursework.questions import Question


def judge(part, answer, expected, arguments):
    if part == "count":
        return "" if len(answer) == arguments["count"] else "there are not as many numbers as dice"
    return "" if 1 <= np.min(answer) and np.max(answer) <= 6 else "a number is not from 1 to 6"


def draw(rng):
    return {"count": int(rng.integers(200, 300))}


QUESTIONS = [Question("roll", {"count": 1, "range": 1}, draw, "ask_roll", judge)]

# %% tags=["asked"]
import numpy as np


def ask_roll(work, answers, count):
    rolled = work.roll(np.random.default_rng(), count)
    answers["count"] = answers["range"] = rolled

# %% tags=["wrong"] name="from-zero" part="range"
# The numbers begin with 0.
def roll(rng, count):
    return rng.integers(0, 6, count)

# %% tags=["wrong"] name="one-die" part="count range"
# There is one number, and it is 0.
def roll(rng, count):
    return np.zeros(1)

# %% tags=["wrong"] name="no-dice" part="count range"
# No number is returned.
def roll(rng, count):
    raise ValueError("no dice")
'''


@pytest.fixture
def roll(tmp_path):
    """The verdict on a function that rolls dice, as a question with a judge of its own has it."""
    path = tmp_path / "dice.py"
    path.write_text(DICE, encoding="utf-8")
    exercise = Exercise(path)

    def roll(body):
        text = f"import numpy as np\n\n\n\ndef roll(rng, count):\n    {body}\n"
        with StudentProcess(File("dice", text, exercise.asked)) as work:
            return judge(exercise, work, expectation(exercise, "secret", "anna"), expectation(exercise, PUBLIC))

    return roll


@pytest.mark.exhaustive
def test_a_mistake_in_random_answers_is_named_by_what_the_judge_says(roll):
    assert lost(roll("return rng.integers(1, 7, size=count)")) == {}
    assert lost(roll("return rng.integers(0, 3, size=count)")) == {"range": "from-zero"}


def test_what_a_judge_says_of_a_part_names_no_mistake_that_would_spoil_others_too(roll):
    assert lost(roll("return rng.integers(1, 7, size=1)")) == {"count": ""}


def test_an_answer_that_makes_a_judge_raise_is_wrong(roll):
    assert lost(roll("return None")) == {"count": "", "range": ""}


def test_a_mistake_that_raises_is_named_on_whatever_line_it_stands(roll):
    assert lost(roll("raise ValueError('no dice')")) == {"count": "no-dice", "range": "no-dice"}


def test_no_hidden_input_is_told_by_the_way_in_which_the_process_ends(grade):
    told = "import os; os._exit(int(abs(self.x[0, 0]) * 50) % 256)"
    messages = {part.message for part in grade(before=told).parts if not part.ok}
    assert messages == {"It ended Python."}
