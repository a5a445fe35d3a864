"""Files as people write them are called as they are meant, and what is unclear is said."""

import sys
import textwrap

import pytest

from gradients.apart.checking import FileCheck
from gradients.homework.preparing import Options
from gradients.homework.source import read_source


@pytest.fixture
def check(tmp_path):
    """Write files into a folder and check the last one."""

    def run(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        found = FileCheck(read_source(tmp_path / f"{name}.py"), None, Options(), timeout=300)
        return found, list(found.reports())

    return run


def names(report):
    return [array.name for array in report.arrays]


def codes(report):
    return [finding.code for finding in report.findings]


POOL = """
    import numpy as np

    def pool_forward(A_prev, hparameters, mode="max"):
        (m, n_H, n_W, n_C) = A_prev.shape
        f, stride = hparameters["f"], hparameters["stride"]
        h, w = 1 + (n_H - f) // stride, 1 + (n_W - f) // stride
        A = np.zeros((m, h, w, n_C))
        for i in range(h):
            for j in range(w):
                A[:, i, j] = A_prev[:, i * stride : i * stride + f, j * stride : j * stride + f].mean(axis=(1, 2))
        return A, (A_prev, hparameters)

    def pool_backward(dA, cache):
        A_prev, hparameters = cache
        f, stride = hparameters["f"], hparameters["stride"]
        dA_prev = np.zeros(A_prev.shape)
        for i in range(dA.shape[1]):
            for j in range(dA.shape[2]):
                window = dA_prev[:, i * stride : i * stride + f, j * stride : j * stride + f]
                window += FACTOR * dA[:, i, j][:, None, None]
        return dA_prev
"""


@pytest.mark.exhaustive
def test_how_a_shape_is_unpacked_and_what_a_dictionary_is_asked_for_say_what_goes_in(check):
    _, (right,) = check(pool=POOL.replace("FACTOR", "1 / (f * f)"))
    _, (wrong,) = check(pool=POOL.replace("FACTOR", "1 / f"))
    assert right.ok
    assert names(right) == ["dA_prev"]
    assert codes(wrong) == ["constant-factor"]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="lib2to3, which reads Python 2, is part of Python up to 3.12")
def test_a_neighbour_in_python_2_is_read_as_such(check):
    old = """
        def half(n):
            print 'half of', n
            return n / 2
    """
    new = """
        import numpy as np
        from old import half

        class Halves:
            def forward(self, x):
                self.shape = x.shape
                return x[:, :half(x.shape[1])] * 3

            def backward(self, dout):
                dx = np.zeros(self.shape)
                dx[:, :half(self.shape[1])] = 3 * dout
                return dx
    """
    found, (report,) = check(old=old, new=new)
    assert report.ok
    assert found.problems == []


def test_whole_numbers_that_are_divided_as_in_python_2_are_noted(check, tmp_path):
    text = """
        import numpy as np

        class Halves:
            def forward(self, x):
                self.half = x.shape[1] / 2
                return x[:, :self.half] * np.ones(self.half)

            def backward(self, dout):
                return np.concatenate([dout, np.zeros((len(dout), self.half))], axis=1)

        class Whole:
            def forward(self, x):
                return x * (len(x) / 2)

            def backward(self, dout):
                return dout * (len(dout) / 2)
    """
    _, (halves, whole) = check(old=text)
    assert halves.ok
    assert "as in Python 2" in str(halves)
    assert whole.ok
    assert "Python 2" not in str(whole)
    assert not (tmp_path / "__pycache__").exists()


@pytest.mark.exhaustive
def test_a_linear_classifier_that_gives_loss_and_gradient_is_taken(check):
    text = """
        import numpy as np

        def softmax_loss_naive(W, X, y, reg):
            dW = np.zeros_like(W)
            loss = 0.0
            for i in range(X.shape[0]):
                scores = X[i].dot(W)
                p = np.exp(scores - scores.max())
                p /= p.sum()
                loss -= np.log(p[y[i]])
                p[y[i]] -= 1
                dW += np.outer(X[i], p)
            return loss / len(X) + reg * np.sum(W * W), DW
    """
    _, (right,) = check(softmax=text.replace("DW", "dW / len(X) + 2 * reg * W"))
    _, (wrong,) = check(softmax=text.replace("DW", "dW / len(X) + reg * W"))
    assert right.ok
    assert names(right) == ["dW"]
    assert not wrong.ok


CELL = """
    import numpy as np

    def rnn_cell_forward(xt, a_prev, parameters):
        Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
        a_next = np.tanh(Waa.dot(a_prev) + Wax.dot(xt) + parameters["ba"])
        y = np.exp(Wya.dot(a_next) + parameters["by"])
        return a_next, y / y.sum(axis=0), (a_next, a_prev, xt, parameters)

    def rnn_cell_backward(da_next, cache):
        a_next, a_prev, xt, parameters = cache
        dz = (1 - a_next ** 2) * da_next
        return {
            "dxt": parameters["Wax"].T.dot(dz),
            "dWax": dz.dot(xt.T),
            "da_prev": parameters["Waa"].T.dot(dz),
            "dWaa": dz.dot(a_prev.T),
            "dba": DBA,
        }
"""


