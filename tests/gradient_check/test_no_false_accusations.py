"""Layers and networks that are right, in manners in which they were accused once; beside each a wrong one is found."""

import json
import textwrap

import numpy as np
import pytest

from gradient_check import check_layer
from gradients.apart.checking import FileCheck
from gradients.homework.preparing import Options
from gradients.homework.source import read_source
from written import check_text


@pytest.fixture
def check(tmp_path):
    """Write a file or notebook and return the report on the one thing in it, and what could not be checked."""

    def run(text, *cells):
        path = tmp_path / ("it.ipynb" if cells else "it.py")
        text = textwrap.dedent(text)
        if cells:
            parts = [{"cell_type": "code", "source": cell} for cell in (*cells, text)]
            text = json.dumps({"cells": parts})
        path.write_text(text, encoding="utf-8")
        found = FileCheck(read_source(path), None, Options(), timeout=300)
        reports = list(found.reports())
        return reports[0] if reports else found.problems[0]

    return run


def codes(report):
    return [finding.code for finding in report.findings]


def notes(report):
    return [note.code for note in report.notes if note.code != "how-checked"]


LISTS = """
    import numpy as np

    class Dense:
        def __init__(self, n_out):
            self.n_out, self.W, self.kept, self.grads = n_out, None, {"x": []}, {}

        def flush(self):
            self.kept = {"x": []}

        def forward(self, x):
            if self.W is None:
                self.W = np.random.randn(x.shape[1], self.n_out)
                self.grads = {"W": np.zeros_like(self.W)}
            self.kept["x"].append(x)
            return x @ self.W

        def backward(self, dout):
            self.grads["W"] += FACTOR * self.kept["x"][0].T @ dout
            return dout @ self.W.T
"""


@pytest.mark.exhaustive
def test_a_layer_that_makes_its_weights_late_and_keeps_its_inputs_in_lists_is_told_to_forget(check):
    assert check(LISTS.replace("FACTOR", "1")).ok
    assert codes(check(LISTS.replace("FACTOR", "2"))) == ["constant-factor"]


SHAPES = """
    class Flatten:
        def __init__(self):
            self.kept = {"shapes": []}

        def clear(self):
            self.kept["shapes"] = []

        def forward(self, x):
            self.kept["shapes"].append(x.shape)
            return x.reshape(len(x), -1)

        def backward(self, dout):
            return dout.reshape(self.kept["shapes"][0])
"""


@pytest.mark.exhaustive
def test_a_list_in_a_dictionary_grows_too(check):
    assert check(SHAPES).ok
    assert "stale-cache" in codes(check(SHAPES.replace("clear", "other")))  # nothing tells it to forget


PRODUCT = """
    class Times:
        def forward(self, xs):
            self.xs = xs
            return xs[0] * xs[1]

        def backward(self, dout):
            return [dout * self.xs[RIGHT], dout * self.xs[1 - RIGHT]]
"""


@pytest.mark.exhaustive
def test_a_layer_may_take_a_list_of_arrays(check):
    report = check(PRODUCT.replace("RIGHT", "1"))
    assert report.ok
    assert [array.name for array in report.arrays] == ["da", "db"]
    assert codes(check(PRODUCT.replace("RIGHT", "0"))) == ["swapped", "swapped"]


SEQUENCE = """
    import numpy as np

    class Dense:
        def __init__(self, n_in, n_out):
            self.W, self.b = np.random.randn(n_in, n_out), np.zeros(n_out)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, dout, learning_rate):
            dW = self.x.reshape(-1, len(self.W)).T @ dout.reshape(-1, len(self.b))
            dx = dout @ self.W.T
            self.W -= learning_rate * dW
            self.b -= learning_rate * dout.sum(axis=(0, 1))OTHER
            return dx
"""


@pytest.mark.exhaustive
def test_a_layer_for_sequences_is_not_accused_for_matrices(check):
    report = check(SEQUENCE.replace("OTHER", ""))
    assert report.ok
    assert "not for (5, 4)" in report.notes[0].message
    assert not check(SEQUENCE.replace("OTHER", " * 2")).ok


ONE_WEIGHT = """
    import numpy as np

    class Linear:
        def __init__(self, n_in, n_out):
            self.W = np.random.randn(n_in + 1, n_out)

        def forward(self, x):
            self.x = np.hstack([x, np.ones((len(x), 1))])
            return self.x @ self.W

        def backward(self, dout):
            self.dW = self.x.T @ dout / len(dout)
            return dout @ self.W[:-1].TBY
"""


