import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradients import compare, numerical_gradient, rounding_noise
from layers import IdentityWithLoss, SoftmaxWithLoss, softmax

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)


def assert_loss_gradient_agrees(layer, x, t, dout):
    layer.forward(x, t)
    analytic = layer.backward(dout)
    numerical = numerical_gradient(lambda x: dout * layer.forward(x, t), x)
    noise = rounding_noise(dout * layer.forward(x, t))
    comparison = compare("dx", analytic, numerical, tolerance=1e-7, noise=noise)
    assert comparison.ok, comparison


@given(sizes, st.integers(2, 7), seeds, st.booleans(), st.sampled_from([1.0, -2.5]))
def test_softmax_with_loss_agrees_with_numerical_differentiation(N, K, seed, one_hot, dout):
    rng = np.random.default_rng(seed)
    t = rng.integers(0, K, N)
    assert_loss_gradient_agrees(SoftmaxWithLoss(), rng.standard_normal((N, K)), np.eye(K)[t] if one_hot else t, dout)


@given(sizes, sizes, seeds, st.sampled_from([1.0, -2.5]))
def test_identity_with_loss_agrees_with_numerical_differentiation(N, K, seed, dout):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((N, K)), rng.standard_normal((N, K))
    assert_loss_gradient_agrees(IdentityWithLoss(), x, t, dout)


@given(sizes, st.integers(2, 7), seeds)
def test_integer_and_one_hot_labels_give_the_same_bits(N, K, seed):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((N, K)), rng.integers(0, K, N)
    a, b = SoftmaxWithLoss(), SoftmaxWithLoss()
    assert a.forward(x, t) == b.forward(x, np.eye(K, dtype=int)[t])
    np.testing.assert_array_equal(a.backward(), b.backward())


def test_the_loss_is_the_mean_over_the_batch_of_minus_log_y():
    x, t = np.log(np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])), np.array([0, 1])
    layer = SoftmaxWithLoss()
    assert layer.forward(x, t) == pytest.approx(-(np.log(0.7) + np.log(0.1)) / 2, rel=1e-14)
    np.testing.assert_allclose(layer.y, np.exp(x), rtol=1e-14)


def test_labels_may_be_probabilities():
    x, t = np.zeros((1, 2)), np.array([[0.25, 0.75]])
    layer = SoftmaxWithLoss()
    assert layer.forward(x, t) == pytest.approx(np.log(2))
    np.testing.assert_allclose(layer.backward(), [[0.25, -0.25]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_softmax_and_loss_of_large_scores_are_finite_and_silent(dtype, label):
    x = np.array([[1e4, -1e4, 0.0]], dtype)
    layer = SoftmaxWithLoss()
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        loss = layer.forward(x, np.array([label]))
        dx = layer.backward()
        y = softmax(x)
    np.testing.assert_array_equal(y, [[1, 0, 0]])
    assert np.isfinite(dx).all()
    assert loss == {0: 0, 1: 2e4, 2: 1e4}[label]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("layer", "t"), [(SoftmaxWithLoss(), [0, 1]), (IdentityWithLoss(), np.zeros((2, 3)))])
def test_the_loss_is_a_python_float_and_its_gradient_has_the_dtype_of_the_scores(dtype, layer, t):
    assert type(layer.forward(np.ones((2, 3), dtype), t)) is float
    assert layer.backward(np.float64(2.0)).dtype == dtype


def test_losses_leave_their_arguments_alone(rng):
    x, t = rng.standard_normal((4, 3)), np.eye(3)[[0, 1, 2, 0]]
    for layer in (SoftmaxWithLoss(), IdentityWithLoss()):
        x_before, t_before = x.copy(), t.copy()
        layer.forward(x, t)
        layer.backward()
        np.testing.assert_array_equal(x, x_before)
        np.testing.assert_array_equal(t, t_before)


@pytest.mark.parametrize(
    ("t", "message"),
    [
        ([0, 3], r"labels must lie in 0\.\.2 \(x has 3 classes\), got 3 at sample 1"),
        ([-1, 0], r"got -1 at sample 0"),
        ([0, 1, 2], r"x has 2 samples and 3 classes, .* got t.shape \(3,\)"),
        ([[0.0], [1.0]], r"got t.shape \(2, 1\)"),
        ([[1, 0], [0, 1]], r"got t.shape \(2, 2\)"),
        ([[1, 0, 0], [0, 0, 0]], r"each row of one-hot labels must sum to 1.*row 1 is"),
        ([[2, -1, 0], [0, 0, 1]], r"without negative entries; row 0"),
    ],
)
def test_labels_that_do_not_fit_are_named(t, message):
    with pytest.raises(ValueError, match=message):
        SoftmaxWithLoss().forward(np.ones((2, 3)), np.array(t))


def test_labels_that_are_not_integers_are_refused():
    with pytest.raises(TypeError, match="must be integers, got float64"):
        SoftmaxWithLoss().forward(np.ones((2, 3)), np.array([0.0, 1.0]))


@pytest.mark.parametrize("x", [np.ones(3), np.ones((0, 3)), np.ones((2, 3, 4))])
def test_scores_need_samples_and_classes(x):
    with pytest.raises(ValueError, match=r"expected scores x of shape \(N, K\)"):
        SoftmaxWithLoss().forward(x, [0])


def test_targets_that_would_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"x.shape \(4, 1\) and t.shape \(4,\)"):
        IdentityWithLoss().forward(np.ones((4, 1)), np.ones(4))


@pytest.mark.parametrize("layer", [SoftmaxWithLoss(), IdentityWithLoss()])
def test_backward_before_forward_is_refused(layer):
    with pytest.raises(RuntimeError, match="backward was called before forward"):
        type(layer)().backward()


def test_a_forward_that_fails_leaves_the_last_one_in_place():
    layer = IdentityWithLoss()
    layer.forward(np.ones((2, 1)), np.zeros((2, 1)))
    with pytest.raises(ValueError, match="targets"):
        layer.forward(np.ones((3, 1)), np.zeros((2, 1)))
    np.testing.assert_array_equal(layer.backward(), [[0.5], [0.5]])


def test_softmax_takes_integers_as_the_numbers_they_are():
    x = np.array([[1, 2, 3]], np.uint8)
    np.testing.assert_array_equal(softmax(x), softmax(x.astype(float)))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_largest_scores_there_are_give_a_finite_loss(dtype):
    largest = np.finfo(dtype).max
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for x in ([largest, -largest], [largest, -np.inf]):
            layer = SoftmaxWithLoss()
            assert layer.forward(np.array([x], dtype), np.array([0])) == 0
            assert 1e3 < layer.forward(np.array([x], dtype), np.array([1])) < np.inf
            assert np.isfinite(layer.backward()).all()


def test_a_column_of_labels_is_taken_for_labels(rng):
    x = rng.standard_normal((3, 4))
    losses = [SoftmaxWithLoss().forward(x, t) for t in ([2, 0, 1], [[2], [0], [1]])]
    assert losses[0] == losses[1]
