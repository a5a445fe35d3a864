import numpy as np
import pytest

from layers import Affine, BatchNormalization, Dropout, LayerNormalization, LeakyReLU, ReLU, grads_of, params_of


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


@pytest.mark.parametrize("values", [1j * np.ones((2, 3)), np.array([["a"] * 3] * 2), np.ones((2, 3), object)])
@pytest.mark.parametrize("layer", [Affine(np.ones((3, 2)), np.zeros(2)), LayerNormalization(np.ones(3), np.zeros(3))])
def test_what_is_no_real_number_is_refused_on_the_way_forward_and_back(layer, values):
    with pytest.raises(TypeError, match=f"{type(layer).__name__}: expected real numbers"):
        layer.forward(values)
    y = layer.forward(np.ones((2, 3)))
    with pytest.raises(TypeError, match=f"{type(layer).__name__}: expected real numbers"):
        layer.backward(values[:, : y.shape[1]])


def test_a_complex_parameter_is_refused():
    with pytest.raises(TypeError, match="a parameter must be an array of real numbers, got one of complex128"):
        Affine(1j * np.ones((3, 2)), np.zeros(2))


def test_an_argument_that_forward_does_not_have_is_named_with_the_layer():
    with pytest.raises(TypeError, match=r"ReLU\.forward: got an unexpected keyword argument 'train'"):
        ReLU().forward(np.ones(2), train=True)


def test_the_books_word_for_the_mode_is_understood():
    x = np.ones((20, 20))
    np.testing.assert_array_equal(Dropout(0.5).forward(x, train_flg=False), x)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Dropout("0.5"),
        lambda: Dropout(None),
        lambda: LeakyReLU("a"),
        lambda: BatchNormalization(np.ones(2), np.zeros(2), momentum="a"),
        lambda: BatchNormalization(np.ones(2), np.zeros(2), eps="a"),
        lambda: LayerNormalization(np.ones(2), np.zeros(2), eps=None),
        lambda: BatchNormalization(np.ones(2), np.zeros(2), running_mean=np.broadcast_to(0.0, 2)),
    ],
)
def test_options_of_the_wrong_kind_are_named(build):
    with pytest.raises(ValueError, match=r"(Dropout|LeakyReLU|Normalization): .*(got|read-only)"):
        build()