@pytest.mark.exhaustive
def test_a_weight_that_holds_the_bias_may_have_an_average_for_its_gradient(check):
    report = check(ONE_WEIGHT.replace("BY", ""))
    assert report.ok
    assert notes(report) == ["extra-batch-average"]
    assert codes(check(ONE_WEIGHT.replace("BY", " / len(dout)"))) == ["extra-batch-average"] * 2


NETWORK = """
    import numpy as np

    class Net:
        def __init__(self, n_in, n_hidden, n_out):
            self.W1, self.W2 = np.random.randn(n_in, n_hidden), np.random.randn(n_hidden, n_out)

        def forward(self, x):
            self.x, self.h = x, np.tanh(x @ self.W1)
            return self.h @ self.W2

        def backward(self, dout):
            n = len(dout)
            self.dW2 = self.h.T @ dout / n
            self.dW1 = self.x.T @ (dout @ self.W2.T * (1 - self.h**2))BY
"""


@pytest.mark.exhaustive
def test_a_network_without_dx_may_average_all_gradients_and_not_one(check):
    report = check(NETWORK.replace("BY", " / n"))
    assert report.ok
    assert notes(report) == ["not-computed", "extra-batch-average", "extra-batch-average"]
    assert codes(check(NETWORK.replace("BY", ""))) == ["extra-batch-average"]


MOMENTUM = """
    import numpy as np

    class Dense:
        def __init__(self, n_in, n_out):
            self.W, self.speed, self.lr = np.random.randn(n_in, n_out), np.zeros((n_in, n_out)), 0.1

        def forward(self, x):
            self.x = x
            return x @ self.W

        def backward(self, dout):
            dx = dout @ self.WTURNED
            self.speed = 0.9 * self.speed + 0.1 * self.x.T @ dout
            self.W -= self.lr * self.speed
            return dx
"""


@pytest.mark.exhaustive
def test_steps_with_momentum_do_not_tell_the_gradient(check):
    report = check(MOMENTUM.replace("TURNED", ".T"))
    assert report.ok
    assert any("remembers earlier steps" in note.message for note in report.notes)
    assert codes(check(MOMENTUM.replace("TURNED", ".T * 2"))) == ["constant-factor"]


COLUMN = """
    class Net:
        def __init__(self):
            self.W = np.random.randn(2, 1)

        def forward(self, X):
            return np.dot(X, self.W)

        def cost_function(self, X, y):
            return 0.5 * sum((y - self.forward(X)) ** 2) / len(X)

        def cost_function_prime(self, X, y):
            return np.dot(X.T, self.forward(X) - y)BY
"""


@pytest.mark.exhaustive
def test_after_pylab_sum_is_that_of_numpy_and_targets_may_be_a_column(check):
    report = check(COLUMN.replace("BY", " / len(X)"), "%pylab inline\n")
    assert report.ok
    assert not check(COLUMN.replace("BY", ""), "%pylab inline\n").ok


POOL = """
    import numpy as np

    class Pool:
        def __init__(self, pool_size=2):
            self.size = pool_size

        def forward(self, x, training=False):
            n, c, h, w = x.shape
            self.x, s = x, self.size
            y = np.zeros((n, c, h // s, w // s))
            for i in range(h // s):
                for j in range(w // s):
                    y[:, :, i, j] = x[:, :, i * s : i * s + s, j * s : j * s + s].mean(axis=(2, 3))
            return y

        def backward(self, da, y):
            return da.repeat(self.size, 2).repeat(self.size, 3) / self.size**POWER
"""


@pytest.mark.exhaustive
def test_a_backward_that_is_handed_the_labels_though_it_needs_none_is_a_layer(check):
    assert check(POOL.replace("POWER", "2")).ok
    assert codes(check(POOL.replace("POWER", "1"))) == ["constant-factor"]


DROPOUT = """
    import numpy as np

    def forward_with_dropout(X, parameters, keep_prob=0.5):
        np.random.seed(1)
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]
        Z1 = W1 @ X + b1
        D1 = np.random.rand(*Z1.shape) < keep_prob
        A1 = np.tanh(Z1) * D1 / keep_prob
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        return A2, (Z1, D1, A1, W1, b1, A2, W2, b2)

    def backward_with_dropout(X, Y, cache, keep_prob):
        Z1, D1, A1, W1, b1, A2, W2, b2 = cache
        m = X.shape[1]
        dZ2 = A2 - Y
        dA1 = W2.T @ dZ2 * D1 / keep_prob
        dZ1 = dA1 * (1 - np.tanh(Z1) ** 2)
        return {
            "dW2": dZ2 @ A1.T / m,
            "db2": dZ2.sum(axis=1, keepdims=True) / m,
            "dW1": dZ1 @ X.T / m,
            "db1": dZ1.sum(axis=1, keepdims=True) / mBY,
        }
"""


