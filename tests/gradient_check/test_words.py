"""What a report says is of use to somebody who meets backpropagation for the first time."""

import numpy as np
import pytest

from gradient_check import check_layer
from layers import Affine


class TanhLayer:
    """tanh(x W), with a backward that each test gives it."""

    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        return np.tanh(x @ self.W)


@pytest.fixture
def x(rng):
    return rng.standard_normal((5, 4))


def test_a_factor_that_explains_little_is_not_offered(rng, x):
    class Odd(TanhLayer):
        def backward(self, dout):
            d = dout * np.cos(3 * self.x @ self.W + 1)
            self.dW = self.x.T @ d
            return np.sin(d @ self.W.T)

    for finding in check_layer(Odd(rng.standard_normal((4, 3))), x).findings:
        assert finding.code == "unknown"
        assert "times" not in finding.message
        assert "Derive it on paper" in finding.message


def test_a_factor_that_explains_nearly_all_is_offered(rng, x):
    class NearlyDouble(TanhLayer):
        def backward(self, dout):
            d = dout * (1 - np.tanh(self.x @ self.W) ** 2)
            self.dW = self.x.T @ d
            dx = d @ self.W.T
            return 2 * dx * (1 + 0.1 * np.sin(7 * dx))

    (finding,) = check_layer(NearlyDouble(rng.standard_normal((4, 3))), x).findings
    assert finding.code == "unknown"
    assert "nearly the right gradient times" in finding.message


def test_what_stands_in_the_message_is_not_said_again(rng, x):
    class Columns(Affine):
        def backward(self, dout):
            dx = super().backward(dout)
            self.db = dout
            return dx

    report = check_layer(Columns(rng.standard_normal((4, 3)), np.zeros(3)), x)
    (finding,) = report.findings
    assert finding.evidence["shape expected"] == (3,)
    assert "expected (3,)" in finding.message
    assert "shape expected" not in str(report)


def test_a_function_of_the_second_input_is_called_by_its_name():
    rng = np.random.default_rng(0)

    class Product:
        def forward(self, a, b):
            self.a, self.b = a, b
            return np.tanh(a) * b**3

        def backward(self, dout):
            return dout * (1 - np.tanh(self.a) ** 2) * self.b**3, dout * np.tanh(self.a) * 3 * np.exp(self.b) ** 2

    report = check_layer(Product(), rng.standard_normal((5, 4)), rng.standard_normal((5, 4)))
    assert "evaluated at exp(input 2) instead of at input 2." in report.findings[0].message


@pytest.mark.exhaustive
def test_a_factor_besides_that_of_the_batch_is_named(x):
    class MeanSquaredError:
        def forward(self, y, t):
            self.y, self.t = y, t
            return np.sum((y - t) ** 2) / len(y)

        def backward(self):
            return self.y - self.t  # the right one is 2 (y - t) / 5

    (finding,) = check_layer(MeanSquaredError(), x, x[::-1].copy()).findings
    assert finding.code == "missing-batch-average"
    assert "That leaves 1/2 times the right gradient" in finding.message


def test_a_layer_that_gives_nan_is_not_said_not_to_run(x):
    class Root:
        def forward(self, x):
            return np.sqrt(x)

        def backward(self, dout):
            return dout

    assert str(check_layer(Root(), x)).startswith("Root on (5, 4): its gradients could not be compared")
