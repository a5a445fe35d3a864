"""Names that are decided by an experiment of their own: by other sizes, by another input's gradient, by no gradient."""

import numpy as np
import pytest

from gradient_check import check_layer


def the_finding(report):
    assert len(report.findings) == 1, report
    return report.findings[0]


class Pair:
    """A forward and a backward as two functions of what they are given; parameters as attributes."""

    def __init__(self, forward, backward, **params):
        self.of_forward, self.of_backward = forward, backward
        self.__dict__.update(params)

    def forward(self, *inputs):
        self.inputs = inputs
        return self.of_forward(self, *inputs)

    def backward(self, dout=1.0):
        return self.of_backward(self, dout, *self.inputs)


def squared_error(divisor):
    return Pair(
        lambda self, x, t: ((x - t) ** 2).mean(), lambda self, dout, x, t: 2 * dout * (x - t) / divisor(x.shape)
    )


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("divisor", "shape", "code", "sizes"),
    [
        (lambda s: s[0], (3, 2, 4, 5), "constant-factor", "too large by C H W"),
        (lambda s: s[0] * s[1], (3, 2, 4, 5), "constant-factor", "too large by H W"),
        (lambda s: s[0], (5, 4), "constant-factor", "too large by K"),
        (lambda s: 1, (5, 4), "missing-batch-average", "too large by N K"),
        (lambda s: s[0] * s[1] ** 2, (5, 4), "constant-factor", "too small by K"),
        (lambda s: s[0] * s[1] * 4, (5, 4), "constant-factor", "the right gradient times 1/4"),
    ],
)
def test_a_constant_factor_says_of_which_sizes_it_consists(rng, divisor, shape, code, sizes):
    found = the_finding(check_layer(squared_error(divisor), rng.standard_normal(shape), rng.standard_normal(shape)))
    assert found.code == code
    assert sizes in found.message


@pytest.mark.exhaustive
def test_a_mean_over_equal_axes_says_which_of_them_is_forgotten(rng):
    pool = Pair(
        lambda self, x: x.mean(axis=(2, 3)),
        lambda self, dout, x: np.ones(x.shape) * dout[:, :, None, None] / x.shape[2],
    )
    assert "too large by W:" in the_finding(check_layer(pool, rng.standard_normal((3, 2, 4, 4)))).message


def with_bias_in_the_loop(activation, slope):
    def forward(self, x):
        z = np.zeros((len(x), 2))
        for i in range(3):
            z += np.outer(x[:, i], self.W[i]) + self.b
        self.y = activation(z)
        return self.y

    def backward(self, dout, x):
        dz = dout * slope(self.y)
        self.dW, self.db = x.T @ dz, self.times * dz.sum(axis=0)
        return dz @ self.W.T

    return forward, backward


@pytest.mark.first_is_quick
@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_bias_that_forward_adds_several_times_is_forwards_mistake_unless_backward_agrees(rng, activation, times):
    f, slope = {
        "identity": (lambda z: z, np.ones_like),
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda y: y * (1 - y)),
    }[activation]
    layer = Pair(
        *with_bias_in_the_loop(f, slope), W=rng.standard_normal((3, 2)), b=rng.standard_normal(2), db=None, times=times
    )
    report = check_layer(layer, rng.standard_normal((5, 3)))
    if times == 3:
        assert report.ok, report
        return
    assert the_finding(report).code == "forward-wrong"
    assert "forward adds b 3 times" in report.findings[0].message


@pytest.mark.first_is_quick
@pytest.mark.parametrize("slope", [lambda x: 0.1, lambda x: np.exp(np.minimum(x, 0))])
def test_a_mask_where_a_slope_was_meant_is_told(rng, slope):
    forward = {0.1: lambda self, x: np.where(x > 0, x, 0.1 * x)}.get(
        slope(1), lambda self, x: np.where(x > 0, x, np.expm1(x))
    )
    layer = Pair(forward, lambda self, dout, x: dout * (x > 0.0 + slope(x) * (x <= 0)))
    found = the_finding(check_layer(layer, rng.standard_normal((5, 4))))
    assert found.code == "partly-wrong"
    assert "Python adds before it compares" in found.message


@pytest.mark.exhaustive
def test_a_difference_with_the_wrong_sign_is_not_swapped(rng):
    layer = Pair(lambda self, a, b: a - b, lambda self, dout, a, b: (dout, dout))
    found = the_finding(check_layer(layer, *rng.standard_normal((2, 5, 4))))
    assert (found.code, found.array) == ("sign-flipped", "dx2")


@pytest.mark.exhaustive
def test_a_sum_with_a_row_that_is_not_added_up_is_not_swapped(rng):
    layer = Pair(lambda self, a, b: a + b, lambda self, dout, a, b: (dout, dout))
    found = the_finding(check_layer(layer, rng.standard_normal((5, 4)), rng.standard_normal(4)))
    assert (found.code, found.array) == ("not-summed", "dx2")


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "backward", [lambda self, dout, a, b: (dout * a, dout * b), lambda self, dout, a, b: (dout * b, dout * b)]
)
def test_a_product_with_the_factors_exchanged_is_swapped(rng, backward):
    report = check_layer(Pair(lambda self, a, b: a * b, backward), *rng.standard_normal((2, 5, 4)))
    assert {finding.code for finding in report.findings} == {"swapped"}