@pytest.mark.exhaustive
def test_a_recurrent_cell_with_a_dictionary_of_parameters_is_taken(check):
    _, (right,) = check(cell=CELL.replace("DBA", "dz.sum(axis=1, keepdims=True)"))
    _, (wrong,) = check(cell=CELL.replace("DBA", "dz.mean(axis=1, keepdims=True)"))
    assert right.ok
    assert names(right) == ["dxt", "da_prev", "dWax", "dWaa", "dba"]
    assert [array.name for array in wrong.arrays if not array.ok] == ["dba"]


@pytest.mark.exhaustive
def test_a_step_with_two_outputs_and_a_cache_gets_a_gradient_for_each(check):
    text = """
        import numpy as np

        def gate_forward(x, prev_h, prev_c):
            i = 1 / (1 + np.exp(-x))
            next_c = i * prev_c + prev_h
            next_h = np.tanh(next_c)
            return next_h, next_c, (i, prev_c, next_h)

        def gate_backward(dnext_h, dnext_c, cache):
            i, prev_c, next_h = cache
            dc = DC
            return dc * prev_c * i * (1 - i), dc, dc * i
    """
    _, (right,) = check(gate=text.replace("DC", "dnext_c + dnext_h * (1 - next_h ** 2)"))
    _, (wrong,) = check(gate=text.replace("DC", "dnext_h * (1 - next_h ** 2)"))
    assert right.ok
    assert names(right) == ["dx", "dprev_h", "dprev_c"]
    assert not wrong.ok


TENSORS = """
    import numpy as np

    class Tensor:
        def __init__(self, data, requires_grad=False):
            self.data = np.asarray(data, float)
            self.requires_grad, self.grad, self.made_by = requires_grad, None, None

        def backward(self, grad=None):
            grad = np.ones_like(self.data) if grad is None else grad.data
            self.grad = grad if self.grad is None else self.grad + grad
            if self.made_by:
                operation, parents = self.made_by
                for parent, part in zip(parents, operation.backward(Tensor(grad))):
                    parent.backward(part)

    class Function:
        def __call__(self, *tensors):
            out = self.forward(*tensors)
            out.made_by = self, tensors
            return out
"""
TIMES = """
    from tensors import Function, Tensor

    class Times(Function):
        def forward(self, a, b):
            assert isinstance(a, Tensor)
            self.a, self.b = a.data, b.data
            return Tensor(a.data * b.data)

        def backward(self, grad):
            return Tensor(grad.data * self.b), Tensor(grad.data * OTHER)
"""


@pytest.mark.exhaustive
def test_operations_on_tensors_of_ones_own_are_taken(check):
    _, (right,) = check(tensors=TENSORS, times=TIMES.replace("OTHER", "self.a"))
    _, (wrong,) = check(tensors=TENSORS, times=TIMES.replace("OTHER", "self.b"))
    assert right.ok
    assert names(right) == ["da", "db"]
    assert not wrong.ok


NETWORK = """
    import numpy as np

    class Net:
        def __init__(self, nx, nodes):
            self.__W1, self.__b1 = np.random.randn(nodes, nx), np.zeros((nodes, 1))
            self.__W2, self.__b2 = np.random.randn(1, nodes), np.zeros((1, 1))

        @property
        def W1(self):
            return self.__W1

        def forward_prop(self, X):
            A1 = 1 / (1 + np.exp(-(self.__W1 @ X + self.__b1)))
            return A1, 1 / (1 + np.exp(-(self.__W2 @ A1 + self.__b2)))

        def gradient_descent(self, X, Y, A1, A2, alpha=0.05):
            m = X.shape[1]
            dZ2 = A2 - Y
            dZ1 = self.__W2.T @ dZ2 * A1 * (1 - A1)
            self.__W2 = self.__W2 - alpha * dZ2 @ A1.T / m
            self.__b2 = self.__b2 - alpha * dZ2.sum(axis=1, keepdims=True) / m
            self.__W1 = self.__W1 - alpha * dZ1 @ X.T / m
            self.__b1 = self.__b1 - alpha * DB1
"""


@pytest.mark.exhaustive
def test_a_network_with_private_weights_that_descends_by_itself_is_taken(check):
    _, (right,) = check(net=NETWORK.replace("DB1", "dZ1.sum(axis=1, keepdims=True) / m"))
    _, (wrong,) = check(net=NETWORK.replace("DB1", "dZ1.sum(axis=1, keepdims=True)"))
    assert right.ok
    assert names(right) == ["d__W1", "d__b1", "d__W2", "d__b2"]
    assert "self.__W1" in str(right)
    assert [array.name for array in wrong.arrays if not array.ok] == ["d__b1"]


