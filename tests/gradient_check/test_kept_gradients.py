"""Networks that return their loss and keep all gradients at once, and sizes that are chosen by functions or by hand."""

import pytest

from written import check_text


@pytest.fixture
def check(tmp_path):
    """Check one class of a file."""

    def run(text, name):
        found, reports = check_text(tmp_path, text, name)
        return reports[0] if reports else found.problems[0]

    return run


NETWORK = """
    import numpy as np

    class Param:
        def __init__(self, value):
            self.value, self.grad = value, np.zeros_like(value)

    class Dense:
        def __init__(self, n_input, n_output):
            self.W, self.B = Param(0.5 * np.random.randn(n_input, n_output)), Param(np.random.randn(1, n_output))

        def forward(self, X):
            self.X = X
            return X @ self.W.value + self.B.value

        def backward(self, d_out):
            self.W.grad += self.X.T @ d_out
            self.B.grad += d_out.sum(axis=0, keepdims=True)
            return d_out @ self.W.value.T

    class Net:
        def __init__(self, n_input, n_output, hidden_layer_size, reg=0.1):
            self.layers, self.reg = [Dense(n_input, hidden_layer_size), Dense(hidden_layer_size, n_output)], reg

        def compute_loss_and_gradients(self, X, y):
            for layer in self.layers:
                layer.W.grad, layer.B.grad = 0 * layer.W.value, 0 * layer.B.value
            for layer in self.layers:
                X = layer.forward(X)
            p = np.exp(X - X.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            loss = -np.log(p[np.arange(len(y)), y]).mean()
            p[np.arange(len(y)), y] -= 1
            d = p / len(y)
            for layer in self.layers[::-1]:
                d = layer.backward(d)
            for layer in self.layers:
                loss += self.reg * np.sum(layer.W.value ** 2)
                layer.W.grad += 2 * self.reg * layer.W.value
            return loss
"""


@pytest.mark.exhaustive
def test_a_network_that_keeps_its_gradients_and_returns_the_loss_is_checked(check):
    report = check(NETWORK, "Net")
    assert report.ok
    assert [r.name for r in report.arrays] == ["layers[0].dW", "layers[0].dB", "layers[1].dW", "layers[1].dB"]
    wrong = check(NETWORK.replace("2 * self.reg * layer.W", "self.reg * layer.W"), "Net")
    assert {f.array for f in wrong.findings} == {"layers[0].dW", "layers[1].dW"}


INITIALIZED = """
    import numpy as np

    class Linear:
        def __init__(self, in_feature, out_feature, weight_init_fn, bias_init_fn):
            self.W, self.b = weight_init_fn(in_feature, out_feature), bias_init_fn(out_feature)
            self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, delta):
            self.dW, self.db = self.x.T @ delta / len(delta), DB
            return delta @ self.W.T
"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize("db", ["delta.mean(axis=0, keepdims=True)", "delta.mean(axis=0)"])
def test_a_function_that_draws_the_bias_may_draw_a_row(check, db):
    report = check(INITIALIZED.replace("DB", db), "Linear")
    assert report.ok
    assert {note.code for note in report.notes} == {"extra-batch-average"}


@pytest.mark.exhaustive
def test_of_a_bias_of_the_wrong_shape_under_every_reading_that_is_said(check):
    report = check(INITIALIZED.replace("DB", "delta.sum(axis=1)"), "Linear")
    assert not report.ok


TEN = """
    import numpy as np

    class Net:
        def __init__(self, input_size, output_size):
            self.params = {"W": 0.5 * np.random.randn(input_size, output_size)}

        def scores(self, x):
            e = np.exp(x @ self.params["W"])
            return e / e.sum(axis=1, keepdims=True)

        def loss(self, x, t):
            return -np.log(self.scores(x)[np.arange(len(t)), t]).mean()

        def gradient(self, x, t):
            return {"W": x.T @ (self.scores(x) - np.eye(CLASSES)[t]) / len(t)}
"""


@pytest.mark.exhaustive
def test_a_network_for_ten_classes_is_not_accused_because_it_was_made_for_three(check):
    assert "broadcast" in check(TEN.replace("CLASSES", "10"), "Net")
    assert check(TEN.replace("CLASSES", 'self.params["W"].shape[1]'), "Net").ok
