import re

import numpy as np
import pytest

from gradient_check import check_layer
from layers import Affine, BatchNormalization, Dropout, ReLU, Residual, Sequence, Sigmoid


def affine(rng, D, M):
    return Affine(rng.standard_normal((D, M)), rng.standard_normal(M))


def test_a_sequence_is_its_layers_one_behind_the_other(rng):
    first, second, x = affine(rng, 3, 4), Sigmoid(), rng.standard_normal((5, 3))
    y = Sequence(first, second).forward(x)
    np.testing.assert_array_equal(y, second.forward(first.forward(x)))


def test_gradients_agree_with_numerical_differentiation(assert_gradients_agree, rng):
    layer = Sequence(affine(rng, 3, 4), Sigmoid(), Sequence(affine(rng, 4, 2), Sigmoid()))
    assert_gradients_agree(layer, rng.standard_normal((5, 3)))


@pytest.mark.parametrize("N", [1, 5])
def test_the_checker_finds_it_right(rng, N):
    layer = Sequence(affine(rng, 3, 4), Sigmoid(), affine(rng, 4, 2))
    check_layer(layer, rng.standard_normal((N, 3))).raise_if_wrong()


def test_parameters_are_numbered_through_all_layers_however_deep(rng):
    layer = Sequence(affine(rng, 3, 4), Sequence(ReLU(), affine(rng, 4, 2)), affine(rng, 2, 1))
    assert {name: param.shape for name, param in layer.params.items()} == {
        "W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,), "W3": (2, 1), "b3": (1,)
    }  # fmt: skip


def test_gradients_are_there_after_backward_and_none_before(rng):
    layer = Sequence(affine(rng, 3, 2))
    assert layer.grads == {"W1": None, "b1": None}
    layer.backward(layer.forward(np.ones((4, 3))))
    assert layer.grads["W1"] is layer.layers[0].dW


def test_the_mode_reaches_every_layer(rng):
    inner = Dropout(0.5)
    layer = Sequence(affine(rng, 3, 2), Sequence(inner))
    layer.training = False
    assert not inner.training


def test_the_mode_of_one_call_does_not_last(rng):
    inner, x = Dropout(0.5, rng=0), np.ones((10, 10))
    layer = Sequence(Sequence(inner))
    np.testing.assert_array_equal(layer.forward(x, False), x)
    assert inner.training
    assert (layer.forward(x) == 0).any()


def test_a_layer_that_was_set_to_predict_stays_so_after_a_call(rng):
    frozen, free = Dropout(0.5, rng=0), Dropout(0.5, rng=0)
    frozen.training = False
    layer = Sequence(frozen, free)
    layer.forward(np.ones((3, 3)), training=True)
    assert (frozen.training, free.training) == (False, True)


def test_nothing_in_sequence_is_refused():
    with pytest.raises(ValueError, match="Sequence: expected at least one layer, got none"):
        Sequence()


def test_what_is_no_layer_is_refused():
    with pytest.raises(TypeError, match="Sequence: a layer needs forward and backward, got <function"):
        Sequence(ReLU(), lambda x: x)
    with pytest.raises(TypeError, match=f"got <class '{re.escape(ReLU.__module__)}.ReLU'> in place 1"):
        Sequence(ReLU)


def test_one_layer_in_two_places_is_refused():
    relu = ReLU()
    with pytest.raises(ValueError, match="Residual: the ReLU in place 2 stands in place 1 too"):
        Residual(relu, relu)


def test_a_residual_adds_its_input(rng):
    branch, x = affine(rng, 3, 3), rng.standard_normal((4, 3))
    np.testing.assert_allclose(Residual(branch).forward(x), x + branch.forward(x))


@pytest.mark.first_is_quick
@pytest.mark.parametrize("projected", [False, True])
@pytest.mark.parametrize("N", [1, 4])
def test_the_gradients_of_a_residual_agree_with_numerical_differentiation(assert_gradients_agree, rng, projected, N):
    projection = affine(rng, 3, 2) if projected else None
    layer = Residual(affine(rng, 3, 5), Sigmoid(), affine(rng, 5, 2 if projected else 3), projection=projection)
    assert_gradients_agree(layer, rng.standard_normal((N, 3)))
    check_layer(layer, rng.standard_normal((N, 3))).raise_if_wrong()


def test_the_gradient_arrives_unchanged_where_the_branch_lets_nothing_through():
    layer = Residual(Affine(np.zeros((3, 3)), np.zeros(3)))
    dout = layer.forward(np.ones((2, 3)))
    np.testing.assert_array_equal(layer.backward(dout), dout)


def test_a_residual_stays_in_the_dtype_of_its_layers(rng):
    layer = Residual(Affine(np.zeros((3, 3), np.float32), np.zeros(3, np.float32)))
    y = layer.forward(rng.standard_normal((2, 3)))
    assert y.dtype == layer.backward(np.ones((2, 3), np.float32)).dtype == np.float32


def test_a_branch_that_changes_the_shape_needs_a_projection(rng):
    message = r"the branch turns x.shape \(4, 3\) into \(4, 2\), which cannot be added to x; expected the same shape"
    with pytest.raises(ValueError, match=message):
        Residual(affine(rng, 3, 2)).forward(np.ones((4, 3)))


def test_a_branch_whose_output_would_broadcast_is_refused(rng):
    with pytest.raises(ValueError, match=r"turns x.shape \(4, 3\) into \(4, 1\)"):
        Residual(affine(rng, 3, 1)).forward(np.ones((4, 3)))


def test_a_projection_to_another_shape_than_the_branch_is_named(rng):
    message = r"the branch turns x.shape \(4, 3\) into \(4, 2\), the projection into \(4, 5\)"
    with pytest.raises(ValueError, match=message):
        Residual(affine(rng, 3, 2), projection=affine(rng, 3, 5)).forward(np.ones((4, 3)))


def test_the_projection_has_parameters_and_a_mode_too(rng):
    projection = Sequence(affine(rng, 3, 2), BatchNormalization(np.ones(2), np.zeros(2)))
    layer = Residual(affine(rng, 3, 2), projection=projection)
    assert list(layer.params) == ["W1", "b1", "W2", "b2", "gamma1", "beta1"]
    layer.training = False
    assert not projection.layers[1].training


@pytest.mark.parametrize(
    "build", [lambda a: Sequence(a, Sequence(a)), lambda a: Residual(Sequence(a), projection=Sequence(a))]
)
def test_one_layer_in_two_places_is_refused_however_deep(build):
    with pytest.raises(ValueError, match="the Sigmoid in place 2 stands in place 1 too"):
        build(Sigmoid())


def test_the_mode_of_one_call_leaves_the_layers_within_as_they_were():
    inner = Sequence(Dropout(0.5, rng=0))
    outer = Sequence(inner)
    inner.training = False
    outer.forward(np.ones((2, 2)), True)
    assert not inner.training
    assert not inner.layers[0].training


def test_the_gradient_of_a_residual_has_the_dtype_of_its_layers():
    layer = Residual(Affine(np.zeros((3, 3), np.float32), np.zeros(3, np.float32)))
    layer.forward(np.ones((2, 3), np.float32))
    assert layer.backward(np.ones((2, 3))).dtype == np.float32
