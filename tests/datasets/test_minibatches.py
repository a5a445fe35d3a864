import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import ScaledImages, batches
from datasets.minibatches import count_batches


@given(st.integers(1, 50), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_every_sample_comes_once_with_its_label_and_only_the_last_batch_is_short(count, batch_size, seed):
    x, t = np.arange(count) * 10, np.arange(count)
    drawn = list(batches(x, t, batch_size, np.random.default_rng(seed)))
    assert sorted(np.concatenate([labels for _, labels in drawn])) == list(range(count))
    assert all((samples == labels * 10).all() for samples, labels in drawn)
    sizes = [len(samples) for samples, _ in drawn]
    assert sizes[:-1] == [batch_size] * (len(sizes) - 1)
    assert 1 <= sizes[-1] <= batch_size + 1
    assert len(drawn) == count_batches(count, batch_size)


@given(st.integers(2, 50), st.integers(2, 60))
def test_no_sample_is_left_over_alone(count, batch_size):
    x = np.arange(count)
    assert min(len(samples) for samples, _ in batches(x, x, batch_size, np.random.default_rng(0))) > 1


def test_the_order_is_shuffled_anew_each_epoch_and_repeats_with_the_seed():
    x = t = np.arange(100)
    rng = np.random.default_rng(3)
    first, second = (next(batches(x, t, 100, rng))[0] for _ in range(2))
    assert not np.array_equal(first, x)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, next(batches(x, t, 100, np.random.default_rng(3)))[0])


@pytest.mark.parametrize("batch_size", [0, -1, 2.5])
def test_a_batch_size_that_is_none_is_refused_at_once(batch_size, rng):
    with pytest.raises(ValueError, match=f"the batch size must be a whole number of at least 1, got {batch_size}"):
        batches(np.ones(3), np.ones(3), batch_size, rng)


def test_different_counts_are_refused_at_once_with_the_shapes(rng):
    with pytest.raises(ValueError, match=r"x holds 3 samples and t 2 labels \(x.shape \(3, 5\), t.shape \(2,\)\)"):
        batches(np.ones((3, 5)), np.ones(2), 1, rng)


def test_nothing_to_draw_from_is_refused(rng):
    with pytest.raises(ValueError, match="there are no samples"):
        batches(np.ones((0, 5)), np.ones(0), 1, rng)


def test_scaled_images_are_the_pixels_divided_by_white(rng):
    pixels = rng.integers(0, 256, (7, 4), dtype=np.uint8)
    images, scaled = ScaledImages(pixels), pixels / np.float32(255)
    for index in (3, slice(2, 5), np.array([6, 0]), pixels[:, 0] > 100):
        np.testing.assert_array_equal(images[index], scaled[index])
        assert images[index].dtype == np.float32
    np.testing.assert_array_equal(np.asarray(images), scaled)
    assert np.asarray(images, np.float64).dtype == np.float64
    assert (len(images), images.shape) == (7, (7, 4))


def test_scaled_images_are_made_of_bytes_only():
    with pytest.raises(TypeError, match=r"expected pixels in bytes \(uint8\), got float32"):
        ScaledImages(np.ones((2, 3), np.float32))


def test_lists_are_taken_as_arrays(rng):
    x, t = next(batches([[1.0], [2.0]], [0, 1], 2, rng))
    assert x.shape == (2, 1)
    assert t.shape == (2,)


def test_images_take_another_shape_and_share_their_pixels():
    images = ScaledImages(np.arange(8, dtype=np.uint8).reshape(2, 4), white=8)
    shaped = images.reshape(1, 2, 2)
    assert shaped.shape == (2, 1, 2, 2)
    np.testing.assert_array_equal(shaped[1], images[1].reshape(1, 2, 2))
    assert np.shares_memory(shaped.pixels, images.pixels)
