import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from layers import GELU, LeakyReLU, ReLU, Sigmoid, Softplus, Tanh, sigmoid
from layers.common.erf import erf
from layers.softplus import softplus

shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)
activations = pytest.mark.parametrize("activation", [GELU, LeakyReLU, ReLU, Sigmoid, Softplus, Tanh])


@activations
@given(shapes, st.integers(0, 2**32 - 1))
def test_gradients_agree_with_numerical_differentiation(assert_gradients_agree, activation, shape, seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.01, 3, shape) * rng.choice([-1, 1], shape)  # away from kinks
    assert_gradients_agree(activation(), x)


def test_relu_passes_the_gradient_where_the_input_was_positive():
    relu = ReLU()
    np.testing.assert_array_equal(relu.forward(np.array([[-2.0, 0.0, 3.0]])), [[0, 0, 3]])
    np.testing.assert_array_equal(relu.backward(np.array([[7.0, 7.0, -7.0]])), [[0, 0, -7]])


@pytest.mark.parametrize("slope", [0.0, 0.01, 0.5, -1.0])
def test_leaky_relu_multiplies_by_its_slope_where_the_input_was_not_positive(slope):
    layer = LeakyReLU(slope)
    np.testing.assert_array_equal(layer.forward(np.array([[-2.0, 0.0, 3.0]])), [[-2 * slope, 0, 3]])
    np.testing.assert_array_equal(layer.backward(np.array([[7.0, 7.0, -7.0]])), [[7 * slope, 7 * slope, -7]])


@pytest.mark.parametrize("slope", [np.nan, np.inf, -np.inf])
def test_a_slope_that_is_no_number_is_refused(slope):
    with pytest.raises(ValueError, match=f"LeakyReLU: negative_slope must be a finite number, got {slope}"):
        LeakyReLU(slope)


@given(hnp.arrays(float, shapes, elements=st.floats(-300, 300)))
def test_tanh_is_the_sigmoid_stretched(x):
    np.testing.assert_allclose(Tanh().forward(x), 2 * sigmoid(2 * x) - 1, rtol=0, atol=1e-15)


@given(hnp.arrays(float, shapes, elements=st.floats(-300, 300)))
def test_gelu_of_an_input_and_of_its_negative_differ_by_the_input(x):
    np.testing.assert_allclose(GELU().forward(x) - GELU().forward(-x), x, rtol=1e-15, atol=1e-15)


def test_softplus_keeps_its_precision_for_very_negative_inputs():
    np.testing.assert_allclose(softplus(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]), rtol=1e-14)


@given(hnp.arrays(float, shapes, elements=st.floats(-1e300, 1e300)))
def test_softplus_is_relu_and_a_round_corner(x):
    corner = Softplus().forward(x) - ReLU().forward(x)
    assert ((corner >= 0) & (corner <= np.log(2))).all()


@activations
def test_nan_passes_so_that_it_is_noticed(activation):
    assert np.isnan(activation().forward(np.array([np.nan])))


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


@activations
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs_are_finite_and_silent(activation, dtype):
    x = np.array([-1e30, -1e4, -1e3, -88.8, 0, 88.8, 1e3, 1e4, 1e30], dtype)
    layer = activation()
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        y = layer.forward(x)
        dx = layer.backward(np.ones_like(x))
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()


@pytest.mark.parametrize(
    ("activation", "lowest", "highest"),
    [(Sigmoid, 0, 1), (Tanh, -1, 1), (ReLU, 0, 1e4), (Softplus, 0, 1e4), (GELU, 0, 1e4), (LeakyReLU, -100, 1e4)],
)
def test_far_from_0_each_activation_reaches_its_limit(activation, lowest, highest):
    np.testing.assert_array_equal(activation().forward(np.array([-1e4, 1e4])), [lowest, highest])


def test_sigmoid_keeps_its_precision_for_very_negative_inputs():
    np.testing.assert_allclose(sigmoid(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool])
def test_sigmoid_takes_integers_as_the_numbers_they_are(dtype):
    x = np.array([0, 1], dtype)
    np.testing.assert_array_equal(sigmoid(x), sigmoid(x.astype(float)))


@activations
def test_changing_what_forward_returned_does_not_change_backward(activation):
    layer, x = activation(), np.array([-1.0, 2.0])
    layer.forward(x)
    expected = layer.backward(np.ones(2))
    y = layer.forward(x)
    y += 1
    np.testing.assert_array_equal(layer.backward(np.ones(2)), expected)


@activations
def test_images_keep_their_order_in_memory(activation, rng):
    x = rng.standard_normal((3, 4, 5, 2)).transpose(3, 0, 1, 2)
    layer = activation()
    assert layer.forward(x).strides == layer.backward(x).strides == x.strides


def test_forward_takes_its_input_by_name_too_and_nothing_else():
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(x=np.array([1.0])), [1])
    with pytest.raises(TypeError, match="too many positional arguments"):
        layer.forward(np.ones(1), np.ones(1))


@given(hnp.arrays(float, shapes, elements=st.floats(allow_nan=False, allow_subnormal=False)))
def test_erf_is_that_of_the_standard_library(x):
    expected = np.vectorize(math.erf)(x)
    np.testing.assert_allclose(erf(x), expected, rtol=1e-15, atol=1e-307)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float16, 1e-3), (np.float32, 3e-7), (np.float64, 1e-15)])
def test_erf_is_as_precise_as_its_dtype_everywhere(dtype, rtol):
    x = np.linspace(-7, 7, 20001).astype(dtype)
    y = erf(x)
    assert y.dtype == dtype
    np.testing.assert_allclose(y, np.vectorize(math.erf)(x.astype(float)), rtol=rtol)
