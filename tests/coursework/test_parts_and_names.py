"""What counts of a layer's answer, and which mistakes have a name."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from coursework.apart.answering import answer, ask_layer
from coursework.course.course import read_course
from coursework.course.exercise import run_as_module
from coursework.judging.agreement import difference
from coursework.judging.expectation import PUBLIC, expectation
from coursework.judging.verdict import judge
from coursework.judging.work import WorkHere

KEEPS_THEN_RAISES = """
    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        raise ValueError("dx is hard")
"""
KEEPS_NOTHING = """
    def backward(self, dout):
        return dout @ self.W.T
"""


def verdict_on(name, code):
    (exercise,) = read_course(names=[name])
    public = expectation(exercise, PUBLIC)
    module = run_as_module(f"{exercise.code(solved=True)}\n\n{code}", name, exercise.solution_modules())
    verdict = judge(exercise, WorkHere(module, exercise.asked_functions), public, public)
    return {part.name: part for part in verdict.parts}


def test_what_backward_keeps_before_it_raises_counts():
    parts = verdict_on("affine", f"class Affine(Affine):{KEEPS_THEN_RAISES}")
    assert [name for name, part in parts.items() if part.ok] == ["forward", "dW", "db"]


def test_gradients_that_are_not_kept_have_a_name():
    parts = verdict_on("affine", f"class Affine(Affine):{KEEPS_NOTHING}")
    assert parts["dx"].ok
    assert (parts["dW"].code, parts["db"].code) == ("not-computed", "not-computed")


@pytest.mark.parametrize("kind", [tuple, list, np.array])
def test_two_gradients_come_as_a_tuple_a_list_or_an_array(kind):
    node = SimpleNamespace(forward=lambda x, y: x + y, backward=lambda dout: kind((dout, 2 * dout)))
    case = {
        "name": "Node",
        "names": [],
        "parameters": [],
        "inputs": [1.0, 2.0],
        "dout": 3.0,
        "returned": ["dx", "dy"],
        "held": [],
    }
    said = answer(SimpleNamespace(Node=lambda: node), {"ask_layer": ask_layer}, "ask_layer", case)
    assert (said["answers"]["dx"], said["answers"]["dy"]) == (3.0, 6.0)


def test_the_exception_of_a_known_mistake_has_its_name_wherever_it_is_raised():
    code = """
class Affine(Affine):

    def backward(self, dout):
        self.db, self.dW = dout.sum(axis=0), self.x.T @ dout
        dx = dout @ self.W
        return dx
"""
    assert verdict_on("affine", code)["dx"].code == "transposed"


@pytest.mark.exhaustive
def test_the_check_of_gradients_calls_a_gradient_as_the_exercise_does():
    code = "class Multiply(Multiply):\n    backward = lambda self, dout: (dout * self.y, -dout * self.x)"
    dy = verdict_on("add_and_multiply", code)["dy"]
    assert dy.code == "sign-flipped"
    assert "dy is exactly the negative of the right gradient." in dy.message


def test_nan_is_not_far_from_nan_and_far_from_a_number():
    nan = np.array([np.nan, 1.0])
    assert difference(nan, nan, 1e-6) == ""
    assert difference(nan, np.array([0.0, 1.0]), 1e-6) != ""
    assert difference(np.array([0.0, 1.0]), nan, 1e-6) != ""


@pytest.mark.exhaustive
def test_a_layer_that_gives_the_same_whatever_the_labels_are_earns_nothing_for_labels():
    code = "class SoftmaxWithLoss:\n    forward = lambda self, x, t: 1.0\n    backward = lambda self, dout=1.0: 1.0"
    assert [name for name, part in verdict_on("softmax_with_loss", code).items() if part.points] == []


def test_a_sigmoid_that_is_constant_earns_nothing_for_large_numbers():
    code = "class Sigmoid:\n    forward = lambda self, x: 0 * x"
    assert [name for name, part in verdict_on("sigmoid", code).items() if part.points] == []


@pytest.mark.exhaustive
def test_a_backward_that_returns_dout_alone_does_not_earn_the_point_for_dout():
    code = "class SoftmaxWithLoss(SoftmaxWithLoss):\n    backward = lambda self, dout=1.0: dout"
    assert not verdict_on("softmax_with_loss", code)["dout"].ok


def test_who_draws_without_a_seed_draws_the_same_each_time_and_the_random_numbers_here_go_on():
    def ask_random(work, answers):
        drawn = [np.random.default_rng().normal(), np.random.default_rng().normal()]
        answers["drawn"] = [*drawn, np.random.rand(), random.random()]  # noqa: NPY002

    default_rng = np.random.default_rng
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    here = np.random.rand(), random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    first, second = (answer(SimpleNamespace(), {"ask": ask_random}, "ask", {}) for _ in range(2))
    assert first["answers"] == second["answers"]
    assert len(set(first["answers"]["drawn"])) == 4
    assert (np.random.rand(), random.random()) == here  # noqa: NPY002
    assert np.random.default_rng is default_rng
