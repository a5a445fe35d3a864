"""Layers that are right and were accused because of names, of what is usual, or of the precision of one number."""

import pytest

from gradients.measuring.parameters import gradient_names
from written import check_text


@pytest.fixture
def check(tmp_path):
    """Write a file and return the reports on it."""

    def run(text):
        return check_text(tmp_path, text)[1]

    return run


def codes(findings):
    return [finding.code for finding in findings if finding.code != "how-checked"]


@pytest.mark.parametrize("name", ["dLdGamma", "dL_dgamma", "dJ_dgamma", "dLoss_dgamma", "dlossdGamma", "dE_dgamma"])
def test_a_gradient_is_named_by_the_derivative_of_a_loss(name):
    assert name in gradient_names("gamma")


NORMALIZATION = """
    import numpy as np

    class LayerNorm:
        def __init__(self, size):
            self.gamma, self.beta = np.ones(size), np.zeros(size)
            self.slopes, self.gradients = {}, {}

        def forward(self, x):
            self.std = np.sqrt(x.var(-1, keepdims=True) + 1e-6)
            self.normal = (x - x.mean(-1, keepdims=True)) / self.std
            return self.gamma * self.normal + self.beta

        def backward(self, dLdY):
            self.gradients["dLdGamma"] = FACTOR * (dLdY * self.normal).sum(axis=(0, 1))
            self.gradients["dLdBeta"] = dLdY.sum(axis=(0, 1))
            d = dLdY * self.gamma
            mean = d.mean(-1, keepdims=True) + self.normal * (d * self.normal).mean(-1, keepdims=True)
            self.gradients["dLdX"] = (d - mean) / self.std
            return self.gradients["dLdX"]
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("factor", "found"), [("1", []), ("3", ["constant-factor"])])
def test_gradients_in_a_dictionary_are_known_by_those_names(check, factor, found):
    (report,) = check(NORMALIZATION.replace("FACTOR", factor))
    assert codes(report.findings) == found
    assert {"dgamma", "dbeta"} <= {array.name for array in report.arrays}


FIRST = """
    import numpy as np

    class NAME:
        def __init__(self, features, hidden):
            self.W, self.b = np.random.rand(features, hidden), np.zeros(hidden)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, dout):
            self.dW, self.db = self.x.T @ dout, BIAS
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "bias", "found"),
    [
        ("InputLayer", "dout.sum(0)", []),
        ("FirstLayer", "dout.sum(0)", []),
        ("HiddenLayer", "dout.sum(0)", ["not-computed"]),
        ("InputLayer", "dout.mean(0)", ["extra-batch-average"]),
    ],
)
def test_the_first_layer_of_a_network_needs_no_gradient_of_the_data(check, name, bias, found):
    (report,) = check(FIRST.replace("NAME", name).replace("BIAS", bias))
    assert codes(report.findings) == found
    assert ("not-computed" in codes(report.notes)) == (name != "HiddenLayer")


VALUES = """
    import numpy as np

    class Tensor:
        def __init__(self, data, parents=()):
            self.data = np.array(data).astype(np.float32)
            self.grad = np.zeros(self.data.shape, np.float32)
            self.parents, self.pull = parents, lambda: None

        def __mul__(self, other):
            out = Tensor(self.data * other.data, (self, other))

            def pull():
                self.grad += other.data * out.grad
                other.grad += self.data * out.grad

            out.pull = pull
            return out

        def __neg__(self):
            out = Tensor(-self.data, (self,))

            def pull():
                self.grad -= FACTOR * out.grad

            out.pull = pull
            return out

        def sqrt(self):
            out = Tensor(np.sqrt(self.data), (self,))

            def pull():
                self.grad += FACTOR * 0.5 / out.data * out.grad

            out.pull = pull
            return out

        def backward(self):
            order, seen = [], set()

            def visit(v):
                if v not in seen:
                    seen.add(v)
                    for parent in v.parents:
                        visit(parent)
                    order.append(v)

            visit(self)
            self.grad = np.ones(self.data.shape)
            for v in reversed(order):
                v.pull()
"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize("factor", ["1", "1.1"])
def test_single_numbers_in_single_precision_are_known_to_be_so(check, factor):
    reports = check(VALUES.replace("FACTOR", factor))
    wrong = {report.subject.partition(" on ")[0] for report in reports if not report.ok}
    assert wrong == ({"Tensor, -a", "Tensor, a.sqrt()"} if factor != "1" else set())
    assert all("precision" in codes(report.notes) for report in reports if report.ok)


@pytest.mark.exhaustive
def test_several_outputs_one_of_which_is_as_large_as_an_input_are_named(check):
    (report,) = check(
        """
        class Swap:
            def forward(self, x0, x1):
                return 2 * x1, x0

            def backward(self, dout0, dout1):
                return dout0, 2 * dout1
        """
    )
    assert not report.ok
