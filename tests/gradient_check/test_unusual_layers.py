"""Right layers that are written in unusual ways are not accused, and wrong ones do not hide behind them."""

import numpy as np
import pytest

from gradient_check import check_layer, check_network
from tests_support import few_quick, part


@pytest.fixture
def x(rng):
    return rng.standard_normal((5, 4))


def codes(report):
    return [finding.code for finding in report.findings]


class Dense:
    """An Affine of one's own, whose output may have but one element."""

    def __init__(self, rng, wide):
        self.W = rng.standard_normal((4, wide))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T


@pytest.mark.exhaustive
def test_one_sample_with_one_output_is_not_taken_for_a_loss(rng):
    for layer, samples in ((Dense(rng, 1), 1), (Dense(rng, 3), 1), (Dense(rng, 1), 5)):
        report = check_layer(layer, rng.standard_normal((samples, 4)))
        assert report.ok, report


class LossInAnArray:
    """Half the squared error as an array with one element, whose backward takes nothing."""

    def forward(self, x, t):
        self.x, self.t = x, t
        return np.sum((x - t) ** 2, keepdims=True) / 2

    def backward(self):
        return self.x - self.t


def test_a_loss_may_be_an_array_with_one_element(rng, x):
    assert check_layer(LossInAnArray(), x, rng.standard_normal(x.shape)).ok


class SoftmaxThatTrains:
    """A softmax layer whose backward moves its weights: not at all for a dout that is everywhere the same."""

    def __init__(self, rng):
        self.W = rng.standard_normal((4, 3))

    def forward(self, x):
        e = np.exp(x @ self.W)
        self.x, self.y = x, e / e.sum(axis=1, keepdims=True)
        return self.y

    def backward(self, dout, learning_rate):
        dz = self.y * (dout - (dout * self.y).sum(axis=1, keepdims=True))
        dx = dz @ self.W.T
        self.W -= learning_rate * self.x.T @ dz
        return dx


@pytest.mark.exhaustive
def test_a_layer_that_trains_itself_is_seen_to_move_its_weights(x):
    for seed in range(8):
        report = check_layer(SoftmaxThatTrains(np.random.default_rng(seed)), x)
        assert report.ok, report
        assert [array.name for array in report.arrays] == ["dx", "dW"]


class GuardedLoss:
    """Softmax with cross entropy as the book has it: log(y + 1e-7), and (y - t) / N."""

    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y, self.t = e / e.sum(axis=1, keepdims=True), t
        return -np.log(self.y[np.arange(len(x)), t] + 1e-7).mean()

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.t] -= 1
        return dout * dx / len(dx)


@pytest.mark.exhaustive
@pytest.mark.parametrize("size", few_quick([1, 2, 5], 1))
def test_a_guard_in_the_logarithm_is_no_mistake(size):
    for seed in part(range(10), 5):
        rng = np.random.default_rng(seed)
        report = check_layer(GuardedLoss(), rng.standard_normal((8, 10)) * size, rng.integers(0, 10, 8), seed=seed)
        assert report.ok, report


def test_a_network_that_draws_from_its_own_generator_is_not_accused(rng, x):
    class Noisy:
        def __init__(self):
            self.rng = np.random.default_rng(0)
            self.params = {"W": np.random.default_rng(1).standard_normal((4, 3))}

        def loss(self, x, t):
            self.mask = self.rng.random((len(x), 3)) < 0.5
            self.error = (x @ self.params["W"]) * self.mask - t
            return (self.error**2).sum()

        def gradient(self, x, t):
            self.loss(x, t)
            return {"W": 2 * x.T @ (self.error * self.mask)}

    report = check_network(Noisy(), x, rng.standard_normal((5, 3)))
    assert report.ok, report


@pytest.mark.parametrize("flag", ["train_flg", "training", "is_training"])
def test_a_network_is_checked_as_it_trains_whatever_the_flag_is_called(rng, x, flag):
    code = f"""
class Net:
    def __init__(self):
        self.params = {{"W": np.random.default_rng(1).standard_normal((4, 3))}}
    def loss(self, x, t, {flag}=False):
        self.scale = 2.0 if {flag} else 1.0
        self.error = self.scale * x @ self.params["W"] - t
        return (self.error**2).sum()
    def gradient(self, x, t):
        self.loss(x, t, {flag}=True)
        return {{"W": 2 * self.scale * x.T @ self.error}}
"""
    space = {"np": np}
    exec(code, space)
    report = check_network(space["Net"](), x, rng.standard_normal((5, 3)))
    assert report.ok, report


