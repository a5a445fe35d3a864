"""Networks that are hard to copy: they are diagnosed all the same, and nothing that they use is another afterwards."""

import functools
import types

import numpy as np
import pytest

from datasets import load_digits
from networks import TwoLayerNet
from training import SGD, Trainer, diagnose

(X, T), (X_TEST, T_TEST) = load_digits()


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(y, t):
    return float(-np.mean(np.log(y[np.arange(len(t)), t] + 1e-7)))


def delta(y, t):
    y[np.arange(len(t)), t] -= 1
    return y / len(t)


class Linear:
    """A single layer, from which the others here differ in a single habit."""

    names = "W", "b"

    def __init__(self):
        W = 0.1 * np.random.default_rng(0).standard_normal((64, 10))
        self.params = dict(zip(self.names, (W, np.zeros(10)), strict=True))

    def predict(self, x):
        W, b = self.params.values()
        return x @ W + b

    def loss(self, x, t):
        return cross_entropy(softmax(self.predict(x)), t)

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(axis=1) == t))

    def gradient(self, x, t):
        d = delta(softmax(self.predict(x)), t)
        return dict(zip(self.names, (x.T @ d, d.sum(axis=0)), strict=True))


RNG = np.random.default_rng(5)
PARAMS = {"W": 0.1 * np.random.default_rng(0).standard_normal((64, 10))}
SEEN = {"calls": 0, "x": None}


class ViewsOfOneVector(Linear):
    def __init__(self):
        self.theta = 0.1 * np.random.default_rng(0).standard_normal(650)
        self.params = {"W": self.theta[:640].reshape(64, 10), "b": self.theta[640:]}

    def predict(self, x):
        return x @ self.theta[:640].reshape(64, 10) + self.theta[640:]


class DropsByAGlobalGenerator(Linear):
    def gradient(self, x, t):
        return super().gradient(x * (RNG.random(x.shape) > 0.2), t)


class KeepsInItsClass(Linear):
    calls = 0
    sizes: list = []  # noqa: RUF012 - the habit that is meant
    mean = np.zeros(64)

    def gradient(self, x, t, log=[]):  # noqa: B006 - so is this one
        type(self).calls += 1
        self.sizes.append(len(x))
        self.mean[...] = 0.9 * self.mean + 0.1 * x.mean(axis=0)
        log.append(self.calls)
        return super().gradient(x, t)


class WritesToItsInput(Linear):
    def predict(self, x):
        x *= 0.5
        return super().predict(x)


def forward(x):
    SEEN["calls"] += 1
    SEEN["x"] = x
    return x @ PARAMS["W"]


def loss(x, t):
    return cross_entropy(softmax(forward(x)), t)


def gradient(x, t):
    d = delta(softmax(forward(x)), t)
    return {"W": SEEN["x"].T @ d}


def of_functions():
    return types.SimpleNamespace(params=PARAMS, predict=forward, loss=loss, gradient=gradient)


def of_partials():
    params, seen = {"W": 0.1 * np.random.default_rng(0).standard_normal((64, 10))}, []

    def loss_with(params, x, t):
        seen.append(len(x))
        return cross_entropy(softmax(x @ params["W"]), t)

    def gradient_with(params, x, t):
        return {"W": x.T @ delta(softmax(x @ params["W"]), t)}

    made = types.SimpleNamespace(
        params=params, loss=functools.partial(loss_with, params), gradient=functools.partial(gradient_with, params)
    )
    made.seen = seen
    return made


class HoldsParams:
    def __init__(self, params, lr=0.1):
        self.params, self.lr = params, lr

    def update(self, params, grads):
        for name in self.params:
            self.params[name] -= self.lr * grads[name]


class HoldsNet:
    def __init__(self, net, lr=0.1):
        self.net, self.lr = net, lr

    def update(self, params, grads):
        for name, param in self.net.params.items():
            param -= self.lr * grads[name]


def after_steps(network, optimizer=None, steps=200):
    optimizer, losses, rng = optimizer or SGD(0.1), [], np.random.default_rng(0)
    for _ in range(steps):
        rows = rng.integers(0, len(X), 20)
        optimizer.update(network.params, network.gradient(X[rows], T[rows]))
        losses.append(network.loss(X[rows], T[rows]))
    return network, optimizer, losses


def codes_of(network, optimizer, losses):
    return {finding.code for finding in diagnose(network, X, T, X_TEST, T_TEST, optimizer=optimizer, losses=losses)}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("make", [Linear, ViewsOfOneVector, WritesToItsInput, of_functions, of_partials])
def test_a_network_of_any_habit_is_not_accused_and_stays_as_it_is(make):
    network, optimizer, losses = after_steps(make(), SGD(0.5))
    before = {name: param.tobytes() for name, param in network.params.items()}
    globals_before, seen = dict(SEEN), list(getattr(network, "seen", []))
    assert codes_of(network, optimizer, losses) <= {"unfinished", "overfitting", "plateau"}
    assert {name: param.tobytes() for name, param in network.params.items()} == before
    assert all(SEEN[name] is value for name, value in globals_before.items())
    assert getattr(network, "seen", []) == seen


@pytest.mark.first_is_quick
@pytest.mark.parametrize("kind", [HoldsParams, HoldsNet])
def test_an_optimizer_that_holds_what_it_updates_is_not_accused(kind):
    network = Linear()
    optimizer = kind(network.params if kind is HoldsParams else network)
    assert codes_of(*after_steps(network, optimizer)) <= {"unfinished", "overfitting"}
    network = Linear()
    optimizer = kind(network.params if kind is HoldsParams else network)
    trainer = Trainer(network, X, T, X_TEST, T_TEST, optimizer, 4, 20, seed=0)
    trainer.train()
    assert {finding.code for finding in trainer.findings} <= {"unfinished", "overfitting"}


