"""Classes whose constructors want more than numbers are made of what the file has, and never accused for a guess."""

import pytest

from written import check_text

LAYERS = """
    import numpy as np

    class Dense:
        def __init__(self, n_in, n_out):
            self.W = np.random.randn(n_in, n_out) * 0.5
            self.b = np.zeros(n_out)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, dout):
            self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
            return dout @ self.W.T

    class Softmax:
        def forward(self, x):
            e = np.exp(x - x.max(axis=1, keepdims=True))
            self.y = e / e.sum(axis=1, keepdims=True)
            return self.y

        def backward(self, dout):
            return self.y * (dout - (dout * self.y).sum(axis=1, keepdims=True))
"""


@pytest.fixture
def check(tmp_path):
    """Check one class of a file."""

    def run(text, name):
        found, reports = check_text(tmp_path, text, name)
        return reports[0] if reports else found.problems[0]

    return run


def names(report):
    return {array.name for array in report.arrays}


def test_a_container_is_filled_with_layers_by_its_own_method(check):
    report = check(
        LAYERS
        + """
    class Sequential:
        def __init__(self):
            self.layers = []

        def add(self, layer):
            self.layers.append(layer)

        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, dout):
            for layer in reversed(self.layers):
                dout = layer.backward(dout)
            return dout
    """,
        "Sequential",
    )
    assert report.ok
    assert names(report) == {"dx", "layers[0].dW", "layers[0].db"}


NETWORK = """
    class Network:
        def __init__(self, stack):
            self.stack = stack

        def forward(self, x):
            for layer in self.stack:
                x = layer.forward(x)
            return x

        def backward(self, dout):
            for layer in self.stack[::-1]:
                dout = FACTOR * layer.backward(dout)
            return dout
"""


def test_a_container_gets_a_list_of_layers_where_it_runs_through_them(check):
    report = check(LAYERS + NETWORK.replace("FACTOR", "1"), "Network")
    assert report.ok
    assert "stack[0].dW" in names(report)


@pytest.mark.exhaustive
def test_a_container_of_layers_that_it_may_not_be_meant_for_is_not_accused(check):
    said = check(LAYERS + NETWORK.replace("FACTOR", "2"), "Network")
    assert "may not be what it takes" in said
    assert '--make "my_network()"' in said


def test_an_empty_container_is_not_judged(check):
    said = check(
        """
        class Net:
            def __init__(self):
                self.layers = []

            def add(self, layer):
                assert layer.is_mine
                self.layers.append(layer)

            def forward(self, x):
                for layer in self.layers:
                    x = layer.forward(x)
                return x

            def backward(self, dout):
                return 7 * dout
        """,
        "Net",
    )
    assert "none of the layers" in said


@pytest.mark.exhaustive
def test_a_network_that_is_compiled_with_a_loss_and_linked_is_taken(check):
    report = check(
        LAYERS
        + """
    class MeanSquaredLoss:
        def forward(self, y, t):
            return ((y - t) ** 2).mean()

        def backward(self, y, t):
            return 2 * (y - t) / y.size

    class Model:
        def __init__(self):
            self.layers = []

        def add(self, layer):
            self.layers.append(layer)

        def compile(self, *, loss, optimizer):
            self.loss, self.optimizer = loss, optimizer

        def finalize(self):
            for before, after in zip(self.layers, self.layers[1:]):
                before.next, after.prev = after, before

        def forward(self, X):
            for layer in self.layers:
                X = layer.forward(X)
            return X

        def backward(self, output, y):
            dout = self.loss.backward(output, y)
            for layer in reversed(self.layers):
                dout = layer.backward(dout)
    """,
        "Model",
    )
    assert report.ok
    assert names(report) >= {"layers[0].dW", "layers[0].db"}


POOL = """
    import numpy as np

    class Pooling:
        def __init__(self, window):
            self.window = window

        def forward(self, x):
            h, w = self.window
            n, c, H, W = x.shape
            self.shape = x.shape
            return x.reshape(n, c, H // h, h, W // w, w).mean(axis=(3, 5))

        def backward(self, dout):
            h, w = self.window
            return np.repeat(np.repeat(dout, h, axis=2), w, axis=3) / FACTOR
"""


@pytest.mark.exhaustive
def test_an_argument_that_is_unpacked_is_given_a_tuple(check):
    assert check(POOL.replace("FACTOR", "(h * w)"), "Pooling").ok
    wrong = check(POOL.replace("FACTOR", "h"), "Pooling")
    assert [finding.code for finding in wrong.findings] == ["constant-factor"]


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "chosen",
    [
        'self.f = {"swell": np.sinh, "bend": np.arctan}[kind]',
        'assert kind == "swell"; self.f = np.sinh',
        "self.f = TABLE[kind]",
    ],
)
def test_an_argument_that_is_a_word_is_one_that_the_class_knows(check, chosen):
    report = check(
        f"""
        import numpy as np

        TABLE = {{"swell": np.sinh}}

        class Curve:
            def __init__(self, kind):
                {chosen}

            def forward(self, x):
                self.x = x
                return self.f(x)

            def backward(self, dout):
                return dout * np.cosh(self.x)
        """,
        "Curve",
    )
    assert report.ok