def test_a_bias_before_a_normalisation_has_a_gradient_of_zero_but_for_rounding(rng, x):
    class AffineNorm:
        def __init__(self):
            self.W, self.b = rng.standard_normal((4, 3)), rng.standard_normal(3)

        def forward(self, x):
            self.x = x
            z = x @ self.W + self.b
            self.std = np.sqrt(z.var(axis=0) + 1e-5)
            self.z = (z - z.mean(axis=0)) / self.std
            return self.z

        def backward(self, dout):
            dz = (dout - dout.mean(axis=0) - self.z * (dout * self.z).mean(axis=0)) / self.std
            self.dW, self.db = self.x.T @ dz, dz.sum(axis=0)
            return dz @ self.W.T

    report = check_layer(AffineNorm(), x)
    assert report.ok, report


class Log:
    def forward(self, x):
        if (x <= 0).any():
            raise ValueError("positive numbers only")
        self.x = x
        return np.log(x)

    def backward(self, dout):
        return dout / self.x


def test_small_positive_inputs_are_not_moved_below_zero():
    report = check_layer(Log(), np.array([[1e-4, 1.0, 2.0, 3.0], [0.5, 4.0, 1e-3, 2.0]]))
    assert report.ok, report


def test_an_input_for_which_forward_is_not_finite_is_a_finding(x):
    class Root:
        def forward(self, x):
            return np.sqrt(x)

        def backward(self, dout):
            return 99 * dout

    report = check_layer(Root(), x)
    assert codes(report) == ["unknown"]
    assert "forward gives NaN or infinity" in report.findings[0].message


def test_a_forward_that_changes_too_fast_to_be_compared_is_not_called_right(x):
    class Fast:
        def forward(self, x):
            return np.sin(1e9 * x)

        def backward(self, dout):
            return 42 * dout

    report = check_layer(Fast(), x)
    assert codes(report) == ["unknown"]
    assert "could not be compared" in report.findings[0].message


def test_a_forward_without_return_is_said_to_lack_it(x):
    class Forgets:
        def forward(self, x):
            y = 2 * x  # noqa: F841

        def backward(self, dout):
            return 2 * dout

    report = check_layer(Forgets(), x)
    assert codes(report) == ["raises"]
    assert "does it lack a return?" in report.findings[0].message


@pytest.mark.parametrize("placeholder", [None, 0.0, np.zeros(1), np.zeros((5, 4))])
def test_a_cache_that_the_constructor_prepares_is_no_parameter(x, placeholder):
    class Square:
        def __init__(self):
            self.x, self.dx, self.h, self.dh = placeholder, placeholder, placeholder, placeholder

        def forward(self, x):
            self.x = self.h = x
            return x**2

        def backward(self, dout):
            self.dh = self.dx = 2 * dout * self.x
            return self.dx

    report = check_layer(Square(), x)
    assert report.ok, report
    assert [array.name for array in report.arrays] == ["dx"]


class Wrong:
    """An affine layer with a wrong dW, to be hidden in many ways."""

    def forward(self, x):
        self.x = x
        return x @ self.weight()

    def backward(self, dout):
        self.keep(3 * self.x.T @ dout)
        return dout @ self.weight().T


def hidden_in_slots(W):
    class Slotted(Wrong):
        __slots__ = ("W", "dW", "x")

        def __init__(self):
            self.W, self.dW = W, None

        def weight(self):
            return self.W

        def keep(self, dW):
            self.dW = dW

    return Slotted()


def hidden_in_dictionaries(W):
    class Dictionaries(Wrong):
        def __init__(self):
            self.weights, self.gradients = {"W": W}, {}

        def weight(self):
            return self.weights["W"]

        def keep(self, dW):
            self.gradients["W"] = dW

    return Dictionaries()


def hidden_beside_a_dictionary(W):
    class Beside(Wrong):
        def __init__(self):
            self.params, self.grads = {"unused": np.ones(2)}, {"unused": np.zeros(2)}
            self.W = W

        def weight(self):
            return self.W

        def keep(self, dW):
            self.dW = dW

    return Beside()


def hidden_in_a_sub_layer(W):
    class Outer:
        def __init__(self):
            self.params, self.grads = {"g": np.ones(3)}, {}
            self.inner = hidden_in_slots(W)

        def forward(self, x):
            self.y = self.inner.forward(x)
            return self.params["g"] * self.y

        def backward(self, dout):
            self.grads["g"] = (dout * self.y).sum(axis=0)
            return self.inner.backward(dout * self.params["g"])

    return Outer()


