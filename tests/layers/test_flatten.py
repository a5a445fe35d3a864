import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradients import check_layer
from layers import Flatten

shapes = hnp.array_shapes(min_dims=2, max_dims=4, max_side=5)
seeds = st.integers(0, 2**32 - 1)


@pytest.mark.exhaustive
@given(shapes, seeds)
def test_gradients_agree_with_numerical_differentiation(assert_gradients_agree, shape, seed):
    x = np.random.default_rng(seed).standard_normal(shape)
    assert_gradients_agree(Flatten(), x)
    report = check_layer(Flatten(), x)
    assert report.ok, report


@given(shapes, seeds)
def test_each_sample_becomes_a_row_and_each_gradient_goes_back_to_its_place(shape, seed):
    x, layer = np.random.default_rng(seed).standard_normal(shape), Flatten()
    y = layer.forward(x)
    assert y.shape == (len(x), x[0].size)
    for row, sample in zip(y, x, strict=True):
        np.testing.assert_array_equal(row, sample.ravel())
    np.testing.assert_array_equal(layer.backward(y), x)


def test_images_with_the_batch_last_in_memory_are_flattened_without_being_rearranged(rng):
    x = rng.standard_normal((3, 4, 5, 2)).transpose(3, 0, 1, 2)
    y = Flatten().forward(x)
    np.testing.assert_array_equal(y, x.reshape(2, 60))
    assert y.flags.f_contiguous


def test_changing_what_came_back_does_not_change_the_arguments(rng):
    x, dout = rng.standard_normal((2, 3, 4)), rng.standard_normal((2, 12))
    x_before, dout_before = x.copy(), dout.copy()
    layer = Flatten()
    y = layer.forward(x)
    y += 1
    dx = layer.backward(dout)
    dx += 1
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(dout, dout_before)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_keeps_the_dtype_of_its_input(dtype):
    layer = Flatten()
    assert layer.forward(np.ones((2, 3, 1), dtype)).dtype == layer.backward(np.ones((2, 3))).dtype == dtype


def test_integers_become_the_default_float():
    assert Flatten().forward(np.ones((2, 3, 1), int)).dtype == np.float64


def test_one_sample_without_batch_axis_is_refused_with_the_way_out():
    with pytest.raises(ValueError, match=r"Flatten: x.shape \(5,\) has no batch axis, .*x\[np.newaxis\]"):
        Flatten().forward(np.ones(5))


@pytest.mark.parametrize("shape", [(0, 3), (2, 0, 3)])
def test_nothing_cannot_be_flattened(shape):
    with pytest.raises(ValueError, match="Flatten: x holds no values"):
        Flatten().forward(np.ones(shape))


def test_a_dout_of_the_shape_of_x_is_refused():
    layer = Flatten()
    layer.forward(np.ones((2, 3, 1)))
    with pytest.raises(ValueError, match=r"dout.shape \(2, 3, 1\) differs from the output's \(2, 3\)"):
        layer.backward(np.ones((2, 3, 1)))


def test_backward_before_forward_is_refused():
    with pytest.raises(RuntimeError, match="Flatten: backward was called before forward"):
        Flatten().backward(np.ones((1, 3)))
