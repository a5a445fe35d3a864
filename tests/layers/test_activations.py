import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from layers import ReLU, Sigmoid, sigmoid

shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)
activations = pytest.mark.parametrize("activation", [ReLU, Sigmoid])


@activations
@given(shapes, st.integers(0, 2**32 - 1))
def test_gradients_agree_with_numerical_differentiation(assert_gradients_agree, activation, shape, seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.01, 3, shape) * rng.choice([-1, 1], shape)  # away from the kink of ReLU
    assert_gradients_agree(activation(), x)


def test_relu_passes_the_gradient_where_the_input_was_positive():
    relu = ReLU()
    np.testing.assert_array_equal(relu.forward(np.array([[-2.0, 0.0, 3.0]])), [[0, 0, 3]])
    np.testing.assert_array_equal(relu.backward(np.array([[7.0, 7.0, -7.0]])), [[0, 0, -7]])


def test_relu_lets_nan_through_so_that_it_is_noticed():
    assert np.isnan(ReLU().forward(np.array([np.nan])))


@activations
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activations_compute_in_the_dtype_of_their_input(activation, dtype):
    layer = activation()
    y = layer.forward(np.ones((2, 3), dtype))
    assert y.dtype == layer.backward(np.ones((2, 3))).dtype == dtype


@activations
def test_integers_become_the_default_float(activation):
    assert activation().forward(np.array([[1, 2]])).dtype == np.float64


@activations
def test_forward_and_backward_leave_their_arguments_alone(activation, rng):
    layer, x, dout = activation(), rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    x_before, dout_before = x.copy(), dout.copy()
    layer.forward(x)
    layer.backward(dout)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(dout, dout_before)


@activations
def test_backward_before_forward_is_refused(activation):
    with pytest.raises(RuntimeError, match="backward was called before forward"):
        activation().backward(np.ones(3))


@activations
def test_a_dout_of_another_shape_is_refused(activation):
    layer = activation()
    layer.forward(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"dout.shape \(3,\) differs from the output's \(2, 3\)"):
        layer.backward(np.ones(3))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_of_large_inputs_is_finite_and_silent(dtype):
    x = np.array([-1e4, -1e3, -88.8, 0, 88.8, 1e3, 1e4], dtype)
    layer = Sigmoid()
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        y = layer.forward(x)
        dx = layer.backward(np.ones_like(x))
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()
    assert y[0] == 0
    assert y[-1] == 1


def test_sigmoid_keeps_its_precision_for_very_negative_inputs():
    np.testing.assert_allclose(sigmoid(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool])
def test_sigmoid_takes_integers_as_the_numbers_they_are(dtype):
    x = np.array([0, 1], dtype)
    np.testing.assert_array_equal(sigmoid(x), sigmoid(x.astype(float)))


def test_changing_what_forward_returned_does_not_change_backward():
    for layer in (ReLU(), Sigmoid()):
        x = np.array([-1.0, 2.0])
        layer.forward(x)
        expected = layer.backward(np.ones(2))
        y = layer.forward(x)
        y += 1
        np.testing.assert_array_equal(layer.backward(np.ones(2)), expected)


def test_forward_takes_its_input_by_name_too_and_nothing_else():
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(x=np.array([1.0])), [1])
    with pytest.raises(TypeError, match="too many positional arguments"):
        layer.forward(np.ones(1), np.ones(1))
