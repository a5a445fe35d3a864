import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gradient_check import check_layer
from layers import AveragePooling, MaxPooling

small = st.integers(1, 4)
poolings = pytest.mark.parametrize("pooling", [MaxPooling, AveragePooling])


def distinct(rng, shape):
    """Images without equal pixels, so that every maximum is one pixel."""
    return rng.permutation(np.prod(shape)).reshape(shape) * 0.1


@poolings
@given(small, small, small, small, st.none() | st.integers(1, 3), st.integers(0, 2), st.integers(0, 4), st.integers())
def test_gradients_agree_with_numerical_differentiation(
    assert_gradients_agree, pooling, N, C, PH, PW, stride, pad, more, seed
):
    assume(2 * pad <= min(PH, PW))
    x = distinct(np.random.default_rng(abs(seed)), (N, C, PH + more, PW + more))
    assert_gradients_agree(pooling(PH, PW, stride, pad), x)


@pytest.mark.first_is_quick
@poolings
@pytest.mark.parametrize(("N", "stride", "pad"), [(1, None, 0), (3, 1, 1), (5, 3, 1)])
def test_the_checker_finds_it_right(rng, pooling, N, stride, pad):
    check_layer(pooling(3, 2, stride, pad), rng.standard_normal((N, 2, 7, 5))).raise_if_wrong()


def test_max_pooling_takes_the_largest_pixel_of_each_window():
    x = np.array([[[[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]]]])
    np.testing.assert_array_equal(MaxPooling(2, 2).forward(x), [[[[4, 8]]]])


def test_average_pooling_takes_the_mean_of_each_window():
    x = np.array([[[[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 8.0, 7.0]]]])
    np.testing.assert_array_equal(AveragePooling(2, 2).forward(x), [[[[2.5, 6.5]]]])


def test_of_equal_pixels_the_first_gets_the_whole_gradient():
    pooling = MaxPooling(2, 2)
    pooling.forward(np.full((1, 1, 2, 2), 3.0))
    np.testing.assert_array_equal(pooling.backward(np.array([[[[5.0]]]])), [[[[5, 0], [0, 0]]]])


def test_padding_is_never_the_maximum():
    pooling = MaxPooling(2, 2, stride=1, pad=1)
    assert pooling.forward(np.full((1, 1, 3, 3), -7.0)).max() == -7


def test_nan_comes_through_so_that_it_is_noticed():
    x = np.zeros((1, 1, 2, 2))
    x[0, 0, 1, 0] = np.nan
    assert np.isnan(MaxPooling(2, 2).forward(x)).all()


def test_overlapping_windows_add_up_their_gradients():
    pooling = MaxPooling(1, 2, stride=1)
    pooling.forward(np.array([[[[0.0, 9.0, 0.0]]]]))
    np.testing.assert_array_equal(pooling.backward(np.array([[[[1.0, 2.0]]]])), [[[[0, 3, 0]]]])


@pytest.mark.exhaustive
def test_windows_of_more_than_256_pixels_find_their_maximum(assert_gradients_agree, rng):
    assert_gradients_agree(MaxPooling(17, 17), distinct(rng, (2, 1, 17, 17)))


@poolings
def test_it_computes_in_the_dtype_of_its_input(pooling):
    layer = pooling(2, 2)
    y = layer.forward(np.ones((2, 3, 4, 4), np.float32))
    assert y.dtype == layer.backward(np.ones(y.shape)).dtype == np.float32


@poolings
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2), "pool_h must be a whole number of at least 1, got 0"),
        ((2, 2.0), "pool_w must be a whole number of at least 1, got 2.0"),
        ((2, 2, 0), "stride must be a whole number of at least 1, got 0"),
        ((2, 2, 1, -1), "pad must be a whole number of at least 0, got -1"),
        ((3, 2, 1, 2), "pad must be at most half of the window.*got pad 2 for a window of 3 x 2"),
    ],
)
def test_arguments_that_make_no_pooling_are_named(pooling, arguments, message):
    with pytest.raises(ValueError, match=f"{pooling.__name__}: {message}"):
        pooling(*arguments)


@poolings
def test_a_window_larger_than_the_image_is_named_with_the_arithmetic(pooling):
    message = rf"{pooling.__name__}: a window 4 high .*out = .* = \(3 \+ 0 - 4\) // 4 \+ 1 = 0"
    with pytest.raises(ValueError, match=message):
        pooling(4, 2).forward(np.zeros((1, 1, 3, 3)))


@poolings
def test_what_is_no_image_is_named(pooling):
    with pytest.raises(ValueError, match=rf"{pooling.__name__}: expected images of shape \(N, C, H, W\)"):
        pooling(2, 2).forward(np.zeros((4, 4)))