def test_a_network_of_closures_in_a_trainer_is_not_accused():
    W, cache = np.zeros((64, 10)), {}

    def forward(x):
        cache["x"] = x
        return x @ W

    def gradient(x, t):
        d = delta(softmax(forward(x)), t)
        return {"W": cache["x"].T @ d}

    network = types.SimpleNamespace(
        params={"W": W},
        loss=lambda x, t: cross_entropy(softmax(forward(x)), t),
        gradient=gradient,
        accuracy=lambda x, t: float(np.mean(forward(x).argmax(axis=1) == t)),
    )
    trainer = Trainer(network, X, T, X_TEST, T_TEST, SGD(0.1), 4, 20, seed=0)
    trainer.train()
    assert {finding.code for finding in trainer.findings} <= {"unfinished", "overfitting"}


def test_global_random_numbers_stay_as_they_are():
    network, optimizer, losses = after_steps(DropsByAGlobalGenerator())
    before = RNG.bit_generator.state
    codes_of(network, optimizer, losses)
    assert RNG.bit_generator.state == before


def test_attributes_of_the_class_and_defaults_of_arguments_stay_as_they_are():
    network, optimizer, losses = after_steps(KeepsInItsClass())
    kind = KeepsInItsClass
    before = kind.calls, list(kind.sizes), kind.mean.tobytes(), list(kind.gradient.__defaults__[0])
    codes_of(network, optimizer, losses)
    assert (kind.calls, list(kind.sizes), kind.mean.tobytes(), list(kind.gradient.__defaults__[0])) == before


def test_the_data_stay_as_they_are_where_a_network_writes_to_its_input():
    x, t = X.copy(), T.copy()
    diagnose(WritesToItsInput(), x, t, optimizer=SGD(0.1), losses=[2.3] * 50)
    assert np.array_equal(x, X)
    assert np.array_equal(t, T)


def test_a_network_whose_params_are_those_of_its_class_is_left_alone():
    class OfItsClass(Linear):
        params = Linear().params

        def __init__(self):
            pass

    with pytest.raises(TypeError, match="what it computes with is not its own"):
        codes_of(*after_steps(OfItsClass(), SGD(0.00001)))


@pytest.mark.first_is_quick
@pytest.mark.parametrize("names", [(0, 1), (("W", 0), ("b", 0))])
def test_parameters_may_have_any_names(names):
    class Named(Linear):
        pass

    Named.names = names
    assert "learning-rate-too-low" in codes_of(*after_steps(Named(), SGD(0.0001)))


def test_labels_may_be_words():
    words = np.array(list("abcdefghij"))

    class OfWords(Linear):
        def loss(self, x, t):
            return super().loss(x, np.searchsorted(words, t))

        def gradient(self, x, t):
            return super().gradient(x, np.searchsorted(words, t))

        def accuracy(self, x, t):
            return super().accuracy(x, np.searchsorted(words, t))

    findings = diagnose(OfWords(), X, words[T], optimizer=SGD(0.00001), losses=[2.3] * 100)
    assert findings[0].code == "learning-rate-too-low"


def test_a_single_test_sample_says_nothing_of_the_labels():
    network, optimizer, losses = after_steps(Linear(), SGD(0.5))
    wrong = np.flatnonzero(network.predict(X_TEST).argmax(axis=1) != T_TEST)[:1]
    findings = diagnose(network, X, T, X_TEST[wrong], T_TEST[wrong], optimizer=optimizer, losses=losses)
    assert "labels-unrelated" not in [finding.code for finding in findings]


def test_whole_numbers_up_to_255_are_unscaled_and_their_gradient_is_right():
    class OfPixels(Linear):
        def predict(self, x):
            return super().predict(np.asarray(x, float))

    x, x_test = ((255 * part).astype(np.uint8) for part in (X, X_TEST))
    findings = diagnose(OfPixels(), x, T, x_test, T_TEST, optimizer=SGD(1.0), losses=[2.3] * 50)
    assert findings[0].code == "unscaled-input"
    assert "wrong-gradient" not in [finding.code for finding in findings]


def test_words_as_one_hot_are_alike_by_chance_and_no_leak():
    words = np.random.default_rng(0).integers(0, 30, 1500)
    x, t = np.eye(30)[words], words % 3
    trainer = Trainer(TwoLayerNet(30, 20, 3, seed=0), x[:1200], t[:1200], x[1200:], t[1200:], SGD(0.5), 5, 20, seed=0)
    trainer.train()
    assert "leak" not in [finding.code for finding in trainer.findings]


def test_a_bias_whose_gradient_is_an_average_is_wrong_and_no_weight_decay():
    class Averaged(Linear):
        def gradient(self, x, t):
            grads = super().gradient(x, t)
            return {"W": grads["W"], "b": np.linspace(0, 0.1, 10)}

    assert "wrong-gradient" in codes_of(*after_steps(Averaged()))


def test_a_rate_far_too_low_after_a_bad_start_is_named():
    x = np.random.default_rng(0).standard_normal((500, 20))
    network = TwoLayerNet(20, 30, 2, 1.0, seed=0)
    trainer = Trainer(network, x, (x[:, 0] > 0).astype(int), x + 1, (x[:, 0] > 0).astype(int), SGD(1e-6), 2, 20, seed=0)
    trainer.train()
    assert "learning-rate-too-low" in [finding.code for finding in trainer.findings]


def test_an_optimizer_that_cannot_be_copied_is_left_alone():
    class WithAFile(SGD):
        pass

    optimizer = WithAFile(0.00001)
    optimizer.lines = (line for line in ["a generator cannot be copied"])
    assert isinstance(diagnose(Linear(), X, T, optimizer=optimizer, losses=[2.3] * 50), list)
