import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import circles, curve, moons, spiral, xor

CLASSES = {spiral: 3, moons: 2, circles: 2, xor: 2}
classified = pytest.mark.parametrize("make", list(CLASSES))
every = pytest.mark.parametrize("make", [*CLASSES, curve])
counts = st.integers(1, 500)


@classified
@given(counts, st.integers(0, 2**32 - 1))
def test_the_classes_differ_in_size_by_one_at_most(make, samples, seed):
    x, t = make(samples, seed=seed)
    assert (x.shape, x.dtype, t.shape, t.dtype) == ((samples, 2), np.float32, (samples,), np.int64)
    sizes = np.bincount(t, minlength=CLASSES[make])
    assert len(sizes) == CLASSES[make]
    assert sizes.max() - sizes.min() <= 1


@given(counts, st.integers(2, 10))
def test_a_spiral_has_as_many_arms_as_are_asked_for(samples, classes):
    sizes = np.bincount(spiral(samples, classes=classes)[1], minlength=classes)
    assert len(sizes) == classes
    assert sizes.max() - sizes.min() <= 1


@given(counts)
def test_the_curve_has_a_column_of_inputs_and_one_of_targets(samples):
    x, t = curve(samples)
    assert x.shape == t.shape == (samples, 1)
    assert x.dtype == t.dtype == np.float32


@every
def test_the_same_seed_gives_the_same_bits_and_another_seed_other_samples(make):
    first, again, other = make(50, seed=7), make(50, seed=7), make(50, seed=8)
    assert [values.tobytes() for values in first] == [values.tobytes() for values in again]
    assert first[0].tobytes() != other[0].tobytes()


@every
def test_a_generator_is_taken_as_it_is_and_goes_on(make):
    rng = np.random.default_rng(7)
    first, second = make(50, seed=rng), make(50, seed=rng)
    np.testing.assert_array_equal(first[0], make(50, seed=7)[0])
    assert not np.array_equal(first[0], second[0])


@every
def test_the_order_is_shuffled(make):
    (x, t), (clean, _) = make(200, noise=0), make(200, noise=0, seed=1)
    assert not np.array_equal(x, clean)
    if make is not curve:
        assert set(t[: len(t) // 10]) == set(range(CLASSES[make]))


@pytest.mark.parametrize("make", [spiral, moons, circles, curve])
def test_without_noise_only_the_order_depends_on_the_seed(make):
    rows = [np.unique(np.column_stack(make(40, noise=0, seed=seed)), axis=0) for seed in (0, 1)]
    np.testing.assert_array_equal(*rows)


@given(counts, st.integers(2, 6))
def test_without_noise_the_spiral_turns_by_four_radians_from_the_middle_to_the_end(samples, classes):
    x, t = spiral(samples, noise=0, classes=classes)
    radius = np.hypot(*x.T)
    assert radius.min() > 0
    assert radius.max() < 1
    turned = np.arctan2(x[:, 1], x[:, 0]) - 2 * np.pi * t / classes - 4 * radius
    np.testing.assert_allclose(np.exp(1j * turned), 1, atol=1e-4)


@given(counts)
def test_without_noise_the_moons_are_half_circles_around_their_centres(samples):
    x, t = moons(samples, noise=0)
    np.testing.assert_allclose(np.hypot(*x[t == 0].T), 1, rtol=1e-6)
    np.testing.assert_allclose(np.hypot(*(x[t == 1] - [1, 0.5]).T), 1, rtol=1e-6)
    assert (x[t == 0, 1] > 0).all()
    assert (x[t == 1, 1] < 0.5).all()


@given(counts)
def test_without_noise_the_circles_have_radius_one_and_one_half(samples):
    x, t = circles(samples, noise=0)
    np.testing.assert_allclose(np.hypot(*x.T), np.where(t == 0, 1, 0.5), rtol=1e-6)


@given(counts, st.integers(0, 2**32 - 1))
def test_without_noise_xor_is_the_rule_of_the_signs(samples, seed):
    x, t = xor(samples, noise=0, seed=seed)
    np.testing.assert_array_equal(t, (x[:, 0] > 0) != (x[:, 1] > 0))
    assert (x != 0).all()
    assert np.abs(x).max() <= 1


@given(counts, st.integers(0, 2**32 - 1))
def test_the_quadrants_of_xor_hold_equally_many_points_but_for_one(samples, seed):
    x, _ = xor(samples, noise=0, seed=seed)
    sizes = np.bincount(2 * (x[:, 0] > 0) + (x[:, 1] > 0), minlength=4)
    assert sizes.max() - sizes.min() <= 1


@given(counts)
def test_without_noise_the_curve_is_a_sine_over_equal_steps(samples):
    x, t = curve(samples, noise=0)
    np.testing.assert_allclose(np.sort(x[:, 0]), (np.arange(samples) + 0.5) / samples, rtol=1e-6)
    np.testing.assert_allclose(t, np.sin(2 * np.pi * x.astype(float)), atol=1e-6)


@every
@pytest.mark.parametrize("noise", [0.01, 0.3])
def test_noise_is_the_standard_deviation_of_what_moves_the_points(make, noise):
    clean, noisy = make(5000, noise=0), make(5000, noise=noise)
    moved = (noisy[1] - clean[1]) if make is curve else (noisy[0] - clean[0])
    assert moved.std() == pytest.approx(noise, rel=0.05)
    assert abs(moved.mean()) < 0.05 * noise
    np.testing.assert_array_equal(*(clean[0], noisy[0]) if make is curve else (clean[1], noisy[1]))


@every
@pytest.mark.parametrize("samples", [0, -1, 2.0, "10", None])
def test_a_number_of_samples_that_is_none_is_refused(make, samples):
    with pytest.raises(ValueError, match=rf"{make.__name__}: samples must be a whole number of at least 1, got "):
        make(samples)


@every
@pytest.mark.parametrize("noise", [-0.1, np.nan, np.inf, "much", None])
def test_a_noise_that_is_no_standard_deviation_is_refused(make, noise):
    with pytest.raises(ValueError, match=f"{make.__name__}: noise must be a number of at least 0, got "):
        make(10, noise=noise)


@every
@pytest.mark.parametrize("seed", [None, 1.5, "0", np.random.RandomState(0)])
def test_a_seed_of_another_kind_is_refused(make, seed):
    with pytest.raises(TypeError, match=f"{make.__name__}: seed must be an integer or a numpy.random.Generator, got "):
        make(10, seed=seed)


@every
def test_a_negative_seed_is_refused(make):
    with pytest.raises(ValueError, match=f"{make.__name__}: seed must be a whole number of at least 0, got -1"):
        make(10, seed=-1)


@pytest.mark.parametrize("classes", [1, 0, 2.5])
def test_a_spiral_of_fewer_than_two_arms_is_refused(classes):
    with pytest.raises(ValueError, match=f"spiral: classes must be a whole number of at least 2, got {classes}"):
        spiral(classes=classes)
