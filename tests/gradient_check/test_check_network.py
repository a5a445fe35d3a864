"""A network is checked before and after training, its decay apart from its data, and its layers one by one."""

import numpy as np
import pytest

from gradient_check import check_network
from layers import Affine, ReLU, SoftmaxWithLoss
from networks import Network, TwoLayerNet


@pytest.fixture
def samples(rng):
    return rng.standard_normal((5, 4)), rng.integers(0, 3, 5)


def dense(rng, rows, columns, kind=Affine):
    return kind(rng.standard_normal((rows, columns)), np.zeros(columns))


class BackwardsReLU(ReLU):
    def backward(self, dout):
        return dout * (1 - self.mask)


class HalfBias(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = self.db / 2
        return dx


def test_a_right_network_is_right_before_and_after_training(samples):
    network = TwoLayerNet(4, 6, 3, seed=0)
    before = {name: param.copy() for name, param in network.params.items()}
    report = check_network(network, *samples)
    assert report.ok
    assert [array.name for array in report.arrays] == ["W1", "b1", "W2", "b2"]
    for name, param in network.params.items():
        np.testing.assert_array_equal(param, before[name])


@pytest.mark.exhaustive
def test_the_first_wrong_layer_is_named(rng, samples):
    network = Network([dense(rng, 4, 6), BackwardsReLU(), dense(rng, 6, 3)], SoftmaxWithLoss())
    report = check_network(network, *samples)
    assert report.findings[0].code == "mask-inverted"
    assert report.findings[0].array == "BackwardsReLU1.dx"
    assert report.findings[0].evidence["layer"] == "BackwardsReLU1"
    assert [array.ok for array in report.arrays] == [False, False, True, True]


def test_a_wrong_parameter_gradient_is_found_in_its_layer(rng, samples):
    network = Network([dense(rng, 4, 6), ReLU(), dense(rng, 6, 3, HalfBias)], SoftmaxWithLoss())
    report = check_network(network, *samples)
    assert report.findings[0].code == "constant-factor"
    assert report.findings[0].array == "HalfBias1.db"


def test_a_mistake_of_the_networks_own_gradient_is_not_blamed_on_a_layer(samples):
    class Exchanges(TwoLayerNet):
        def gradient(self, x, t):
            gradients = super().gradient(x, t)
            return {**gradients, "b1": gradients["b1"][::-1].copy()}

    report = check_network(Exchanges(4, 6, 3, seed=1), *samples)
    assert (report.findings[0].code, report.findings[0].array) == ("reversed", "b1")


class WithDecay:
    """One affine layer with squared error and weight decay."""

    def __init__(self, rng, in_gradient):
        self.params = {"W": rng.standard_normal((4, 2))}
        self.weight_decay = 0.1
        self.in_gradient = in_gradient

    def loss(self, x, t):
        return (
            0.5 * ((x @ self.params["W"] - t) ** 2).sum() / len(x)
            + 0.5 * self.weight_decay * (self.params["W"] ** 2).sum()
        )

    def gradient(self, x, t):
        dW = x.T @ (x @ self.params["W"] - t) / len(x)
        return {"W": dW + self.in_gradient * self.weight_decay * self.params["W"]}


def test_the_decay_is_checked_apart_from_the_data_loss(rng):
    x, t = rng.standard_normal((5, 4)), rng.standard_normal((5, 2))
    report = check_network(WithDecay(rng, in_gradient=1), x, t)
    assert report.ok
    assert [array.name for array in report.arrays] == ["W", "W with decay"]
    report = check_network(WithDecay(rng, in_gradient=0), x, t)
    assert [array.ok for array in report.arrays] == [True, False]
    assert report.findings[0].code == "missing-term"
    assert "the mistake is in the regularisation" in report.findings[0].message


def test_what_is_wrong_only_after_training_is_found(rng):
    class RightWhileSmall:
        def __init__(self):
            self.params = {"a": np.zeros(4)}

        def loss(self, x, t):
            return float(((np.tanh(x @ self.params["a"]) - t) ** 2).mean())

        def gradient(self, x, t):
            y = x @ self.params["a"]  # tanh(0) = 0 and tanh'(0) = 1
            return {"a": 2 * x.T @ (np.tanh(y) - t) / len(x)}

    report = check_network(RightWhileSmall(), rng.standard_normal((6, 4)), rng.standard_normal(6))
    assert not report.ok
    assert report.findings[0].message.startswith("After 3 training steps: ")


@pytest.mark.exhaustive
def test_full_checks_every_element_of_a_network(samples):
    network = TwoLayerNet(4, 200, 3, seed=0)
    assert [array.checked for array in check_network(network, *samples).arrays] == [40, 200, 40, 3]
    report = check_network(network, *samples, full=True)
    assert report.ok
    assert [array.checked for array in report.arrays] == [800, 200, 600, 3]


@pytest.mark.exhaustive
def test_full_finds_one_wrong_element(samples):
    class OneWrong(TwoLayerNet):
        def gradient(self, x, t):
            gradients = super().gradient(x, t)
            gradients["W1"][2, 77] += 1e-3
            return gradients

    report = check_network(OneWrong(4, 200, 3, seed=0), *samples, full=True)
    assert (report.findings[0].code, report.findings[0].array) == ("partly-wrong", "W1")
    assert report.arrays[0].worst_index == (2, 77)


def test_what_is_no_network_is_refused_in_words():
    with pytest.raises(TypeError, match="ReLU lacks loss and gradient"):
        check_network(ReLU(), np.ones((2, 2)), np.zeros(2, int))


def test_an_exception_of_the_network_is_a_finding(samples):
    class Raises(TwoLayerNet):
        def gradient(self, x, t):
            raise KeyError("W3")

    report = check_network(Raises(4, 6, 3, seed=0), *samples)
    assert report.findings[0].code == "raises"
    assert "KeyError" in report.findings[0].message
