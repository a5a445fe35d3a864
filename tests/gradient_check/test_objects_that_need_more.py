"""Objects that need more than their constructors demand: values in place of None, a method to be called before."""

import textwrap

import numpy as np
import pytest

from gradients.homework.signatures import type_of
from written import check_text


@pytest.fixture
def check(tmp_path):
    """Check one class of a file."""

    def run(text, name):
        found, reports = check_text(tmp_path, "import numpy as np\n" + textwrap.dedent(text), name)
        return reports[0] if reports else found.problems[0]

    return run


def names(report):
    return {array.name for array in report.arrays}


BODY = """
        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, dout):
            self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
            return dout @ self.W.T
"""


def test_weights_that_may_be_left_out_are_given_where_nothing_works_without_them(check):
    report = check(
        """
    class Dense:
        def __init__(self, W=None, b=None, name=None):
            self.W, self.b = W, b
    """
        + BODY,
        "Dense",
    )
    assert report.ok
    assert {"dW", "db"} <= names(report)


CONNECTED = """
    class Dense:
        def __init__(self, n_out, n_in=None):
            self.n_out, self.n_in, self.W, self.b = n_out, n_in, None, None

        def attach_to(self, before=None):
            n_in = self.n_in if before is None else before.n_out
            self.W, self.b = np.random.randn(n_in, self.n_out), np.zeros(self.n_out)
"""


def test_a_method_that_sets_the_weights_is_called_whatever_its_name(check):
    report = check(CONNECTED + BODY, "Dense")
    assert report.ok
    assert {"dW", "db"} <= names(report)


@pytest.mark.exhaustive
def test_what_is_wrong_beside_what_is_right_is_said_of_such_an_object_too(check):
    report = check(CONNECTED + BODY.replace("dout.sum(axis=0)", "dout.mean(axis=0)"), "Dense")
    assert {finding.code for finding in report.findings} == {"extra-batch-average"}


@pytest.mark.exhaustive
def test_an_object_that_needed_more_is_not_accused_where_nothing_is_right(check):
    wrong = BODY.replace("self.x.T @ dout, dout.sum(axis=0)", "self.x.T @ dout ** 3, dout.sum(axis=0) ** 3")
    said = check(CONNECTED + wrong.replace("dout @ self.W.T", "dout ** 3 @ self.W.T"), "Dense")
    assert "It may be right" in said


def test_a_constructor_that_takes_the_arguments_of_its_base_gets_them(check):
    report = check(
        """
    class Base:
        def __init__(self, n_in, n_out, name="base"):
            self.W, self.b = np.random.randn(n_in, n_out), np.zeros(n_out)

    class Dense(Base):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
    """
        + BODY,
        "Dense",
    )
    assert report.ok


def test_an_argument_that_is_said_to_be_a_whole_number_gets_one(check):
    report = check(
        """
    class Bias:
        def __init__(self, dims: int, shape_out: int):
            self.b = np.zeros((1, dims)) + np.zeros(shape_out)[0]

        def forward(self, x):
            return x + self.b

        def backward(self, dout):
            self.db = dout.sum(axis=0, keepdims=True)
            return dout
    """,
        "Bias",
    )
    assert report.ok
    assert "db" in names(report)


@pytest.mark.exhaustive
def test_a_network_for_one_kind_of_data_gets_as_many_features(check):
    report = check(
        """
    class Network:
        def __init__(self):
            self.W, self.b = 0.1 * np.random.randn(300, 7), np.zeros(7)
    """
        + BODY,
        "Network",
    )
    assert report.ok
    assert "(5, 300)" in report.subject


@pytest.mark.parametrize(
    ("written", "types"),
    [
        ("int", (int,)),
        ("Optional[np.float64]", ()),
        ("Optional[np.ndarray]", (np.ndarray,)),
        ("List[int]", (list,)),
        ("int | str", ()),
        ("Layer", ()),
    ],
)
def test_a_type_is_read_as_it_is_written(written, types):
    assert type_of(written) == types


def test_what_the_likeliest_layers_raised_is_said_where_none_suits(check):
    said = check(
        """
    class Sequence:
        def __init__(self, layers):
            self.layers = layers

        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, dout):
            for layer in reversed(self.layers):
                dout = layer.backward(dout, layer.of_my_own)
            return dout
    """,
        "Sequence",
    )
    assert "it raised AttributeError" in said
    assert "of_my_own" in said


def test_what_a_missing_name_is_made_of_is_said_where_it_is_not_there(check):
    said = check(
        """
    class Scale:
        def forward(self, x):
            return x * DATA.mean()

        def backward(self, dout):
            return dout * DATA.mean()

    if __name__ == "__main__":
        DATA = np.load("nowhere.npz")
    """,
        "Scale",
    )
    assert said.startswith("Scale needs DATA, and what gives it its value raised FileNotFoundError")


def test_a_learning_rate_and_targets_may_bear_names_of_other_languages(check):
    report = check(
        """
    class Red:
        def __init__(self, n_in: int, n_out: int):
            self.pesos, self.sesgos = np.random.randn(n_in, n_out), np.zeros(n_out)

        def forward(self, x):
            self.x, self.y = x, x @ self.pesos + self.sesgos
            return self.y

        def backward(self, esperado, tasa_aprendizaje):
            error = esperado - self.y
            self.pesos += tasa_aprendizaje * self.x.T @ error
            self.sesgos += tasa_aprendizaje * error.sum(axis=0)
    """,
        "Red",
    )
    assert report.ok
    assert len(report.arrays) == 2


def test_a_line_that_is_still_to_be_written_is_named(check):
    said = check(
        """
    class Loss:
        def forward(self, y, t):
            output = None  # TODO
            self.y, self.t = y, t
            return np.mean(output)

        def backward(self):
            return self.y - self.t
    """,
        "Loss",
    )
    assert said == "Loss: left out, it is unfinished: output is only ever None in forward"


def test_the_method_that_sets_what_is_missing_is_named(check):
    said = check(
        """
    class Dense:
        def attach(self, frame):
            self.W = np.ones(frame.sizes)

        def forward(self, x):
            self.x = x
            return x @ self.W

        def backward(self, dout):
            self.dW = self.x.T @ dout
            return dout @ self.W.T
    """,
        "Dense",
    )
    assert "attach sets W: write a function that makes an object and calls it" in said


def test_weights_with_an_axis_for_the_samples_are_not_given_inputs_without_one(check):
    report = check(
        """
    class Dense:
        def __init__(self, in_shape, out_shape):
            self.W = np.random.randn(1, out_shape, in_shape)

        def forward(self, x):
            self.x = x
            return np.matmul(self.W, x)

        def backward(self, delta):
            self.dW = np.matmul(delta, self.x.transpose(0, 2, 1)).sum(axis=0, keepdims=True)
            return np.matmul(self.W.transpose(0, 2, 1), delta)
    """,
        "Dense",
    )
    assert report.ok
    assert "dW" in names(report)
