import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import Affine

sizes = st.integers(1, 6)


def make(rng, D, M, dtype=float):
    return Affine(rng.standard_normal((D, M)).astype(dtype), rng.standard_normal(M).astype(dtype))


@given(sizes, sizes, sizes, st.integers(0, 2**32 - 1))
def test_gradients_agree_with_numerical_differentiation(assert_gradients_agree, N, D, M, seed):
    rng = np.random.default_rng(seed)
    assert_gradients_agree(make(rng, D, M), rng.standard_normal((N, D)))


@given(sizes, sizes, sizes, sizes, st.integers(0, 2**32 - 1))
def test_images_are_flattened_and_their_gradient_restored(assert_gradients_agree, N, C, H, W, seed):
    rng = np.random.default_rng(seed)
    layer, x = make(rng, C * H * W, 3), rng.standard_normal((N, C, H, W))
    flat = layer.forward(x.reshape(N, -1))
    np.testing.assert_array_equal(layer.forward(x), flat)
    assert layer.backward(np.ones((N, 3))).shape == (N, C, H, W)
    assert_gradients_agree(layer, x)


def test_an_update_in_place_is_seen_by_the_layer(rng):
    W, b = rng.standard_normal((4, 3)), np.zeros(3)
    layer = Affine(W, b)
    W *= 0
    b += 5
    np.testing.assert_array_equal(layer.forward(np.ones((2, 4))), np.full((2, 3), 5.0))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_computes_in_the_dtype_of_its_parameters_whatever_comes_in(rng, dtype):
    layer = make(rng, 4, 3, dtype)
    for x in (rng.standard_normal((2, 4)), rng.integers(0, 9, (2, 4)), np.ones((2, 4), np.float32), [[1, 2, 3, 4]]):
        y = layer.forward(x)
        dx = layer.backward(np.ones(y.shape))
        assert {y.dtype, dx.dtype, layer.dW.dtype, layer.db.dtype} == {np.dtype(dtype)}


def test_integer_parameters_become_floats():
    layer = Affine(np.array([[1, 2]]), np.array([0, 1]))
    assert layer.forward([[2]]).dtype == np.float64


def test_forward_and_backward_leave_their_arguments_alone(rng):
    layer, x, dout = make(rng, 4, 3), rng.standard_normal((2, 4)), rng.standard_normal((2, 3))
    x_before, dout_before = x.copy(), dout.copy()
    layer.forward(x)
    layer.backward(dout)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(dout, dout_before)


def test_a_wrong_number_of_features_is_named_with_both_shapes(rng):
    with pytest.raises(ValueError, match=r"Affine: x has 4 features, W expects 5 \(x.shape \(3, 4\), W.shape \(5, 2\)"):
        make(rng, 5, 2).forward(np.ones((3, 4)))


def test_one_sample_without_batch_axis_is_refused_with_the_way_out(rng):
    with pytest.raises(ValueError, match=r"x.shape \(5,\) has no batch axis, .*x\[np.newaxis\]"):
        make(rng, 5, 2).forward(np.ones(5))


def test_an_empty_batch_is_refused(rng):
    with pytest.raises(ValueError, match="no samples"):
        make(rng, 5, 2).forward(np.ones((0, 5)))


@pytest.mark.parametrize(("W", "b"), [((3,), (3,)), ((2, 3), (2,)), ((2, 3), (1, 3)), ((2, 3, 4), (4,))])
def test_parameters_that_do_not_fit_are_refused(W, b):
    with pytest.raises(ValueError, match=r"expected W of shape \(D, M\) and b of shape \(M,\)"):
        Affine(np.ones(W), np.ones(b))


def test_backward_before_forward_is_refused(rng):
    with pytest.raises(RuntimeError, match="Affine: backward was called before forward"):
        make(rng, 5, 2).backward(np.ones((1, 2)))


@pytest.mark.parametrize("shape", [(), (2,), (3, 1), (1, 2), (2, 3)])
def test_a_dout_that_would_broadcast_is_refused(rng, shape):
    layer = make(rng, 5, 2)
    layer.forward(np.ones((3, 5)))
    with pytest.raises(ValueError, match=r"dout.shape .* differs from the output's \(3, 2\)"):
        layer.backward(np.ones(shape))


@pytest.mark.parametrize("x", [[["a", "b"]], np.ones((1, 2), complex), np.array([[None, None]])])
def test_anything_but_real_numbers_is_refused(x):
    from layers import ReLU

    with pytest.raises(TypeError, match="expected real numbers"):
        ReLU().forward(x)


def test_parameters_of_two_dtypes_are_refused():
    with pytest.raises(ValueError, match="W is float32 and b float64; expected one dtype"):
        Affine(np.ones((2, 3), np.float32), np.zeros(3))


def test_a_forward_that_was_refused_leaves_the_last_one_in_place():
    layer = Affine(np.ones((4, 3)), np.zeros(3))
    layer.forward(np.ones((2, 2, 2)))
    with pytest.raises(ValueError, match="features"):
        layer.forward(np.ones((2, 5)))
    assert layer.backward(np.ones((2, 3))).shape == (2, 2, 2)
