import numpy as np
import pytest

from layers.initializers import fan, get_initializer, he, normal, uniform, xavier


@pytest.mark.parametrize(
    ("initializer", "shape", "std"),
    [
        (he, (500, 400), np.sqrt(2 / 500)),
        (he, (400, 5, 10, 10), np.sqrt(2 / 500)),
        (xavier, (500, 300), np.sqrt(2 / 800)),
        (normal(0.01), (500, 400), 0.01),
        (uniform, (500, 400), 1 / np.sqrt(3 * 500)),
    ],
)
def test_weights_have_the_mean_and_standard_deviation_that_the_formula_says(initializer, shape, std):
    W = initializer(shape, np.random.default_rng(0))
    assert W.shape == shape
    assert abs(W.mean()) < 4 * std / np.sqrt(W.size)
    assert W.std() == pytest.approx(std, rel=0.01)


@pytest.mark.parametrize("initializer", [he, xavier, uniform, normal(0.1)])
def test_the_same_seed_gives_the_same_bits_in_the_dtype_asked_for(initializer):
    a, b = (initializer((4, 3), np.random.default_rng(7), np.float64) for _ in range(2))
    np.testing.assert_array_equal(a, b)
    assert a.dtype == np.float64
    assert initializer((4, 3), np.random.default_rng(7)).dtype == np.float32
    np.testing.assert_array_equal(initializer((4, 3), np.random.default_rng(7)), a.astype(np.float32))


def test_uniform_weights_stay_within_the_limit():
    assert np.abs(uniform((100, 100), np.random.default_rng(0))).max() <= 0.1


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown initializer 'kaiming': expected one of he, xavier, uniform"):
        get_initializer("kaiming")


@pytest.mark.parametrize("std", [-0.1, np.nan, np.inf])
def test_a_standard_deviation_that_is_none_is_refused(std):
    with pytest.raises(ValueError, match="must be a number >= 0"):
        get_initializer(std)


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"expected a shape \(D, M\) or"):
        fan((3,))