def test_rows_that_describe_layers_are_sizes_that_follow_each_other(check):
    report = check(
        """
        import numpy as np

        class Net:
            def __init__(self, plan):
                self.W, self.dW = [], []
                for fan_in, fan_out, act in plan:
                    assert isinstance(act, str)
                    self.W.append(np.random.randn(fan_in, fan_out))

            def forward(self, x):
                self.kept = []
                for W in self.W:
                    self.kept.append(x)
                    x = np.tanh(x @ W)
                self.out = x
                return x

            def backward(self, dout):
                self.dW, y = [], self.out
                for x, W in zip(self.kept[::-1], self.W[::-1]):
                    d = dout * (1 - y**2)
                    self.dW.insert(0, x.T @ d)
                    dout, y = d @ W.T, x
                return dout
        """,
        "Net",
    )
    assert report.ok
    assert names(report) == {"dx", "dW[0]", "dW[1]"}


@pytest.mark.exhaustive
def test_sizes_of_hidden_layers_are_a_list_where_they_are_added_to_lists(check):
    report = check(
        LAYERS
        + """
    class MLP:
        def __init__(self, n_inputs, n_hidden, n_classes):
            sizes = [n_inputs] + n_hidden + [n_classes]
            self.layers = [Dense(a, b) for a, b in zip(sizes[:-1], sizes[1:])]

        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, dout):
            for layer in self.layers[::-1]:
                dout = layer.backward(dout)
            return dout
    """,
        "MLP",
    )
    assert report.ok
    assert "layers[2].dW" in names(report)


SELF_TAUGHT = """
    import copy
    import numpy as np

    class Layer:
        def set_input_shape(self, shape):
            self.input_shape = shape

    class Dense(Layer):
        def __init__(self, n_units, input_shape=None):
            self.n_units, self.input_shape, self.W = n_units, input_shape, None

        def initialize(self, optimizer):
            self.W = np.random.randn(self.input_shape[0], self.n_units)
            self.b = np.START((1, self.n_units))
            self.W_opt, self.b_opt = copy.copy(optimizer), copy.copy(optimizer)

        def forward_pass(self, X, training=True):
            self.x = X
            return X @ self.W + self.b

        def backward_pass(self, accum_grad):
            W = self.W
            self.W = self.W_opt.update(self.W, GRAD_W)
            self.b = self.b_opt.update(self.b, accum_grad.sum(axis=0, keepdims=True))
            return accum_grad @ W.T
"""


@pytest.mark.exhaustive
def test_a_layer_that_is_told_its_shape_and_gets_an_optimizer_is_taken(check):
    layer = SELF_TAUGHT.replace("START", "ones")
    report = check(layer.replace("GRAD_W", "self.x.T @ accum_grad"), "Dense")
    assert report.ok
    assert names(report) == {"dx", "dW", "db"}
    wrong = check(layer.replace("GRAD_W", "self.x.T @ accum_grad / len(self.x)"), "Dense")
    assert [(finding.code, finding.array) for finding in wrong.findings] == [("extra-batch-average", "dW")]


@pytest.mark.exhaustive
def test_an_optimizer_of_another_kind_is_not_held_against_a_layer(check):
    other = SELF_TAUGHT.replace("START", "zeros").replace("GRAD_W", "self.x.T @ accum_grad")
    for letter in "Wb":
        other = other.replace(
            f"self.{letter} = self.{letter}_opt.update(", f"self.{letter} += self.{letter}_opt.update("
        )
    assert "may not be what it takes" in check(other, "Dense")


def test_an_initializer_draws_the_shapes_that_it_is_asked_for(check):
    report = check(
        """
        import numpy as np

        class Linear:
            def __init__(self, n_in, n_out, initializer_W, init_b):
                self.W = initializer_W.new_matrix((n_in, n_out))
                self.b = init_b(n_out)

            def forward(self, x):
                self.x = x
                return x @ self.W + self.b

            def backward(self, dout):
                self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
                return dout @ self.W.T
        """,
        "Linear",
    )
    assert report.ok
    assert names(report) == {"dx", "dW", "db"}


def test_arguments_that_are_handed_on_to_a_base_are_read_there(check):
    report = check(
        """
        import numpy as np

        class Base:
            def __init__(self, start):
                self.c, self.h = start

        class Line(Base):
            def __init__(self, begin):
                super().__init__(begin)

            def forward(self, x):
                return self.c * x + self.h

            def backward(self, dout):
                return self.c * dout
        """,
        "Line",
    )
    assert report.ok


CLASSIFIER = """
    import numpy as np

    class Classifier:
        def __init__(self, n_in, n_out):
            self.W = np.random.randn(n_in, n_out)
            self.lam = 0.1

        def forward(self, X):
            e = np.exp(X @ self.W)
            return e / e.sum(axis=1, keepdims=True)

        def backward(self, X, y_pred, labels):
            d = y_pred.copy()
            d[np.arange(len(labels)), labels] -= 1
            self.dW = X.T @ d / len(labels) + self.lam * self.W
"""


def test_labels_may_be_whole_numbers_and_a_penalty_that_the_object_holds_is_left_out(check):
    report = check(CLASSIFIER, "Classifier")
    assert report.ok
    assert any("self.lam=0" in note.message for note in report.notes)
    assert names(report) == {"dW"}


def test_layers_that_know_their_neighbours_are_looked_through_once(check):
    report = check(
        LAYERS
        + """
    class Pair:
        def __init__(self):
            self.layers = [Dense(4, 3), Dense(3, 2)]
            self.layers[0].next, self.layers[1].prev = self.layers[1], self.layers[0]

        def forward(self, x):
            return self.layers[1].forward(self.layers[0].forward(x))

        def backward(self, dout):
            return self.layers[0].backward(self.layers[1].backward(dout))
    """,
        "Pair",
    )
    assert report.ok
    assert names(report) == {"dx", "layers[0].dW", "layers[0].db", "layers[1].dW", "layers[1].db"}
