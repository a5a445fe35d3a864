import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training import clip_gradient_norm
from training.optimizers.clipping import euclidean_norm

shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
seeds = st.integers(0, 2**32 - 1)


def some_grads(seed, *shapes, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return {f"W{number}": np.asarray(rng.standard_normal(shape), dtype) for number, shape in enumerate(shapes)}


def norm_of(grads):
    return math.sqrt(math.fsum(float(value) ** 2 for grad in grads.values() for value in grad.ravel()))


@given(shapes, shapes, seeds, st.floats(0.01, 10))
def test_the_common_norm_is_at_most_the_largest_and_was_what_is_returned(shape, other, seed, max_norm):
    grads = some_grads(seed, shape, other)
    before = norm_of(grads)
    assert clip_gradient_norm(grads, max_norm) == pytest.approx(before, rel=1e-12)
    assert norm_of(grads) == pytest.approx(min(before, max_norm), rel=1e-3)
    assert norm_of(grads) <= max_norm * (1 + 1e-12)


@given(shapes, seeds)
def test_all_gradients_are_scaled_by_one_factor(shape, seed):
    grads = some_grads(seed, shape, (3,))
    before = {name: grad.copy() for name, grad in grads.items()}
    norm = clip_gradient_norm(grads, 0.1)
    factor = min(1, 0.1 / (norm + 1e-6))
    for name, grad in grads.items():
        np.testing.assert_array_equal(grad, before[name] * factor)


def test_gradients_that_are_short_enough_keep_their_bits():
    grads = some_grads(0, (4, 3), (3,))
    before = {name: grad.copy() for name, grad in grads.items()}
    clip_gradient_norm(grads, 1e3)
    for name, grad in grads.items():
        np.testing.assert_array_equal(grad, before[name])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_gradients_are_scaled_in_place_and_keep_their_dtype(dtype):
    W = np.full((2, 2), 5, dtype)
    grads = {"W": W}
    assert clip_gradient_norm(grads, np.float64(1.0)) == 10
    assert grads["W"] is W
    assert W.dtype == dtype
    np.testing.assert_allclose(W, 0.5, rtol=1e-3)


@pytest.mark.parametrize(("value", "dtype"), [(1e30, np.float32), (1e-30, np.float32), (1e300, float), (1e-300, float)])
def test_squares_that_overflow_or_underflow_do_not_matter(value, dtype):
    grads = {"W": np.full((3, 3), value, dtype), "b": np.zeros(2, dtype)}
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert clip_gradient_norm(grads, 1.0) == pytest.approx(3 * value, rel=1e-6)
    assert norm_of(grads) == pytest.approx(min(3 * value, 1), rel=1e-6)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@given(shapes, seeds, st.sampled_from([1e-3, 1.0, 1e3]))
def test_the_norm_is_right_to_the_digits_of_float32_even_for_float16(dtype, shape, seed, scale):
    array = (scale * np.random.default_rng(seed).standard_normal(shape)).astype(dtype)
    assert euclidean_norm(array) == pytest.approx(norm_of({"W": array}), rel=1e-6)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1.0])
def test_the_norm_of_millions_of_equal_values_in_float32_keeps_five_digits(value):
    array = np.full((2000, 1500), value, np.float32)
    assert euclidean_norm(array) == pytest.approx(float(array[0, 0]) * math.sqrt(3e6), rel=1e-5)


@pytest.mark.parametrize("view", [np.transpose, lambda W: W[::2, ::-1], lambda W: W.view(np.matrix)])
@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_a_gradient_of_any_layout_is_clipped(view):
    W = view(np.arange(12.0).reshape(4, 3))
    before = np.array(W)
    norm = clip_gradient_norm({"W": W}, 1.0)
    assert norm == pytest.approx(np.linalg.norm(before))
    np.testing.assert_allclose(np.asarray(W), before / (norm + 1e-6))


def test_zero_gradients_and_no_gradients_have_the_norm_zero():
    grads = {"W": np.zeros((3, 2)), "b": np.zeros(0)}
    assert clip_gradient_norm(grads, 1.0) == 0
    assert clip_gradient_norm({}, 1.0) == 0
    assert (grads["W"] == 0).all()


def test_an_array_under_two_names_is_scaled_once():
    shared = np.array([3.0])
    grads = {"b1": shared, "b2": shared, "W": np.array([math.sqrt(7)])}
    assert clip_gradient_norm(grads, 1.0) == pytest.approx(5)
    np.testing.assert_allclose(shared, 0.6, rtol=1e-5)


@pytest.mark.parametrize("max_norm", [0, -1.0, np.nan, np.inf, None, "1"])
def test_a_largest_norm_that_is_none_is_refused(max_norm):
    grads = {"W": np.array([3.0, 4.0])}
    with pytest.raises(ValueError, match="the largest norm of the gradients must be a positive number, got"):
        clip_gradient_norm(grads, max_norm)
    np.testing.assert_array_equal(grads["W"], [3, 4])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1, np.nan, np.nan], r"the gradient of W2 holds NaN \(2 of 3 values\)"),
        ([1, 2, np.inf], r"the gradient of W2 holds infinity \(1 of 3 values\)"),
        ([-np.inf, 2, 3], r"the gradient of W2 holds infinity \(1 of 3 values\)"),
        ([np.inf, -np.inf, np.nan], r"the gradient of W2 holds NaN \(1 of 3 values\)"),
    ],
)
def test_nan_or_infinity_is_refused_with_the_name_of_the_parameter_and_nothing_changed(dtype, values, message):
    grads = {"W1": np.full((2, 2), 100, dtype), "W2": np.array(values, dtype)}
    with pytest.raises(ValueError, match=message):
        clip_gradient_norm(grads, 1.0)
    np.testing.assert_array_equal(grads["W1"], 100)
    np.testing.assert_array_equal(grads["W2"], np.array(values, dtype))


def test_a_norm_that_no_number_can_hold_is_refused():
    grads = {"W": np.full(100, 1.7e308)}
    with pytest.raises(ValueError, match="their norm exceeds the largest number"):
        clip_gradient_norm(grads, 1.0)
    assert (grads["W"] == 1.7e308).all()


@pytest.mark.parametrize("grad", [[1.0, 2.0], None, np.array([1, 2]), np.float64(3), np.array([1j])])
def test_a_gradient_that_cannot_be_scaled_in_place_is_refused(grad):
    grads = {"W": np.array([30.0]), "b": grad}
    with pytest.raises(TypeError, match="the gradient of b must be an array of floats, because it is scaled in place"):
        clip_gradient_norm(grads, 1.0)
    assert grads["W"] == 30


def test_a_gradient_that_is_read_only_is_refused():
    grads = {"W": np.array([30.0]), "b": np.broadcast_to(np.ones(1), (3,))}
    with pytest.raises(ValueError, match="the gradient of b is read-only"):
        clip_gradient_norm(grads, 1.0)
    assert grads["W"] == 30
