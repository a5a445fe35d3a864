"""Functions as the exercises of courses want them: all parameters in one vector, words, symbols, tensors."""

import pytest

from written import check_text


@pytest.fixture
def check(tmp_path):
    """Write a file and check it."""

    def run(text):
        return check_text(tmp_path, text)

    return run


def codes(reports):
    return [finding.code for report in reports for finding in report.findings]


SOFTMAX_COST = """
    import numpy as np

    def softmax_cost(theta, num_classes, input_size, lambda_, data, labels):
        theta = theta.reshape(num_classes, input_size)
        scores = theta @ data
        p = np.exp(scores - scores.max(axis=0))
        p /= p.sum(axis=0)
        truth = np.eye(num_classes)[labels].T
        m = data.shape[1]
        cost = -np.sum(truth * np.log(p)) / m + lambda_ / 2 * np.sum(theta**2)
        grad = (p - truth) @ data.T / m + DECAY
        return cost, grad.ravel()
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("decay", "found"), [("lambda_ * theta", []), ("2 * lambda_ * theta", ["weight-decay"])])
def test_a_cost_takes_its_parameters_in_a_vector_as_long_as_the_sizes_say(check, decay, found):
    _, reports = check(SOFTMAX_COST.replace("DECAY", decay))
    assert len(reports) == 1
    assert bool(codes(reports)) == bool(found)


AUTOENCODER = """
    import numpy as np

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def sparse_cost(theta, visible_size, hidden_size, lamda, sparsity_param, beta, data):
        v, h, m = visible_size, hidden_size, data.shape[1]
        W1, W2 = theta[: h * v].reshape(h, v), theta[h * v : 2 * h * v].reshape(v, h)
        b1, b2 = theta[2 * h * v : 2 * h * v + h].reshape(h, 1), theta[2 * h * v + h :].reshape(v, 1)
        a = sigmoid(W1 @ data + b1)
        y = sigmoid(W2 @ a + b2)
        rho, mean = sparsity_param, a.mean(axis=1, keepdims=True)
        divergence = rho * np.log(rho / mean) + (1 - rho) * np.log((1 - rho) / (1 - mean))
        cost = np.sum((y - data) ** 2) / (2 * m) + lamda / 2 * (np.sum(W1**2) + np.sum(W2**2)) + beta * divergence.sum()
        d2 = (y - data) * y * (1 - y)
        d1 = (W2.T @ d2 + SPARSITY) * a * (1 - a)
        parts = d1 @ data.T / m + lamda * W1, d2 @ a.T / m + lamda * W2, d1.mean(axis=1), d2.mean(axis=1)
        return cost, np.concatenate([part.ravel() for part in parts])
"""


@pytest.mark.exhaustive
def test_the_sizes_of_an_autoencoder_are_those_of_its_data(check):
    _, reports = check(AUTOENCODER.replace("SPARSITY", "beta * ((1 - rho) / (1 - mean) - rho / mean)"))
    assert [report.ok for report in reports] == [True]
    _, reports = check(AUTOENCODER.replace("SPARSITY", "beta * (1 - rho) / (1 - mean)"))
    assert [report.ok for report in reports] == [False]


BOTH_WAYS = """
    import numpy as np

    def forward_backward_prop(X, labels, params, dimensions):
        n, h, k = dimensions
        W1, b1 = params[: n * h].reshape(n, h), params[n * h : n * h + h]
        W2, b2 = params[n * h + h : n * h + h + h * k].reshape(h, k), params[n * h + h + h * k :]
        a = np.tanh(X @ W1 + b1)
        scores = a @ W2 + b2
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        cost = -np.sum(labels * np.log(p))
        d2 = p - labels
        d1 = d2 @ W2.T * DERIVATIVE
        return cost, np.concatenate([(X.T @ d1).ravel(), d1.sum(axis=0), (a.T @ d2).ravel(), d2.sum(axis=0)])
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("derivative", "ok"), [("(1 - a**2)", True), ("(1 - a)", False)])
def test_a_function_that_goes_both_ways_gives_a_loss_and_the_gradient_of_the_vector(check, derivative, ok):
    _, reports = check(BOTH_WAYS.replace("DERIVATIVE", derivative))
    assert [report.ok for report in reports] == [ok]