@pytest.mark.exhaustive
def test_a_number_that_forward_has_by_default_is_given_to_backward_too(check):
    assert check(DROPOUT.replace("BY", "")).ok
    assert codes(check(DROPOUT.replace("BY", " * 4"))) == ["constant-factor"]


NUMBERS = """
    import numpy as np

    def forward_propagation(x, theta):
        return np.dot(theta, x)

    def backward_propagation(x, theta):
        return RETURNED
"""


@pytest.mark.exhaustive
def test_a_function_of_numbers_gives_the_slope_of_one_of_them(check):
    assert check(NUMBERS.replace("RETURNED", "x")).ok
    assert "do not say what they are" in check(NUMBERS.replace("RETURNED", "2 * x"))


BIAS = """
    import numpy as np

    class AddBias:
        def __init__(self, b):
            self.b = b

        def forward(self, x):
            return x + self.b

        def backward(self, dout):
            self.db = dout.sum(axis=0).reshape(1, -1)
            return dout * FACTOR
"""


@pytest.mark.exhaustive
def test_a_parameter_has_the_shape_that_its_gradient_has_where_it_comes_from_outside(check):
    report = check(BIAS.replace("FACTOR", "1"))
    assert report.ok
    assert [array.shape for array in report.arrays] == [(5, 3), (1, 3)]
    assert not check(BIAS.replace("FACTOR", "2")).ok


CHANNELS = """
    import numpy as np

    class Conv:
        def __init__(self, input_shape, kernel_size):
            self.shape, self.K = input_shape, np.random.randn(input_shape[0])

        def forward(self, x):
            self.x = x
            return sum(self.K[c] * x[c] for c in range(len(self.K)))

        def backward(self, dout):
            self.dK = np.array([np.sum(dout * self.x[c]) for c in range(len(self.K))])
            dx = np.zeros(self.shape)
            for c in range(len(self.K)):
                dx[c] = FACTOR * self.K[c] * dout
            return dx
"""


@pytest.mark.exhaustive
def test_channels_are_not_taken_for_samples(check):
    assert check(CHANNELS.replace("FACTOR", "1")).ok
    assert codes(check(CHANNELS.replace("FACTOR", "3"))) == ["constant-factor"]


CELL = """
    import numpy as np

    class Cell:
        def __init__(self, input_size, hidden_size):
            self.from_x = np.random.randn(input_size, hidden_size)
            self.from_h = np.random.randn(hidden_size, hidden_size)
            self.W = np.vstack([self.from_x, self.from_h])

        def forward(self, x, h):
            self.x, self.h = x, h
            return x @ self.from_x + h @ self.from_h

        def backward(self, dout):
            self.dW = np.vstack([self.x.T @ dout, self.h.T @ dout])
            return dout @ self.from_h.T
"""


def test_the_one_gradient_that_is_returned_is_that_of_the_input_whose_shape_it_has(check):
    report = check(CELL)
    assert codes(report) == ["not-computed"]
    assert [(array.name, array.ok) for array in report.arrays] == [("dx1", False), ("dx2", True)]


GETTER = """
    import numpy as np

    class Net:
        def __init__(self, n_in, n_out):
            self.W, self.dW = np.random.randn(n_in, n_out), 0

        def gradients(self):
            return [self.dW]

        def forward(self, x):
            return x @ self.W

        def backward(self, X, Y):
            self.dW = X.T @ (self.forward(X) - np.eye(self.W.shape[1])[Y, [0]])
"""


@pytest.mark.exhaustive
def test_a_method_that_hands_out_gradients_is_no_backward(check):
    assert "It may be right" in check(GETTER)


