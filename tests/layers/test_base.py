import numpy as np

from layers import Affine, ReLU, grads_of, params_of


def test_a_layer_lists_its_parameters_and_their_gradients(rng):
    layer = Affine(rng.standard_normal((3, 2)), np.zeros(2))
    assert layer.params == {"W": layer.W, "b": layer.b}
    assert layer.grads == {"W": None, "b": None}
    layer.forward(np.ones((1, 3)))
    layer.backward(np.ones((1, 2)))
    assert layer.grads == {"W": layer.dW, "b": layer.db}


def test_a_layer_without_parameters_lists_none():
    assert ReLU().params == ReLU().grads == {}


class PlainAffine:
    """As a student writes it: no base class."""

    def __init__(self, W, b):
        self.W, self.b, self.dW, self.db, self.x = W, b, None, None, None
        self.name = "mine"


class DictAffine:
    def __init__(self, W):
        self.params, self.grads = {"weight": W}, {"weight": W * 0}


def test_parameters_of_anybodys_layer_are_found_by_their_names():
    W, b = np.ones((2, 2)), np.ones(2)
    assert params_of(PlainAffine(W, b)) == {"W": W, "b": b}
    assert grads_of(PlainAffine(W, b)) == {"W": None, "b": None}


def test_parameters_in_dictionaries_are_taken_as_they_are():
    layer = DictAffine(np.ones(2))
    assert params_of(layer) is layer.params
    assert grads_of(layer) is layer.grads


def test_an_object_without_parameters_has_none():
    assert params_of(object()) == grads_of(object()) == {}
