"""Networks that are given their loss, their layers or a whole network, and the backward that is given the loss."""

import pytest

from written import check_text

LAYERS = """
    import numpy as np

    class Layer:
        def __init__(self, n_in, n_out):
            self.w, self.b = 0.5 * np.random.randn(n_out, n_in), np.random.randn(n_out)

        def __call__(self, x):
            self.a = np.tanh(x @ self.w.T + self.b)
            return self.a
"""
CALLED = """
    class Net:
        def __init__(self, input_dim):
            self.layers, self.input_dim = [], input_dim

        def add_layer(self, n_neurons):
            self.layers.append(Layer(self.input_dim, n_neurons))
            self.input_dim = n_neurons

        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x

        def backward(self, x, y, dloss_fn):
            d = dloss_fn(self.forward(x), y)
            inputs = [x, *(layer.a for layer in self.layers)]
            for layer, before in zip(self.layers[::-1], inputs[-2::-1]):
                d = d * (1 - layer.a ** 2)
                layer.dw, layer.db = d.T @ before, d.sum(axis=0)
                d = d @ layer.w
"""
OBJECT = """
    import numpy as np

    class Net:
        def __init__(self):
            self.modules = []

        def add_module(self, module):
            self.modules.append(module)

        def forward(self, x):
            self.inputs = [x]
            for module in self.modules:
                self.inputs.append(module.forward(self.inputs[-1]))
            return self.inputs[-1]

        def backward(self, y_true, y_pred, loss_fn):
            delta = loss_fn.backward(y_true, y_pred)
            for module, x in zip(self.modules[::-1], self.inputs[-2::-1]):
                module.backward_update_gradient(x, delta)
                delta = module.backward_delta(x, delta)
"""
MODEL = """
    class Model:
        def __init__(self, net, loss, optimizer):
            self.net, self.loss, self.optimizer = net, loss, optimizer

        def forward(self, inputs):
            return self.net.forward(inputs)

        def backward(self, predictions, targets):
            loss = self.loss.loss(predictions, targets)
            self.net.backward(self.loss.grad(predictions, targets))
            return loss
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


@pytest.mark.exhaustive
def test_a_backward_may_be_given_the_derivative_of_the_loss(check):
    report = check(LAYERS + CALLED, "Net")
    assert report.ok
    assert names(report) == {f"layers[{place}].d{name}" for place in (0, 1) for name in "wb"}
    wrong = check(LAYERS + CALLED.replace("d.sum(axis=0)", "d.mean(axis=0)"), "Net")
    assert {finding.array for finding in wrong.findings} == {"layers[0].db", "layers[1].db"}


@pytest.mark.exhaustive
def test_a_backward_may_be_given_a_loss_with_the_target_first(check):
    report = check(OBJECT, "Net")
    assert report.ok
    assert names(report) == {"modules[0].dW", "modules[0].db"}


def test_a_model_may_be_given_a_network_and_a_loss_of_which_the_file_has_neither(check):
    report = check(MODEL, "Model")
    assert report.ok
    assert names(report) == {"net.dW", "net.db"}


@pytest.mark.exhaustive
def test_a_model_in_which_nothing_comes_out_right_is_not_accused(check):
    assert "may be right" in check(MODEL.replace("(predictions, targets))", "(predictions, targets) ** 3)"), "Model")


COURSE = """
    import numpy as np

    class Activation:
        def __call__(self, x):
            return self.forward(x)

    class Identity(Activation):
        def forward(self, x):
            return x

        def derivative(self):
            return 1.0

    class Sigmoid(Activation):
        def forward(self, x):
            self.state = 1 / (1 + np.exp(-x))
            return self.state

        def derivative(self):
            return self.state * (1 - self.state)

    class SoftmaxCrossEntropy:
        def __call__(self, x, y):
            e = np.exp(x - x.max(axis=1, keepdims=True))
            self.p, self.y = e / e.sum(axis=1, keepdims=True), y
            return -(y * np.log(self.p)).sum(axis=1)

        def derivative(self):
            return self.p - self.y

    class Net:
        def __init__(self, input_size, output_size, hiddens, activations, weight_init_fn, bias_init_fn, criterion, lr):
            sizes = [input_size] + hiddens + [output_size]
            self.W = [weight_init_fn(a, b) for a, b in zip(sizes, sizes[1:])]
            self.b = [bias_init_fn(b) for b in sizes[1:]]
            self.activations, self.criterion, self.lr = activations, criterion, lr

        def forward(self, x):
            self.seen = []
            for place in range(len(self.W)):
                self.seen.append(x)
                x = self.activations[place](x @ self.W[place] + self.b[place])
            self.output = x
            return x

        def backward(self, labels):
            self.criterion(self.output, labels)
            d = self.criterion.derivative() / len(labels)
            self.dW, self.db = [None] * len(self.W), [None] * len(self.W)
            for place in range(len(self.W))[::-1]:
                d = d * self.activations[place].derivative()
                self.dW[place], self.db[place] = self.seen[place].T @ d, d.sum(axis=0)
                d = d @ self.W[place].T
"""


@pytest.mark.exhaustive
def test_a_network_is_given_activations_for_its_layers_and_functions_that_draw_weights(check):
    report = check(COURSE, "Net")
    assert report.ok
    assert {"dW[0]", "db[0]"} <= names(report)
    wrong = check(COURSE.replace("d.sum(axis=0)", "d[0]"), "Net")
    assert {finding.array.partition("[")[0] for finding in wrong.findings} == {"db"}


def test_scores_whose_backward_has_the_softmax_are_compared_for_targets_that_add_up_to_one(check):
    text = """
    import numpy as np

    class Net:
        def __init__(self, n_in, n_out):
            self.W = np.random.randn(n_in, n_out)

        def forward(self, x):
            self.x = x
            return x @ self.W

        def backward(self, scores, y_true):
            e = np.exp(scores - scores.max(axis=1, keepdims=True))
            self.dW = self.x.T @ (e / e.sum(axis=1, keepdims=True) - y_true)
    """
    report = check(text, "Net")
    assert report.ok
    assert any("cross entropy of the softmax" in note.message for note in report.notes)