WORDS = """
    import numpy as np

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def neg_sampling_loss_and_gradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
        negative = []
        while len(negative) < K:
            word = dataset.sampleTokenIdx()
            negative += [word] if word != outsideWordIdx else []
        u, n = outsideVectors[outsideWordIdx], outsideVectors[negative]
        loss = -np.log(sigmoid(u @ centerWordVec)) - np.log(sigmoid(-n @ centerWordVec)).sum()
        right, wrong = sigmoid(u @ centerWordVec) - 1, sigmoid(n @ centerWordVec)
        gradOutside = np.zeros_like(outsideVectors)
        ADD
        gradOutside[outsideWordIdx] += right * centerWordVec
        return loss, right * u + wrong @ n, gradOutside
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("add", "ok"),
    [
        ("np.add.at(gradOutside, negative, np.outer(wrong, centerWordVec))", True),
        ("gradOutside[negative] += np.outer(wrong, centerWordVec)", False),
    ],
)
def test_a_word_that_is_drawn_several_times_must_be_counted_as_often(check, add, ok):
    _, reports = check(WORDS.replace("ADD", add))
    assert [report.ok for report in reports] == [ok]


SYMBOLS = """
    import numpy as np

    def rnn_forward(X, Y, a0, parameters, vocab_size=7):
        Waa, Wax, Wya = parameters["Waa"], parameters["Wax"], parameters["Wya"]
        a, y, x, loss = {-1: np.copy(a0)}, {}, {}, 0
        for t in range(len(X)):
            x[t] = np.zeros((vocab_size, 1))
            if X[t] != None:
                x[t][X[t]] = 1
            a[t] = np.tanh(Wax @ x[t] + Waa @ a[t - 1] + parameters["b"])
            scores = Wya @ a[t] + parameters["by"]
            y[t] = np.exp(scores) / np.exp(scores).sum()
            loss -= np.log(y[t][Y[t], 0])
        return loss, (y, a, x)

    def rnn_backward(X, Y, parameters, cache):
        y, a, x = cache
        grads = {"d" + name: np.zeros_like(value) for name, value in parameters.items()}
        da_next = np.zeros_like(a[0])
        for t in reversed(range(len(X))):
            dy = np.copy(y[t])
            dy[Y[t]] -= 1
            grads["dWya"] += dy @ a[t].T
            grads["dby"] += dy
            dz = (1 - a[t] ** 2) * (parameters["Wya"].T @ dy + NEXT)
            grads["db"] += dz
            grads["dWax"] += dz @ x[t].T
            grads["dWaa"] += dz @ a[t - 1].T
            da_next = parameters["Waa"].T @ dz
        return grads, a
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("later", "ok"), [("da_next", True), ("0 * da_next", False)])
def test_a_recurrent_network_reads_as_many_symbols_as_its_vocabulary_has(check, later, ok):
    _, reports = check(SYMBOLS.replace("NEXT", later))
    assert [report.ok for report in reports] == [ok]
    assert len(reports[0].arrays) == 6


NUMBERED = """
    import numpy as np

    def one_hot(Y):
        made = np.zeros((Y.size, Y.max() + 1))
        made[np.arange(Y.size), Y] = 1
        return made.T

    def forward_prop(W1, b1, W2, b2, X):
        Z1 = W1.dot(X) + b1
        A1 = np.maximum(Z1, 0)
        Z2 = W2.dot(A1) + b2
        A2 = np.exp(Z2) / np.exp(Z2).sum(axis=0)
        return Z1, A1, Z2, A2

    def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
        m = Y.size
        dZ2 = A2 - one_hot(Y)
        dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
        db2 = SUM / m
        return dZ1.dot(X.T) / m, dZ1.sum(axis=1, keepdims=True) / m, dZ2.dot(A1.T) / m, db2
"""


@pytest.mark.exhaustive
def test_weights_that_are_given_one_by_one_go_together_and_labels_may_be_numbers(check):
    _, reports = check(NUMBERED.replace("SUM", "dZ2.sum(axis=1, keepdims=True)"))
    assert [report.ok for report in reports] == [True]
    _, reports = check(NUMBERED.replace("SUM", "np.sum(dZ2)"))
    assert codes(reports) == ["wrong-shape"]


COST_IN_COLUMNS = """
    import numpy as np

    def forward_propagation_n(X, Y, parameters):
        W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
        A1 = np.tanh(np.dot(parameters["W1"], X) + parameters["b1"])
        A2 = 1 / (1 + np.exp(-np.dot(parameters["W2"], A1) - parameters["b2"]))
        cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / X.shape[1]
        return cost, (A1, A2, W2)

    def backward_propagation_n(X, Y, cache):
        A1, A2, W2 = cache
        m = X.shape[1]
        dZ2 = A2 - Y
        dZ1 = np.dot(W2.T, dZ2) * (1 - A1**2)
        return {
            "dW2": np.dot(dZ2, A1.T) / m,
            "db2": dZ2.sum(axis=1, keepdims=True) / m,
            "dW1": np.dot(dZ1, X.T) / m,
            "db1": FOUR / m * dZ1.sum(axis=1, keepdims=True),
        }
"""


