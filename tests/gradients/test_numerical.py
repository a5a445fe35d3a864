import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradients import numerical_gradient


@given(hnp.array_shapes(min_dims=0, max_dims=4, max_side=4), st.integers(0, 2**32 - 1))
def test_the_gradient_of_a_polynomial_over_an_array_of_any_shape(shape, seed):
    x = np.array(np.random.default_rng(seed).standard_normal(shape))
    np.testing.assert_allclose(numerical_gradient(lambda x: (x**3).sum(), x), 3 * x**2, rtol=1e-7, atol=1e-8)


@given(st.integers(0, 2**32 - 1))
def test_x_comes_back_to_the_bit(seed):
    x = np.random.default_rng(seed).standard_normal((3, 4)) * 1e3
    before = x.copy()
    numerical_gradient(lambda x: x.sum(), x)
    np.testing.assert_array_equal(x, before)


def test_x_comes_back_even_when_f_raises():
    x = np.array([1.0, 2.0, 3.0])

    def f(x):
        if x[1] != 2.0:
            raise RuntimeError("in the middle")
        return x.sum()

    with pytest.raises(RuntimeError, match="in the middle"):
        numerical_gradient(f, x)
    np.testing.assert_array_equal(x, [1, 2, 3])


def test_x_is_moved_in_place_so_that_f_may_read_it_elsewhere():
    W = np.array([[1.0, 2.0]])
    np.testing.assert_allclose(numerical_gradient(lambda _: float((W**2).sum()), W), [[2, 4]])


def test_a_view_with_strides_is_moved_too():
    x = np.arange(12.0).reshape(3, 4)
    np.testing.assert_allclose(numerical_gradient(lambda _: (x**2).sum(), x[::2, ::-1]), 2 * x[::2, ::-1], atol=1e-8)


@pytest.mark.parametrize(
    ("x", "came"),
    [
        (np.array([1, 2]), "an array of int64"),
        ([1.0], "list"),
        (1.0, "float"),
        (np.ones(1, complex), "an array of complex128"),
    ],
)
def test_what_cannot_be_moved_is_refused(x, came):
    with pytest.raises(TypeError, match=f"x must be an array of floats.*got {came}"):
        numerical_gradient(lambda x: 0.0, x)


def test_a_read_only_array_is_refused():
    x = np.ones(2)
    x.flags.writeable = False
    with pytest.raises(TypeError, match="read-only"):
        numerical_gradient(lambda x: x.sum(), x)


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf])
def test_a_step_that_is_none_is_refused(h):
    with pytest.raises(ValueError, match="the step h must be positive"):
        numerical_gradient(lambda x: x.sum(), np.ones(2), h)


def test_a_function_with_more_than_one_value_is_refused():
    with pytest.raises(ValueError, match=r"f must return one number, got shape \(2,\)"):
        numerical_gradient(lambda x: x, np.ones(2))


def test_float32_is_warned_about_and_a_larger_step_is_not():
    x = np.ones(2, np.float32)
    with pytest.warns(RuntimeWarning, match="rounding in float32 leaves few correct digits"):
        numerical_gradient(lambda x: x.sum(), x)
    np.testing.assert_allclose(numerical_gradient(lambda x: (x**2).sum(), x, h=1e-2), [2, 2], rtol=1e-3)


def test_a_function_that_lacks_its_return_is_told_so():
    with pytest.raises(ValueError, match="got None; does it lack a return"):
        numerical_gradient(lambda x: None, np.ones(2))


def test_the_step_that_was_taken_counts_not_the_one_that_was_meant():
    x = np.array([1e6])
    np.testing.assert_allclose(numerical_gradient(lambda x: float(x[0]), x), [1], rtol=1e-15)
