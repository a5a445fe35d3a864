import numpy as np
import pytest

from gradients import compare, relative_error


def test_equal_gradients_agree():
    a = np.array([[1.0, -2.0], [0.0, 1e-9]])
    comparison = compare("W", a, a.copy())
    assert comparison.ok
    assert comparison.max_relative_error == comparison.mean_absolute_difference == 0
    assert comparison.shape == (2, 2)


def test_the_worst_element_is_found_and_measured():
    a, n = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 5.0]])
    comparison = compare("W", a, n)
    assert not comparison.ok
    assert comparison.worst_index == (1, 1)
    assert comparison.max_relative_error == pytest.approx(0.2)
    assert comparison.mean_absolute_difference == pytest.approx(0.25)


def test_two_zeros_are_equal():
    np.testing.assert_array_equal(relative_error(np.zeros(3), np.zeros(3)), 0)


def test_rounding_in_a_tiny_element_beside_large_ones_is_no_mistake():
    assert compare("W", np.array([1.0, 1e-12]), np.array([1.0, 2e-12])).ok


def test_a_small_element_beside_large_ones_is_judged_by_its_own_size():
    assert not compare("W", np.array([1.0, 1e-8]), np.array([1.0, 2e-8])).ok


def test_a_gradient_of_zero_agrees_with_the_rounding_around_zero():
    assert compare("b", np.array([0.0]), np.array([1.4e-11])).ok


def test_the_noise_may_be_ruled_out():
    assert not compare("W", np.array([1e-12, 1e-12]), np.array([2e-12, 1e-12]), noise=0).ok


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_not_finite_never_agrees(value):
    comparison = compare("W", np.array([1.0, value]), np.array([1.0, 1.0]))
    assert not comparison.ok
    assert comparison.max_relative_error == np.inf
    assert comparison.worst_index == (1,)


def test_the_tolerance_decides():
    a, n = np.array([1.0]), np.array([1.001])
    assert compare("W", a, n, tolerance=1e-2).ok
    assert not compare("W", a, n, tolerance=1e-4).ok


def test_a_scalar_gradient_is_compared_too():
    assert compare("w", np.array(2.0), np.array(2.0)).worst_index == ()


@pytest.mark.parametrize(
    ("analytic", "message"),
    [
        (np.ones((2, 3)), r"W: backward gave a gradient of shape \(2, 3\), expected \(3, 2\)"),
        (None, r"W: backward left no gradient \(None\), expected an array of shape \(3, 2\)"),
    ],
)
def test_gradients_that_cannot_be_compared_are_named(analytic, message):
    with pytest.raises(ValueError, match=message):
        compare("W", analytic, np.ones((3, 2)))


def test_empty_arrays_are_refused():
    with pytest.raises(ValueError, match="nothing to compare"):
        compare("W", np.ones((0, 2)), np.ones((0, 2)))