@pytest.mark.exhaustive
def test_targets_in_columns_have_the_shape_of_the_output(check):
    _, reports = check(COST_IN_COLUMNS.replace("FOUR", "1"))
    assert [report.ok for report in reports] == [True]
    _, reports = check(COST_IN_COLUMNS.replace("FOUR", "4"))
    assert [(finding.code, finding.array) for finding in reports[0].findings] == [("constant-factor", "db1")]


@pytest.mark.exhaustive
def test_parameters_may_be_got_from_their_dictionary(check):
    text = COST_IN_COLUMNS.replace("FOUR", "1").replace("parameters[name]", "parameters.get(name)")
    for name in ("W1", "b1", "W2", "b2"):
        text = text.replace(f'parameters["{name}"]', f'parameters.get("{name}")')
    _, reports = check(text)
    assert [report.ok for report in reports] == [True]


def test_what_only_speaks_of_gradients_is_no_loss(check):
    found, reports = check(
        """
        import numpy as np

        def load_params_and_grads(seed=1):
            return np.ones((2, 3)), np.ones((2, 3))

        def train_loss(loss_func, W, X, y):
            return W, [loss_func(W, X, y)[0]]

        def add_aux_to_value_and_grad(fun):
            return fun, None
        """
    )
    assert reports == []
    assert found.problems == []


def test_an_exercise_that_nobody_has_done_yet_is_said_to_be_unfinished(check):
    found, reports = check(
        """
        import numpy as np

        def conv_forward(x, w, b, conv_param):
            out = None
            return out, (x, w, b, conv_param)

        def conv_backward(dout, cache):
            dx, dw, db = None, None, None
            return dx, dw, db
        """
    )
    assert reports == []
    assert found.left_out == {"conv_forward and conv_backward": "unfinished"}


def test_what_is_missing_is_said_where_other_shapes_would_have_come_so_far(check):
    found, _ = check(
        """
        import numpy as np
        from utilities_of_the_course import sigmoid

        def forward_propagation(X, parameters):
            Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
            A2 = sigmoid(np.dot(parameters["W2"], np.tanh(Z1)) + parameters["b2"])
            return A2, (Z1, A2)

        def backward_propagation(parameters, cache, X, Y):
            Z1, A2 = cache
            dW2 = np.dot(A2 - Y, np.tanh(Z1).T) / X.shape[1]
            return {"dW2": dW2}
        """
    )
    assert "sigmoid is needed, but utilities_of_the_course is not installed" in str(found.problems)


@pytest.mark.exhaustive
def test_the_derivative_by_one_of_two_numbers_is_not_accused_where_they_are_given_as_arrays(check):
    found, reports = check(
        """
        import numpy as np

        def forward_propagation(x, theta):
            return np.dot(theta, x)

        def backward_propagation(x, theta):
            return x
        """
    )
    assert codes(reports) == []
    assert len(reports) + len(found.problems) == 1


TENSORS = """
    import numpy as np

    class Tensor:
        def __init__(self, data, requires_grad=False, operation=None):
            self.data, self.requires_grad = np.array(data, float), requires_grad
            self.operation, self.grad = operation, None

        def backward(self, grad=None):
            grad = grad.data if isinstance(grad, Tensor) else np.ones_like(self.data) if grad is None else grad
            self.grad = grad if self.grad is None else self.grad + grad
            if self.operation is not None:
                self.operation.backward(grad)

    class Reshape:
        def forward(self, a, shape):
            self.a = a
            return Tensor(a.data.reshape(shape), a.requires_grad, self)

        def backward(self, dz):
            self.a.backward(dz.reshape(self.a.data.shape))

    class Transpose:
        def forward(self, a, *dims):
            self.a, self.dims = a, dims
            return Tensor(a.data.swapaxes(*dims), a.requires_grad, self)

        def backward(self, dz):
            self.a.backward(BACK)
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("back", "ok"), [("dz.swapaxes(*self.dims)", True), ("dz", False)])
def test_a_shape_and_axes_stay_numbers_beside_somebody_s_tensors(check, back, ok):
    _, reports = check(TENSORS.replace("BACK", back))
    assert [(report.subject.split()[0], report.ok) for report in reports] == [("Reshape", True), ("Transpose", ok)]