TENSORS = """
    import numpy as np

    class Tensor:
        def __init__(self, data, requires_grad=False, op=None):
            self.data, self.requires_grad, self.op = np.array(data), requires_grad, op
            self.grad = np.zeros_like(self.data)

        def backward(self, dout):
            self.grad = self.grad + dout
            if self.op is not None:
                self.op.backward(dout)

    class Join:
        def forward(self, tensors, dim):
            self.tensors, self.dim = tensors, dim
            return Tensor(np.concatenate([t.data for t in tensors], axis=dim), op=self)

        def backward(self, dout):
            for tensor, part in zip(self.tensors, np.split(dout, len(self.tensors), self.dim)):
                tensor.backward(part)
"""


def test_an_operation_on_a_list_of_tensors_is_no_accusation(check):
    assert isinstance(check(TENSORS), str)


POWER = """

    class Power:
        def forward(self, a, b):
            self.a, self.b = a, b
            return Tensor(OPERATION, op=self)

        def backward(self, dout):
            self.a.backward(dout * self.b.data * self.a.data ** (self.b.data - 1))
"""


class MatrixProduct:
    """A product whose second factor gets no gradient."""

    def forward(self, a, b):
        self.b = b
        return a @ b

    def backward(self, dout):
        return dout @ self.b.T, None


def test_a_factor_of_a_matrix_product_is_no_exponent():
    rng = np.random.default_rng(0)
    report = check_layer(MatrixProduct(), rng.standard_normal((4, 5)), rng.standard_normal((5, 2)))
    assert [(finding.code, finding.array) for finding in report.findings] == [("not-computed", "dx2")]


@pytest.mark.exhaustive
def test_an_exponent_needs_no_gradient(check):
    text = TENSORS[: TENSORS.index("    class Join")] + POWER
    report = check(text.replace("OPERATION", "a.data ** b.data"))
    assert report.ok, report
    assert notes(report) == ["not-computed"]
    assert not check(text.replace("OPERATION", "a.data * b.data")).ok


COST = """
    import numpy as np

    def forward_propagation_n(X, Y, parameters):
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]
        A1 = np.tanh(W1 @ X + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / X.shape[1]
        return cost, (A1, W1, b1, A2, W2, b2)

    def backward_propagation_n(X, Y, cache):
        A1, W1, b1, A2, W2, b2 = cache
        m = X.shape[1]
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        return {
            "dW2": dZ2 @ A1.T / m,
            "db2": dZ2.sum(axis=1, keepdims=True) / m,
            "dW1": dZ1 @ X.T / m,
            "db1": FACTOR / m * dZ1.sum(axis=1, keepdims=True),
        }
"""


@pytest.mark.exhaustive
def test_the_targets_of_one_output_are_a_row_where_samples_are_columns(check):
    report = check(COST.replace("FACTOR", "1"))
    assert report.ok
    assert "(4, 5) and (1, 5)" in report.subject
    assert codes(check(COST.replace("FACTOR", "4"))) == ["constant-factor"]


SAVING = """
    import numpy as np

    class Dense:
        def __init__(self, n_in, n_out):
            self.W, self.b = np.random.randn(n_in, n_out), np.zeros((1, n_out))

        def forward(self, x, remember):
            if remember:
                self.x = x
            return x @ self.W + self.b

        def backward(self, dout):
            self.dW = self.x.T @ dout
            return dout @ self.W.T
"""


def test_a_number_in_the_place_of_a_flag_has_no_gradient(check):
    report = check(SAVING)
    assert {result.name: result.ok for result in report.arrays} == {"dx": True, "dW": True, "db": False}


def test_a_loss_with_the_predictions_behind_it_gives_no_gradients(tmp_path):
    text = """
        import numpy as np

        def softmax_cost(out, y):
            eout = np.exp(out)
            probs = eout / eout.sum(axis=1, keepdims=True)
            return -np.log((y * probs).sum(axis=1)).mean(), probs
    """
    found, reports = check_text(tmp_path, text)
    assert (reports, found.problems) == ([], [])


@pytest.mark.exhaustive
def test_a_bias_gradient_without_the_first_axis_is_found_in_the_list_that_backward_returns(tmp_path):
    text = """
        import numpy as np

        class Affine:
            def __init__(self, n_in, n_out):
                self.W, self.b = np.random.randn(n_in, n_out), np.zeros((1, n_out))
                self.params = [self.W, self.b]

            def forward(self, x):
                self.x = x
                return x @ self.W + self.b

            def backward(self, dout):
                return dout @ self.W.T, [self.x.T @ dout, dout.sum(axis=0)]
    """
    _, (report,) = check_text(tmp_path, text)
    assert [(finding.code, finding.array) for finding in report.findings] == [("wrong-shape", "dparams[1]")]