UNUSUAL = """
    import numpy as np

    class Net:
        def __init__(self):
            self.W1, self.W2 = np.random.randn(4, 6), np.random.randn(6, 3)

        def forward(self, X):
            self.h = np.tanh(X @ self.W1)
            self.out = self.h @ self.W2
            return self.out

        def backward(self, X, y, lr=0.1):
            d = np.sign(self.out - y) * np.abs(self.out - y) ** 1.7
            dh = d @ self.W2.T * (1 - self.h ** 2)
            self.W2 -= lr * self.h.T @ d
            self.W1 -= lr * X.T @ dh
"""


@pytest.mark.exhaustive
def test_a_network_whose_loss_nobody_knows_is_not_said_to_be_wrong_but_one_that_has_its_loss_is_checked(check):
    loss = "\n        def loss(self, X, y):\n            return (np.abs(self.forward(X) - y) ** 2.7).sum() / 2.7\n"
    found, reports = check(net=UNUSUAL)
    assert reports == []
    assert "give it a method loss(x, t)" in found.problems[0]
    _, (right,) = check(net=UNUSUAL + loss)
    _, (wrong,) = check(net=UNUSUAL.replace(" * (1 - self.h ** 2)", "") + loss)
    assert right.ok
    assert [array.name for array in wrong.arrays if not array.ok] == ["dW1"]


@pytest.mark.exhaustive
def test_a_bias_that_is_moved_by_every_sample_is_not_summed(check):
    text = """
        import numpy as np

        class Linear:
            def __init__(self, n_in, n_out):
                self.w, self.b = np.random.randn(n_in, n_out), np.random.randn(1, n_out)

            def forward(self, x):
                self.x = x
                return x @ self.w + self.b

            def backward(self, dout, lr=0.1):
                dx = dout @ self.w.T
                self.w = self.w - lr * self.x.T @ dout
                self.b = self.b - lr * dout
                return dx
    """
    _, (report,) = check(linear=text)
    assert [(finding.code, finding.array) for finding in report.findings] == [("not-summed", "db")]


def test_functions_belong_to_those_of_their_whole_name_first(check):
    text = """
        def scale_forward(x):
            return 2 * x

        def scale_activation_forward(x):
            return 3 * x

        def scale_activation_backward(dout):
            return 3 * dout

        def scale_backward(dout):
            return 2 * dout
    """
    _, reports = check(scale=text)
    assert [report.ok for report in reports] == [True, True]


@pytest.mark.exhaustive
def test_what_is_missing_is_said_and_tests_are_left_out(check):
    missing = """
        from somewhere import relu

        def dense_forward(x, w):
            return relu(x @ w), (x, w)

        def dense_backward(dout, cache):
            return dout
    """
    found, reports = check(dense=missing)
    assert reports == []
    assert "somewhere.relu is needed, but somewhere is not installed" in found.problems[0]
    tests = """
        def test_relu_forward():
            assert 0

        def test_relu_backward():
            assert 0
    """
    found, reports = check(test_relu=tests)
    assert (reports, found.problems) == ([], [])
    assert found.left_out == {"1 pair of functions": "tests of other code"}


@pytest.mark.exhaustive
def test_an_error_that_may_come_from_the_call_is_no_accusation(check):
    text = """
        class Odd:
            def forward(self, x):
                return 2 * x

            def backward(self, dout):
                return dout(2)
    """
    found, reports = check(odd=text)
    assert reports == []
    assert "It may be right" in found.problems[0]


def test_a_package_whose_own_file_fails_in_part_gives_what_is_left(tmp_path):
    package = tmp_path / "parts"
    package.mkdir()
    base = """
        from __future__ import annotations

        raise RuntimeError("no data here")

        class Base:
            def twice(self, x: Unknown) -> Unknown:
                return 2 * x
    """
    layer = """
        from parts import Base

        class Twice(Base):
            def forward(self, x):
                return self.twice(x)

            def backward(self, dout):
                return self.twice(dout)
    """
    for name, text in (("__init__", base), ("layer", layer)):
        (package / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    found = FileCheck(read_source(package / "layer.py"), None, Options(), timeout=300)
    assert [report.ok for report in found.reports()] == [True]


@pytest.mark.exhaustive
def test_a_saved_value_may_be_read_by_itself(check):
    text = """
        class Reciprocal:
            @staticmethod
            def forward(ctx, a):
                ctx.save_for_backward(a)
                return 1 / a

            @staticmethod
            def backward(ctx, d):
                READ
                return -d / a**2
    """
    for read in ("a = ctx.saved_values", "(a,) = ctx.saved_values", "a = ctx.saved_values[0]"):
        _, (report,) = check(reciprocal=text.replace("READ", read))
        assert report.ok, report


def test_a_part_of_a_missing_package_is_said_to_be_missing(check):
    text = """
        try:
            import nowhere.fast
        except ImportError:
            pass

        class Twice:
            def forward(self, x):
                return nowhere.fast.twice(x)

            def backward(self, dout):
                return 2 * dout
    """
    found, reports = check(twice=text)
    assert reports == []
    assert "Twice needs nowhere, which could not be imported" in found.problems[0]
