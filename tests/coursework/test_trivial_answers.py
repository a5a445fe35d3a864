"""Work that has nothing of what is asked for, and wants the points of a part that looks at one property alone."""

import pytest

from coursework.course.course import read_course
from coursework.judging.expectation import PUBLIC, expectation
from coursework.proving import SECRET, graded

CLASSES = """
import numpy as np

class {name}:
    def __init__(self, *arguments, **words):
        self.made_with = arguments
    {methods}
"""
UPDATE = "def update(self, params, grads):\n        for value in params.values(): value[...] = 0"
TRIVIAL = {
    "relu": [("ReLU", "def forward(self, x): return 0")],
    "sigmoid": [("Sigmoid", "def forward(self, x): return np.arange(x.size).reshape(x.shape) % 2")],
    "softmax_with_loss": [
        (
            "SoftmaxWithLoss",
            "def forward(self, x, t): return float((t if t.ndim == 1 else t.argmax(axis=1)) @ np.ones(len(t)))\n"
            "    def backward(self, dout=1.0): return dout",
        )
    ],
    "momentum_and_adam": [("Momentum", UPDATE), ("Adam", UPDATE)],
    "batch_normalization": [("BatchNormalization", "def forward(self, x): return 0 * x + self.made_with[1]")],
    "scalar_autograd": [
        ("Value", "grad, data = 1.0, 0.0\n    def __add__(self, other): return self\n    def backward(self): pass")
    ],
}
TRAINED_BY_HEART = """
import numpy as np

class SGD:
    def __init__(self, lr): pass
    def update(self, params, grads):
        for value in params.values(): value[...] = 0

def train(network, x, t, *others):
    network.params["W1"], network.params["W2"] = np.zeros((64, 1)), np.zeros((1, 10))
    network.params["b1"], network.params["b2"] = np.zeros(1), np.eye(10)[t % 10]
"""


def points(name, text):
    (exercise,) = read_course(names=[name])
    verdict = graded(exercise, text, expectation(exercise, SECRET), expectation(exercise, PUBLIC))
    return {f"{part.question} {part.name}": part.points for part in verdict.parts if part.points}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("name", TRIVIAL)
def test_what_ignores_its_input_has_no_points(name):
    assert points(name, "".join(CLASSES.format(name=cls, methods=text) for cls, text in TRIVIAL[name])) == {}


@pytest.mark.exhaustive
def test_digits_that_are_told_by_their_place_in_the_list_are_not_recognised():
    assert points("training", TRAINED_BY_HEART) == {}


OUTER = """
import numpy as np

class Momentum:
    def __init__(self, *options): pass
    def update(self, params, grads):
        shape = (20_000, 1) if len(params) > 1 else (1, 20_000)
        for name in params: params[name] = np.ones(shape)

Adam = Momentum
"""


@pytest.mark.exhaustive
def test_answers_that_would_be_broadcast_against_each_other_are_compared_by_their_shapes():
    assert points("momentum_and_adam", OUTER) == {}
