"""Operations whose maths is in hidden methods below a base class, and gradients beside a backward that is inherited."""

import textwrap

import pytest

from written import check_text

GRAPH = """
    import numpy as np

    class Array:
        def __init__(self, value, parent=None):
            self.value, self.parent, self.grad = np.asarray(value, float), parent, None

    class Operation:
        def forward(self, *args):
            self.args = [arg if isinstance(arg, Array) else Array(arg) for arg in args]
            return Array(self._forward(*[arg.value for arg in self.args]), parent=self)

        def backward(self, delta):
            gradients = self._backward(delta, *[arg.value for arg in self.args])
            for arg, gradient in zip(self.args, gradients if isinstance(gradients, tuple) else (gradients,)):
                arg.grad = gradient

        def _forward(self, *args):
            raise NotImplementedError

        def _backward(self, delta, *args):
            raise NotImplementedError
"""


@pytest.fixture
def check(tmp_path):
    """Check one class of a file."""

    def run(text, name):
        found, reports = check_text(tmp_path, text, name)
        return reports[0] if reports else found.problems[0]

    return run


def operation(forward, backward):
    body = f"""
    class Node(Operation):
        {forward}

        {backward}
"""
    return GRAPH + body


SOFTPLUS = """@staticmethod
        def _forward(x):
            return np.logaddexp(0, x)"""


@pytest.mark.exhaustive
def test_the_maths_of_an_operation_may_be_in_hidden_static_methods(check):
    backward = """@staticmethod
        def _backward(delta, x):
            return delta / (1 + np.exp(SIGN x))"""
    assert check(operation(SOFTPLUS, backward.replace("SIGN ", "-")), "Node").ok
    assert not check(operation(SOFTPLUS, backward.replace("SIGN ", "")), "Node").ok


def test_hidden_methods_may_share_what_they_keep(check):
    forward = """def _forward(self, x, y):
            self.product = x @ y
            return self.product ** 2"""
    backward = """def _backward(self, delta, x, y):
            inner = 2 * delta * self.product
            return inner @ y.T, x.T @ inner"""
    report = check(operation(forward, backward), "Node")
    assert report.ok
    assert [result.name for result in report.arrays] == ["dx1", "dx2"]


@pytest.mark.exhaustive
def test_beside_the_inputs_of_a_loss_of_elements_the_argument_left_is_dout(check):
    forward = """def _forward(self, x, t):
            return np.maximum(x, 0) - t * x + np.log1p(np.exp(-np.abs(x)))"""
    backward = """def _backward(self, delta, x, t):
            return delta * (1 / (1 + np.exp(-x)) - t), -delta * x"""
    assert check(operation(forward, backward), "Node").ok
    assert not check(operation(forward, backward.replace("- t)", "+ t)")), "Node").ok


@pytest.mark.exhaustive
def test_a_number_may_be_added_to_an_array(check):
    forward = """def _forward(self, x, y):
            return x * y"""
    backward = """def _backward(self, delta, x, y):
            return delta * y, np.atleast_1d((delta * x).sum())"""
    report = check(operation(forward, backward), "Node")
    assert report.ok
    assert [result.shape for result in report.arrays] == [(5, 4), (1,)]


LOSSES = """
    import numpy as np

    class Module:
        def __call__(self, x):
            self.seen = x
            return self.forward(x)

        def backward(self, upstream):
            return upstream * self.grad(self.seen)

    class Squared(Module):
        def forward(self, y, y_pred):
            return np.sum((y - y_pred) ** 2) / 2

        def grad(self, y, y_pred):
            return y_pred - y
"""


@pytest.mark.exhaustive
def test_a_loss_below_a_base_for_layers_has_its_own_gradient(check):
    assert check(LOSSES, "Squared").ok
    assert not check(LOSSES.replace("y_pred - y\n", "y_pred + y\n"), "Squared").ok


def test_a_network_with_nothing_but_numerical_gradients_is_not_checked(tmp_path):
    text = """
        import numpy as np

        class Net:
            def __init__(self, input_size, output_size):
                self.params = {"W": np.random.randn(input_size, output_size)}

            def loss(self, x, t):
                return np.mean((x @ self.params["W"] - t) ** 2)

            def numerical_gradient(self, x, t):
                return {"W": np.zeros_like(self.params["W"])}
    """
    found, reports = check_text(tmp_path, textwrap.dedent(text))
    assert (reports, found.problems) == ([], [])