def affine_gradients(self, dout, x):
    self.dW = x.T @ dout
    return dout @ self.W.T


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("forward", "backward", "params"),
    [
        (lambda self, x: np.sign(x), lambda self, dout, x: dout, {}),
        (lambda self, x: np.round(x), lambda self, dout, x: dout, {}),
        (lambda self, x: (x > 0) * 1.0, lambda self, dout, x: dout * (np.abs(x) <= 1), {}),
        (lambda self, x: np.sign(x @ self.W), affine_gradients, {"W": np.arange(12.0).reshape(4, 3) - 5.5}),
    ],
)
def test_a_threshold_that_passes_the_gradient_on_is_a_note(rng, forward, backward, params):
    x = rng.standard_normal((5, 4))
    report = check_layer(Pair(forward, backward, **params), x)
    assert report.ok, report
    assert [note.code for note in report.notes] == ["straight-through"]
    assert the_finding(check_layer(Pair(forward, backward, **params), x, strict=True)).code == "straight-through"


@pytest.mark.exhaustive
def test_a_threshold_with_relus_gradient_is_a_wrong_forward(rng):
    layer = Pair(lambda self, x: (x > 0) * 1.0, lambda self, dout, x: dout * (x > 0))
    assert the_finding(check_layer(layer, rng.standard_normal((5, 4)))).code == "forward-wrong"


@pytest.mark.exhaustive
def test_a_squared_error_with_large_targets_is_wrong_where_it_is(rng):
    loss = Pair(lambda self, x, t: 0.5 * ((x - t) ** 2).sum(), lambda self, dout, x, t: dout * (x + t))
    x, t = rng.standard_normal((5, 3)), 200 * rng.random((5, 3))
    assert not check_layer(loss, x, t).ok


@pytest.mark.first_is_quick
@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64])
def test_labels_of_few_bits_can_be_diagnosed(rng, dtype):
    def softmax(x):
        return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)

    loss = Pair(
        lambda self, x, t: -np.log(softmax(x)[np.arange(len(t)), t]).mean(),
        lambda self, dout, x, t: (softmax(x) - np.eye(3)[(t + 1) % 3]) / len(t),
    )
    t = np.array([0, 1, 2, 0, 1], dtype)
    assert the_finding(check_layer(loss, rng.standard_normal((5, 3)), t)).code == "shifted"


def over_the_batch(x):
    powers = np.exp(x - x.max())
    return powers / powers.sum()


LABELS = np.array([0, 1, 2, 0, 1])


@pytest.mark.first_is_quick
@pytest.mark.parametrize("t", [LABELS, np.eye(3)[LABELS]])
def test_a_softmax_over_the_whole_batch_is_named_where_its_loss_gives_p_minus_t(rng, t):
    def one_hot(t):
        return np.eye(3)[t] if t.ndim == 1 else t

    loss = Pair(
        lambda self, x, t: -(one_hot(t) * np.log(over_the_batch(x))).sum() / len(x),
        lambda self, dout, x, t: (over_the_batch(x) - one_hot(t)) / len(x),
    )
    found = the_finding(check_layer(loss, rng.standard_normal((5, 3)), t))
    assert found.code == "forward-wrong"
    assert "over the whole batch" in found.message


@pytest.mark.exhaustive
def test_a_softmax_over_the_whole_batch_is_named_where_backward_is_for_each_sample(rng):
    def through(axis):
        return Pair(
            lambda self, x: over_the_batch(x),
            lambda self, dout, x: over_the_batch(x) * (dout - (dout * over_the_batch(x)).sum(axis, keepdims=True)),
        )

    x = rng.standard_normal((5, 3))
    found = the_finding(check_layer(through(1), x))
    assert found.code == "forward-wrong"
    assert "over the whole batch" in found.message
    assert check_layer(through(None), x).ok


def test_a_bias_that_a_function_adds_within_a_sum_is_added_several_times(rng):
    dense = Pair(
        lambda self, x, W, b: (x[:, :, None] * W + b).sum(axis=1),
        lambda self, dout, x, W, b: (dout @ W.T, x.T @ dout, dout.sum(axis=0)),
    )
    inputs = [rng.standard_normal(shape) for shape in ((5, 4), (4, 3), (3,))]
    found = the_finding(check_layer(dense, *inputs))
    assert found.code == "forward-wrong"
    assert "4 times" in found.message


def test_a_measured_slope_that_is_multiplied_by_h_is_off_by_a_factor_and_not_rounding(rng):
    def slope(x, h=1e-5):
        return (np.exp(x + h) - np.exp(x - h)) / 2 * h

    layer = Pair(lambda self, x: np.exp(x), lambda self, dout, x: dout * slope(x))
    assert the_finding(check_layer(layer, rng.standard_normal((5, 4)))).code == "constant-factor"
