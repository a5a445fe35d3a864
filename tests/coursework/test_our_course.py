"""The exercises of the course are those that are asked for, and each can be handed out."""

import re

import pytest

from coursework.course.course import read_course
from coursework.proving import prove
from tests_support import part

NAMES = (
    "numerical_gradient add_and_multiply relu sigmoid affine softmax_with_loss two_layer_net training "
    "momentum_and_adam initialization batch_normalization dropout max_pooling convolution gradient_checker "
    "scalar_autograd"
).split()
ASKED = "Add Multiply ReLU Sigmoid Affine SoftmaxWithLoss TwoLayerNet SGD train he Value".split()


def test_the_exercises_stand_in_the_order_in_which_they_are_done():
    assert [exercise.name for exercise in read_course()] == NAMES


def test_the_names_that_are_asked_for_are_those_of_our_own_layers():
    texts = "\n".join(exercise.code(solved=False) for exercise in read_course())
    assert [name for name in ASKED if not re.search(rf"^(class|def) {name}\b", texts, re.MULTILINE)] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", part(NAMES, 2))
def test_blanks_earn_nothing_the_solution_all_and_every_known_mistake_gets_its_name(name):
    (exercise,) = read_course(names=[name])
    proof = prove(exercise)
    assert proof.faults == []
    assert proof.named == len(exercise.wrong) >= 5


def test_each_exercise_has_three_hints_for_each_of_its_parts():
    short = {
        (exercise.name, points): hints
        for exercise in read_course()
        for question in exercise.questions
        for points in question.points
        if len(hints := exercise.hints(points)) < 3
    }
    assert short == {}
