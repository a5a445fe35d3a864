import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradients import check_layer
from layers import Dropout

shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)
seeds = st.integers(0, 2**32 - 1)
ratios = st.sampled_from([0.0, 0.3, 0.5, 0.9])
both_modes = pytest.mark.parametrize("training", [True, False])


@pytest.mark.exhaustive
@both_modes
@given(shapes, ratios, seeds)
def test_the_checker_finds_nothing(training, shape, ratio, seed):
    layer = Dropout(ratio, seed)
    layer.training = training
    report = check_layer(layer, np.random.default_rng(seed).standard_normal(shape))
    assert report.ok, report


@given(shapes, ratios, seeds)
def test_each_value_is_dropped_or_divided_and_its_gradient_likewise(shape, ratio, seed):
    rng = np.random.default_rng(seed)
    x, dout, layer = rng.uniform(1, 2, shape), rng.standard_normal(shape), Dropout(ratio, seed)
    y = layer.forward(x)
    kept = y != 0
    np.testing.assert_allclose(y, x * kept / (1 - ratio), rtol=1e-15)
    np.testing.assert_allclose(layer.backward(dout), dout * kept / (1 - ratio), rtol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("ratio", [0.1, 0.5, 0.8])
def test_the_share_that_is_dropped_is_the_ratio_and_the_mean_stays(dtype, ratio):
    N = 100_000
    y = Dropout(ratio, rng=0).forward(np.ones(N, dtype))
    four_deviations = 4 * np.sqrt(ratio * (1 - ratio) / N)
    assert np.mean(y == 0) == pytest.approx(ratio, abs=four_deviations)
    assert y.mean() == pytest.approx(1, abs=four_deviations / (1 - ratio))


def test_without_a_ratio_half_is_dropped():
    assert Dropout().dropout_ratio == 0.5


def test_a_ratio_of_0_drops_nothing(rng):
    x = rng.standard_normal((4, 3))
    np.testing.assert_array_equal(Dropout(0).forward(x), x)


def test_in_prediction_values_and_gradients_pass_as_they_are(rng):
    x, dout, layer = rng.standard_normal((4, 3)), rng.standard_normal((4, 3)), Dropout(0.9, 0)
    layer.forward(x)
    np.testing.assert_array_equal(layer.forward(x, training=False), x)
    np.testing.assert_array_equal(layer.backward(dout), dout)


def test_the_argument_decides_for_one_call_and_the_attribute_for_the_others():
    layer, x = Dropout(0.5, 0), np.ones(1000)
    layer.training = False
    assert (layer.forward(x) == 1).all()
    assert (layer.forward(x, training=True) == 0).any()
    assert (layer.forward(x) == 1).all()
    layer.training = True
    assert (layer.forward(x) == 0).any()
    assert (layer.forward(x, False) == 1).all()


def test_anything_but_true_false_and_none_is_no_mode():
    with pytest.raises(TypeError, match="Dropout: training must be True, False or None, got 'no'"):
        Dropout().forward(np.ones(3), training="no")


def test_the_same_seed_draws_the_same_masks_and_each_call_a_new_one():
    x = np.ones((20, 20))
    a, b = Dropout(0.5, 7), Dropout(0.5, np.random.default_rng(7))
    first, second = a.forward(x), a.forward(x)
    np.testing.assert_array_equal(b.forward(x), first)
    np.testing.assert_array_equal(b.forward(x), second)
    assert (first != second).any()


def test_layers_that_share_a_generator_draw_different_masks():
    rng, x = np.random.default_rng(0), np.ones((20, 20))
    a, b = Dropout(0.5, rng), Dropout(0.5, rng)
    assert a.rng is b.rng is rng
    assert (a.forward(x) != b.forward(x)).any()


def test_prediction_draws_no_random_numbers():
    layer = Dropout(0.5, 0)
    before = layer.rng.bit_generator.state
    layer.forward(np.ones(5), training=False)
    assert layer.rng.bit_generator.state == before


def test_the_mask_does_not_depend_on_the_order_in_memory(rng):
    x = rng.standard_normal((3, 4, 5, 2)).transpose(3, 0, 1, 2)
    layer = Dropout(0.5, 3)
    y = layer.forward(x)
    np.testing.assert_array_equal(y, Dropout(0.5, 3).forward(np.ascontiguousarray(x)))
    assert y.strides == layer.backward(x).strides == x.strides


@both_modes
def test_changing_what_came_back_changes_neither_the_arguments_nor_backward(training, rng):
    x, dout = rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    x_before, dout_before = x.copy(), dout.copy()
    layer = Dropout(0.5, 0)
    y = layer.forward(x, training)
    y += 1
    expected = layer.backward(dout)
    dx = layer.backward(dout)
    dx += 1
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(dout, dout_before)
    np.testing.assert_array_equal(layer.backward(dout), expected)


@both_modes
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_it_computes_in_the_dtype_of_its_input(training, dtype):
    layer = Dropout(0.5, 0)
    assert layer.forward(np.ones((2, 3), dtype), training).dtype == layer.backward(np.ones((2, 3))).dtype == dtype


@both_modes
def test_integers_become_the_default_float(training):
    assert Dropout().forward(np.array([[1, 2]]), training).dtype == np.float64


@both_modes
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs_are_finite_and_silent(training, dtype):
    x = np.array([-1e30, -1e4, 1e4, 1e30], dtype)
    layer = Dropout(0.9, 0)
    with np.errstate(all="raise"):
        assert np.isfinite(layer.forward(x, training)).all()
        assert np.isfinite(layer.backward(x)).all()


@pytest.mark.parametrize("ratio", [-0.1, 1, 1.5, np.nan])
def test_a_ratio_that_is_no_share_is_refused(ratio):
    with pytest.raises(ValueError, match=rf"Dropout: dropout_ratio must lie in \[0, 1\), got {ratio}"):
        Dropout(ratio)


def test_backward_before_forward_is_refused():
    with pytest.raises(RuntimeError, match="Dropout: backward was called before forward"):
        Dropout().backward(np.ones(3))