@pytest.mark.parametrize(
    "hide", [hidden_in_slots, hidden_in_dictionaries, hidden_beside_a_dictionary, hidden_in_a_sub_layer]
)
def test_a_wrong_gradient_is_found_wherever_the_parameter_is_kept(rng, x, hide):
    report = check_layer(hide(rng.standard_normal((4, 3))), x)
    assert "constant-factor" in codes(report), report


def test_a_layer_that_holds_a_module_and_a_function_of_itself_is_right(rng, x):
    class Holder:
        def __init__(self):
            self.xp = np
            self.W = rng.standard_normal((4, 3))
            self.product = lambda x: x @ self.W

        def forward(self, x):
            self.x = x
            return self.xp.tanh(self.product(x))

        def backward(self, dout):
            d = dout * (1 - np.tanh(self.product(self.x)) ** 2)
            self.dW = self.x.T @ d
            return d @ self.W.T

    report = check_layer(Holder(), x)
    assert report.ok, report


def test_an_old_copy_of_a_parameter_is_stale(rng, x):
    class Copies:
        def __init__(self):
            self.W = rng.standard_normal((4, 3))
            self.WT = self.W.T.copy()

        def forward(self, x):
            self.x = x
            return x @ self.W

        def backward(self, dout):
            self.dW = self.x.T @ dout
            return dout @ self.WT

    report = check_layer(Copies(), x)
    assert (report.findings[0].code, report.findings[0].array) == ("stale-cache", "dx")


def test_what_is_wrong_for_one_sample_only_is_found(x):
    class Squeezes:
        def forward(self, x):
            self.x = x
            return x**2

        def backward(self, dout):
            return dout * self.x * (2 if len(dout) > 1 else 1)

    report = check_layer(Squeezes(), x)
    assert report.findings[0].message.startswith("With 1 sample: ")
    assert report.findings[0].code == "constant-factor"


def test_a_backward_that_clips_large_gradients_is_wrong(x):
    class Clips:
        def forward(self, x):
            self.x = x
            return x**2

        def backward(self, dout):
            return np.clip(dout, -2, 2) * 2 * self.x

    assert not check_layer(Clips(), x).ok


def test_changing_dout_does_not_hide_a_second_mistake(x):
    class TwoMistakes:
        def forward(self, x):
            self.x = x
            return np.where(x > 0, x, 0.1 * x)

        def backward(self, dout):
            dout[self.x <= 0] = 0
            return dout

    assert codes(check_layer(TwoMistakes(), x)) == ["partly-wrong"]
    assert set(codes(check_layer(TwoMistakes(), x, strict=True))) == {"overwrites-dout", "partly-wrong"}


def test_an_exit_in_the_layer_is_an_exception_like_others(x):
    class Exits:
        def forward(self, x):
            return x

        def backward(self, dout):
            raise SystemExit(0)

    assert codes(check_layer(Exits(), x)) == ["raises"]


def test_the_data_of_a_class_comes_back_as_it_was(x):
    class Remembers:
        seen = []  # noqa: RUF012

        def forward(self, x):
            self.seen.append(1)
            return x

        def backward(self, dout):
            return dout.copy()

    seen = Remembers.seen
    check_layer(Remembers(), x)
    assert Remembers.seen is seen
    assert seen == []


def test_a_batch_without_samples_is_refused(x):
    with pytest.raises(ValueError, match="needs at least one sample"):
        check_layer(Log(), np.ones((0, 4)))


def test_a_weight_that_two_sub_layers_share_has_the_sum_of_their_gradients(rng):
    class Tied:
        def __init__(self, W):
            self.first, self.second = Product(W), Product(W)

        def forward(self, x):
            return self.second.forward(self.first.forward(x))

        def backward(self, dout):
            return self.first.backward(self.second.backward(dout))

    class Product:
        def __init__(self, W):
            self.W = W

        def forward(self, x):
            self.x = x
            return x @ self.W

        def backward(self, dout):
            self.dW = self.x.T @ dout
            return dout @ self.W.T

    report = check_layer(Tied(rng.standard_normal((4, 4))), rng.standard_normal((5, 4)))
    assert report.ok, report
    assert [array.name for array in report.arrays] == ["dx", "first.dW"]
