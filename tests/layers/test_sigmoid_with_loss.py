import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradients import check_layer, compare, numerical_gradient, rounding_noise
from layers import Affine, SigmoidWithLoss, sigmoid
from networks import Network

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
shapes = hnp.array_shapes(min_dims=1, max_dims=2, max_side=6)


@given(shapes, seeds, st.booleans(), st.sampled_from([1.0, -2.5]))
def test_it_agrees_with_numerical_differentiation(shape, seed, certain, dout):
    rng = np.random.default_rng(seed)
    layer, x, t = SigmoidWithLoss(), rng.standard_normal(shape), rng.random(shape)
    t = np.round(t) if certain else t
    loss = dout * layer.forward(x, t)
    numerical = numerical_gradient(lambda x: dout * layer.forward(x, t), x)
    layer.forward(x, t)
    comparison = compare("dx", layer.backward(dout), numerical, tolerance=1e-7, noise=rounding_noise(loss))
    assert comparison.ok, comparison


@pytest.mark.exhaustive
@given(shapes, seeds, st.sampled_from([int, bool, float]))
def test_the_checker_finds_nothing(shape, seed, dtype):
    rng = np.random.default_rng(seed)
    report = check_layer(SigmoidWithLoss(), rng.standard_normal(shape), rng.integers(0, 2, shape).astype(dtype))
    assert report.ok, report


def test_the_loss_is_minus_the_logarithm_of_the_probability_of_the_answer():
    x, t = np.array([-1.0, 2.0]), np.array([1, 0])
    layer = SigmoidWithLoss()
    expected = -(np.log(sigmoid(-1.0)) + np.log(1 - sigmoid(2.0))) / 2
    assert layer.forward(x, t) == pytest.approx(expected, rel=1e-14)
    np.testing.assert_array_equal(layer.y, sigmoid(x))


def test_the_losses_of_a_samples_questions_are_summed_and_the_batch_is_averaged(rng):
    x, t = rng.standard_normal((4, 3)), rng.integers(0, 2, (4, 3))
    layer = SigmoidWithLoss()
    expected = sum(layer.forward(x[:, k], t[:, k]) for k in range(3))
    assert layer.forward(x, t) == pytest.approx(expected, rel=1e-14)


def test_the_gradient_is_the_difference_to_the_answer_divided_by_the_batch(rng):
    x, t = rng.standard_normal((4, 3)), rng.integers(0, 2, (4, 3))
    layer = SigmoidWithLoss()
    layer.forward(x, t)
    np.testing.assert_allclose(layer.backward(), (sigmoid(x) - t) / 4, rtol=1e-15)
    np.testing.assert_allclose(layer.backward(-3.0), -3 * (sigmoid(x) - t) / 4, rtol=1e-15)


@pytest.mark.parametrize("dtype", [int, np.uint8, bool, np.float32])
def test_answers_of_any_dtype_give_the_same_bits(rng, dtype):
    x, t = rng.standard_normal((4, 3)), rng.integers(0, 2, (4, 3)).astype(float)
    a, b = SigmoidWithLoss(), SigmoidWithLoss()
    assert a.forward(x, t) == b.forward(x, t.astype(dtype))
    np.testing.assert_array_equal(a.backward(), b.backward())


def test_one_output_takes_answers_of_either_shape(rng):
    x, t = rng.standard_normal((4, 1)), np.array([0, 1, 1, 0])
    a, b = SigmoidWithLoss(), SigmoidWithLoss()
    assert a.forward(x, t) == b.forward(x, t[:, np.newaxis])
    np.testing.assert_array_equal(a.backward(), b.backward())
    assert a.backward().shape == (4, 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("score", [1e4, 1e30])
def test_large_scores_cost_much_where_they_are_wrong_and_nothing_where_they_are_right(dtype, score):
    layer = SigmoidWithLoss()
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        assert layer.forward(np.array([score, -score], dtype), [1, 0]) == 0
        np.testing.assert_array_equal(layer.backward(), [0, 0])
        assert layer.forward(np.array([score, -score], dtype), [0, 1]) == dtype(score)
        np.testing.assert_array_equal(layer.backward(), [0.5, -0.5])


def test_a_right_answer_that_is_nearly_certain_still_costs_a_little():
    assert SigmoidWithLoss().forward(np.array([40.0]), [1]) == pytest.approx(np.exp(-40), rel=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_is_a_python_float_and_its_gradient_has_the_dtype_of_the_scores(dtype):
    layer = SigmoidWithLoss()
    assert type(layer.forward(np.ones((2, 3), dtype), np.zeros((2, 3)))) is float
    assert layer.y.dtype == layer.backward(np.float64(2.0)).dtype == dtype


def test_scores_that_are_integers_become_the_default_float():
    layer = SigmoidWithLoss()
    layer.forward([1, -1], [1, 0])
    assert layer.backward().dtype == np.float64


def test_changing_the_arrays_after_forward_does_not_change_backward(rng):
    x, t = rng.standard_normal((4, 3)), rng.random((4, 3))
    layer = SigmoidWithLoss()
    layer.forward(x, t)
    expected = layer.backward()
    x += 1
    t += 1
    np.testing.assert_array_equal(layer.backward(), expected)


def test_forward_and_backward_leave_their_arguments_alone(rng):
    x, t = rng.standard_normal((4, 3)), rng.random((4, 3))
    x_before, t_before = x.copy(), t.copy()
    layer = SigmoidWithLoss()
    layer.forward(x, t)
    layer.backward()
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(t, t_before)


@pytest.mark.parametrize(
    ("shape", "t", "message"),
    [
        ((3,), [0, 2, -1], r"answers must lie in 0\.\.1, got 2 at sample 1$"),
        ((3, 1), [0, 1, -0.5], r"got -0.5 at sample 2$"),
        ((2, 2), [[0, 1], [np.nan, 5]], r"got nan at sample 1, output 0$"),
        ((2,), [0, 1, 1], r"x.shape \(2,\) and t.shape \(3,\)"),
        ((2,), [[0], [1]], r"x.shape \(2,\) and t.shape \(2, 1\)"),
        ((2, 3), [0, 1], r"each score needs its answer.*x.shape \(2, 3\) and t.shape \(2,\)"),
        ((2, 1), 1, r"t.shape \(\)"),
    ],
)
def test_answers_that_do_not_fit_are_named(shape, t, message):
    with pytest.raises(ValueError, match=message):
        SigmoidWithLoss().forward(np.ones(shape), np.array(t))


@pytest.mark.parametrize("t", [["yes", "no"], [None, 1], [1j, 0]])
def test_answers_that_are_not_numbers_are_refused(t):
    with pytest.raises(TypeError, match=r"answers must be numbers in 0\.\.1, got an array of"):
        SigmoidWithLoss().forward(np.ones(2), t)


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (2, 0), (2, 3, 4)])
def test_scores_need_samples(shape):
    with pytest.raises(ValueError, match=r"expected scores x of shape \(N,\) or \(N, K\), got x.shape"):
        SigmoidWithLoss().forward(np.ones(shape), np.ones(shape))


def test_a_forward_that_fails_leaves_the_last_one_in_place():
    layer = SigmoidWithLoss()
    layer.forward(np.zeros(2), [1, 0])
    with pytest.raises(ValueError, match="answers must lie"):
        layer.forward(np.zeros(2), [2, 0])
    np.testing.assert_array_equal(layer.backward(), [-0.25, 0.25])


def test_backward_before_forward_is_refused():
    with pytest.raises(RuntimeError, match="SigmoidWithLoss: backward was called before forward"):
        SigmoidWithLoss().backward()


def test_an_answer_is_right_when_the_score_has_its_sign():
    layer = SigmoidWithLoss()
    assert layer.count_right(np.array([2.0, -1.0, 3.0]), np.array([1, 0, 0])) == 2
    assert layer.count_right(np.array([[2.0], [-1.0]]), np.array([True, True])) == 1
    assert layer.count_right(np.array([[2.0, -1.0], [2.0, 1.0]]), np.array([[1, 0], [1, 0]])) == 1


def test_a_network_with_it_has_an_accuracy(rng):
    network = Network([Affine(np.array([[1.0]]), np.zeros(1))], SigmoidWithLoss())
    assert network.accuracy(np.array([[2.0], [-1.0], [3.0]]), np.array([1, 0, 0]), chunk_size=2) == pytest.approx(2 / 3)
