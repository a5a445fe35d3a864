"""Losses, activations and functions that follow a convention are not accused, and what is wrong in them is found."""

import textwrap

import pytest

from written import check_text


@pytest.fixture
def check(tmp_path):
    """Write a file and return its check, with the reports."""

    def run(*texts, strict=False):
        text = "\n".join(["import numpy as np", *map(textwrap.dedent, texts)])
        return check_text(tmp_path, text, strict=strict)

    return run


def variants(text, word, *values):
    """The text once for each value of a word in it, under names of their own."""
    names = ("One", "Two", "Three", "Four")
    return [text.replace("NAME", name).replace(word, value) for name, value in zip(names, values, strict=False)]


def codes(report):
    return [finding.code for finding in report.findings]


def noted(report):
    return [note.code for note in report.notes]


CRITERION = """
    class NAME:
        def forward(self, x, y):
            e = np.exp(x - x.max(axis=1, keepdims=True))
            self.p, self.y = e / e.sum(axis=1, keepdims=True), y
            return -(y * np.log(self.p)).sum(axis=1)

        def derivative(self):
            return GRADIENT
"""
ABSOLUTE = """
    class NAME:
        def forward(self, y_pred, y_true):
            return np.abs(y_true - y_pred).mean(axis=-1)

        def backward(self, dvalues, y_true):
            self.dinputs = np.sign(DIFFERENCE) / len(dvalues[0]) / len(dvalues)
"""
ELEMENTS = """
    def NAME(y_pred, y_true):
        return (y_pred - y_true) ** 2

    def NAME_grad(y_pred, y_true):
        return 2 * (y_pred - y_true)AVERAGE
"""


@pytest.mark.exhaustive
def test_a_loss_of_each_sample_whose_backward_takes_no_dout_is_compared_as_for_ones(check):
    _, (right, wrong) = check(*variants(CRITERION, "GRADIENT", "self.p - self.y", "self.y - self.p"))
    assert right.ok
    assert [array.name for array in right.arrays] == ["dx"]  # and no gradient of the labels
    assert any("a loss for each sample" in note.message for note in right.notes)
    assert codes(wrong) == ["sign-flipped"]


@pytest.mark.exhaustive
def test_of_the_losses_of_samples_that_total_is_meant_whose_size_fits(check):
    _, (right, wrong) = check(*variants(ABSOLUTE, "DIFFERENCE", "dvalues - y_true", "y_true - dvalues"))
    assert right.ok
    assert codes(wrong) == ["sign-flipped"]


@pytest.mark.exhaustive
def test_losses_of_elements_may_be_added_up_or_averaged(check):
    _, reports = check(*variants(ELEMENTS, "AVERAGE", "", " / y_pred.size", " / len(y_pred)", " * y_pred"))
    assert [report.ok for report in reports] == [True, True, True, False]


@pytest.mark.exhaustive
def test_a_loss_that_can_add_up_what_it_averages_may_have_the_gradient_of_the_sum(check):
    text = """
        class NAME:
            def forward(self, y_out, y_truth, reduction="mean"):
                result = (y_out - y_truth) ** 2
                return {"mean": result.mean, "sum": result.sum}[reduction]()

            def backward(self, y_out, y_truth):
                return FACTOR * (y_out - y_truth)
    """
    _, (right, wrong) = check(*variants(text, "FACTOR", "2", "3"))
    assert right.ok
    assert any('checked with reduction="sum"' in note.message for note in right.notes)
    assert codes(wrong) == ["missing-batch-average"]


SOFTMAX = """
    class NAME:
        def forward(self, x):
            e = np.exp(x - x.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)

        def backward(self, dout):
            COMMENT
            return dout
"""
CROSS_ENTROPY = """
    class NAMELoss:
        def forward(self, p, t):
            return -(t * np.log(p + 1e-8)).sum() / len(p)

        def backward(self, p, t):
            return GRADIENT
"""


@pytest.mark.exhaustive
def test_a_softmax_that_says_why_it_passes_dout_on_is_noted(check):
    comments = ("# combined with the cross entropy", '"""Done in the loss."""', "# 已集成在CrossEntropyWithSoftmax中")
    _, reports = check(*variants(SOFTMAX, "COMMENT", *comments))
    assert all(report.ok for report in reports)
    assert [noted(report) for report in reports] == 3 * [["combined"]]


@pytest.mark.exhaustive
def test_a_softmax_that_passes_dout_on_and_does_not_say_why_is_wrong(check):
    _, reports = check(*variants(SOFTMAX, "COMMENT", "pass", '"""dout: the gradient of the loss with respect to y."""'))
    for report in reports:
        assert codes(report) == ["missing-term"]
        assert "cross entropy that gives p - t" in report.findings[0].message
        assert report.findings[0].line == "return dout"


@pytest.mark.exhaustive
def test_a_softmax_that_passes_dout_on_is_right_with_the_loss_that_stands_below_it(check):
    both = SOFTMAX.replace("COMMENT", "pass") + CROSS_ENTROPY
    _, (softmax, loss) = check(both.replace("GRADIENT", "(p - t) / len(p)"))
    assert softmax.ok
    assert loss.ok
    assert "NAMELoss gives it" in softmax.notes[0].message


@pytest.mark.exhaustive
def test_a_softmax_that_passes_dout_on_is_wrong_with_a_loss_that_gives_the_gradient_of_the_probabilities(check):
    both = SOFTMAX.replace("COMMENT", "pass") + CROSS_ENTROPY
    _, (softmax, loss) = check(both.replace("GRADIENT", "-t / (p + 1e-8) / len(p)"))
    assert codes(softmax) == ["missing-term"]
    assert loss.ok
    assert noted(loss) == []


@pytest.mark.exhaustive
def test_a_loss_of_probabilities_that_gives_p_minus_t_is_noted(check):
    gradients = ("(p - t) / len(p)", "p - t", "(t - p) / len(p)")
    _, (right, not_averaged, flipped) = check(*variants(CROSS_ENTROPY, "GRADIENT", *gradients))
    assert right.ok
    assert noted(right) == ["combined"]
    assert "before the softmax" in right.notes[0].message
    assert codes(not_averaged) == ["missing-batch-average"]
    assert not flipped.ok


@pytest.mark.exhaustive
def test_strictly_p_minus_t_is_a_mistake(check):
    _, (report,) = check(*variants(CROSS_ENTROPY, "GRADIENT", "(p - t) / len(p)"), strict=True)
    assert codes(report) == ["combined"]


@pytest.mark.exhaustive
def test_p_minus_t_of_a_binary_cross_entropy_is_right_before_a_sigmoid(check):
    _, (report,) = check("""
        def bce(y_pred, y_true):
            return -(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))

        def bce_grad(y_pred, y_true):
            return y_pred - y_true
    """)
    assert report.ok
    assert "before the sigmoid" in next(note.message for note in report.notes if note.code == "combined")


GUARDED = """
    class NAME:
        def forward(self, p, t):
            self.p, self.t = p, t
            return -(t * np.log(p + BEFORE)).sum() / len(p)

        def backward(self):
            return -self.t / (self.p + BEHIND) / len(self.p)
"""


@pytest.mark.exhaustive
def test_another_guard_in_backward_than_in_forward_is_noted_unless_it_changes_digits_which_count(check):
    guards = (("0", "1e-5"), ("1e-8", "1e-5"), ("1e-5", "0"), ("1e-4", "0"))
    texts = [GUARDED.replace("BEFORE", before).replace("BEHIND", behind) for before, behind in guards]
    _, reports = check(*(text.replace("NAME", name) for name, text in zip("ABCD", texts, strict=True)))
    assert [report.ok for report in reports] == [True, True, True, False]
    assert codes(reports[-1]) == ["precision"]


@pytest.mark.exhaustive
def test_a_cross_entropy_that_averages_over_the_classes_too_is_found_as_a_factor(check):
    _, (report,) = check("""
        class CrossEntropy:
            def forward(self, y, y_hat):
                e = np.exp(y_hat - y_hat.max(axis=1, keepdims=True))
                p = e / e.sum(axis=1, keepdims=True)
                self.delta = p - y
                return -(y * np.log(p + 1e-9)).mean()

            def backward(self, upstream=1):
                return upstream * self.delta / len(self.delta)
    """)
    assert codes(report) == ["constant-factor"]
    assert report.findings[0].evidence["backward / right"] == pytest.approx(4, rel=1e-4)
    assert "divides by N K" in report.findings[0].message


DENSE = """
    class NAME:
        def forward(self, x, w):
            self.x, self.w = x, w
            return x @ w

        def backward(self, dout):
            return (dout @ self.w.T).astype(np.DTYPE), (self.x.T @ dout).astype(np.DTYPE)
"""


def test_single_precision_in_backward_alone_is_noted_and_half_precision_found(check):
    _, (single, half) = check(*variants(DENSE, "DTYPE", "float32", "float16"))
    assert single.ok
    assert set(noted(single)) == {"precision"}
    assert set(codes(half)) == {"precision"}


@pytest.mark.exhaustive
def test_the_jacobian_of_a_single_column_is_taken_for_that(check):
    text = """
        class NAME:
            def forward(self, x):
                return np.exp(x) / np.exp(x).sum(axis=0, keepdims=True)

            def backward(self, x):
                return DIAGONAL - x @ x.T
    """
    _, (right, wrong) = check(*variants(text, "DIAGONAL", "np.diag(x[:, 0])", "np.eye(len(x))"))
    assert right.ok
    assert not wrong.ok


@pytest.mark.exhaustive
def test_a_setting_of_forward_is_given_to_backward_too(check):
    text = """
        def NAME_forward(X, keep_prob=0.5):
            np.random.seed(1)
            mask = np.random.rand(*X.shape) < keep_prob
            return X * mask / keep_prob, mask

        def NAME_backward(dout, cache, keep_prob):
            return dout * cache / SCALE
    """
    _, (right, wrong) = check(*variants(text, "SCALE", "keep_prob", "keep_prob ** 2"))
    assert right.ok
    assert codes(wrong) == ["constant-factor"]


@pytest.mark.exhaustive
def test_a_derivative_of_numbers_is_taken_for_that_but_a_loss_is_not_right_for_one_sample_alone(check):
    _, (line, loss) = check("""
        def line(x, theta):
            return np.dot(theta, x)

        def line_derivative(x, theta):
            return x

        def loss(y_pred, y_true):
            return ((y_pred - y_true) ** 2).mean()

        def loss_grad(y_pred, y_true):
            return -2 * (y_pred - y_true)
    """)
    assert line.ok
    assert codes(loss) == ["missing-batch-average"]
    assert "the negative of the right gradient" in loss.findings[0].message


@pytest.mark.exhaustive
def test_mistakes_in_a_network_of_columns_are_named_with_targets_of_the_shape_of_its_output(check):
    _, (report,) = check("""
        def forward_n(X, Y, parameters):
            W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
            parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
            A1 = np.tanh(W1 @ X + b1)
            A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
            cost = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / X.shape[1]
            return cost, (A1, A2, W2)

        def backward_n(X, Y, cache):
            A1, A2, W2 = cache
            m = X.shape[1]
            dZ2 = A2 - Y
            dZ1 = W2.T @ dZ2 * (1 - A1**2)
            return {
                "dW2": 2 * dZ2 @ A1.T / m,
                "db2": dZ2.sum(axis=1, keepdims=True) / m,
                "dW1": dZ1 @ X.T / m,
                "db1": dZ1.sum(axis=1, keepdims=True) / m,
            }
    """)
    assert [(finding.code, finding.array) for finding in report.findings] == [("constant-factor", "dW2")]


def test_what_only_looks_like_half_of_a_pair_is_none(check):
    found, reports = check("""
        def func(x):
            return 0.01 * x ** 2

        def diff_func():
            x = np.linspace(0, 20, 50)
            print(func(x))

        def cast_on_forward(x):
            return np.round(x, 1)

        def cast_on_backward(x):
            return x

        def pool_forward(x, size):
            out = None  # TODO
            cache = (x, size)
            return out, cache

        def pool_backward(dout, cache):
            dx = None
            return dx
    """)
    assert reports == []
    assert found.problems == []
    assert found.left_out == {"pool_forward and pool_backward": "unfinished"}


LOG_SOFTMAX = """
    class LogSoftmax:
        def forward(self, x):
            x = x - x.max(axis=1, keepdims=True)
            return x - np.log(np.exp(x).sum(axis=1, keepdims=True))

        def backward(self, dout):
            return dout
"""
LIKELIHOOD = """
    class NLLLoss:
        def forward(self, y, log_yhat):
            return -(y * log_yhat).sum(axis=1)

        def backward(self, y, log_yhat):
            return GRADIENT
"""


@pytest.mark.exhaustive
def test_a_loss_of_log_probabilities_that_gives_p_minus_t_is_noted_and_the_log_softmax_before_it_too(check):
    _, (log_softmax, loss) = check(LOG_SOFTMAX, LIKELIHOOD.replace("GRADIENT", "np.exp(log_yhat) - y"))
    assert log_softmax.ok
    assert loss.ok
    assert "before the log-softmax" in next(note.message for note in loss.notes if note.code == "combined")
    assert "NLLLoss gives it" in log_softmax.notes[0].message


@pytest.mark.exhaustive
def test_a_log_softmax_that_passes_dout_on_is_wrong_with_any_other_loss(check):
    softmax_loss = CROSS_ENTROPY.replace("GRADIENT", "(p - t) / len(p)")
    likelihood = LIKELIHOOD.replace("GRADIENT", "-y")
    _, (log_softmax, *losses) = check(LOG_SOFTMAX, softmax_loss, likelihood)
    assert codes(log_softmax) == ["missing-term"]
    assert "dout - exp(y) * sum(dout)" in log_softmax.findings[0].message
    assert all(loss.ok for loss in losses)


@pytest.mark.exhaustive
def test_a_loss_of_log_probabilities_of_the_wrong_size_or_sign_is_wrong(check):
    gradients = ("y - np.exp(log_yhat)", "np.exp(log_yhat)", "3 * (np.exp(log_yhat) - y)")
    texts = [LIKELIHOOD.replace("NLLLoss", f"NLLLoss{place}") for place in range(3)]
    _, reports = check(*(text.replace("GRADIENT", g) for text, g in zip(texts, gradients, strict=True)))
    assert [report.ok for report in reports] == [False, False, False]
    assert codes(reports[2]) == ["constant-factor"]
    assert "before the log-softmax" in reports[2].findings[0].message


@pytest.mark.exhaustive
def test_p_minus_t_of_a_binary_cross_entropy_averaged_over_everything_says_what_to_divide_by(check):
    _, (report,) = check("""
        class CrossEntropyCost:
            def forward(self, label, out):
                return np.mean(-label * np.log(out + 1e-8) - (1 - label) * np.log(1 - out + 1e-8))

            def backward(self, label, out):
                return out - label
    """)
    assert codes(report) == ["constant-factor"]
    assert "before the sigmoid" in report.findings[0].message
    assert "divide by N K" in report.findings[0].message


BINARY = """
    class NAME:
        def forward(self, y_pred, y_true):
            p = np.clip(y_pred, 1e-7, 1 - 1e-7)
            return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)AXIS)

        def backward(self, y_pred, y_true):
            samples, outputs = y_pred.shape
            p = np.clip(y_pred, 1e-7, 1 - 1e-7)
            return (p - y_true) / (p * (1 - p)) / samples
"""


@pytest.mark.exhaustive
def test_a_loss_averaged_over_the_outputs_too_is_right_for_one_of_them_in_a_column(check):
    _, reports = check(*variants(BINARY, "AXIS", "", ", axis=-1"))
    assert [report.ok for report in reports] == [True, True]
    for report in reports:
        assert any("right for one output per sample, of shape (N, 1)" in note.message for note in report.notes)


CLIPPED = """
    class NAME:
        def __init__(self, y):
            self.y = np.clip(y, 1e-3, 1 - 1e-3)

        def forward(self, x, train=True):
            self.p = np.clip(x, 1e-3, 1 - 1e-3)
            return -(self.y * np.log(self.p) + (1 - self.y) * np.log(1 - self.p))

        def backward(self, dout):
            return dout * GRADIENT
"""


@pytest.mark.exhaustive
def test_a_loss_that_clips_probabilities_is_checked_with_probabilities(check):
    gradients = ("(self.p - self.y) / (self.p - self.p ** 2)", "(self.p - self.y) / self.p")
    losses = [text.replace("class ", "class CrossEntropyOf") for text in variants(CLIPPED, "GRADIENT", *gradients)]
    _, (right, wrong) = check(*losses)
    assert right.ok
    assert any("numbers between 0 and 1" in note.message for note in right.notes)
    assert not wrong.ok


CLIP = """
    class NAME:
        def forward(self, x):
            self.y = np.clip(x, 0, 1)
            return self.y ** POWER

        def backward(self, dout):
            return dout * POWER * self.y ** (POWER - 1)
"""


@pytest.mark.exhaustive
def test_a_layer_that_is_no_loss_and_lets_dout_through_where_it_clips_is_wrong(check):
    _, reports = check(*variants(CLIP, "POWER", "1", "2"))
    assert [report.ok for report in reports] == [False, False]


GATE = """
    class MultiplyGate:
        def forward(self, W, x):
            return np.dot(W, x)

        def backward(self, W, x, dz):
            return GRADIENT, np.dot(W.T, dz)
"""


@pytest.mark.exhaustive
def test_a_product_of_a_matrix_and_one_vector_is_right(check):
    _, (right,) = check(GATE.replace("GRADIENT", "np.asarray(np.asmatrix(dz).T @ np.asmatrix(x))"))
    assert right.ok


@pytest.mark.exhaustive
def test_a_product_of_a_matrix_and_a_vector_with_the_factors_exchanged_is_wrong(check):
    _, (wrong,) = check(GATE.replace("GRADIENT", "np.asarray(np.asmatrix(x).T @ np.asmatrix(dz))"))
    assert not wrong.ok


NORMALIZATION = """
    class LayerNormalization:
        def __init__(self, hidden_dim):
            self.gamma, self.beta, self.gradients = np.ones(hidden_dim), np.zeros(hidden_dim), {}

        def forward(self, x):
            mean = x.mean(axis=-1, keepdims=True)
            self.std = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-6)
            self.normal = (x - mean) / self.std
            return self.gamma * self.normal + self.beta

        def backward(self, dout):
            self.gradients["dLdGamma"] = (dout * self.normal).sum(axis=(0, 1))
            self.gradients["dLdBeta"] = BETA
            d = dout * self.gamma
            mean, part = d.mean(-1, keepdims=True), (d * self.normal).mean(-1, keepdims=True)
            return (d - mean - self.normal * part) / self.std
"""


@pytest.mark.exhaustive
def test_a_normalization_of_sequences_is_right_whose_gradients_are_summed_over_two_axes(check):
    _, (right,) = check(NORMALIZATION.replace("BETA", "dout.sum(axis=(0, 1))"))
    assert right.ok


@pytest.mark.exhaustive
def test_a_normalization_of_sequences_is_wrong_where_a_gradient_is(check):
    _, (wrong,) = check(NORMALIZATION.replace("BETA", "dout.mean(axis=(0, 1))"))
    assert not wrong.ok


def test_a_layer_that_returns_no_dx_is_right_where_its_name_says_that_it_is_the_first(check):
    layer = """
        class NAME:
            def __init__(self, inputs, outputs):
                self.W, self.b = np.random.randn(inputs, outputs), np.zeros(outputs)

            def forward(self, x):
                self.x = x
                return x @ self.W + self.b

            def backward(self, dout):
                self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
    """
    _, (first, hidden) = check(layer.replace("NAME", "InputLayer"), layer.replace("NAME", "HiddenLayer"))
    assert first.ok
    assert noted(first) == ["not-computed"]
    assert codes(hidden) == ["not-computed"]


@pytest.mark.exhaustive
def test_a_gradient_that_is_kept_transposed_is_right_where_the_parameter_is_moved_by_its_transpose(check):
    layer = """
        class NAME:
            def __init__(self, inputs, outputs):
                self.W = np.random.randn(outputs, inputs)

            def forward(self, x):
                self.x = x
                return x @ self.W.T

            def backward(self, dout):
                self.SLOPE = self.x.T @ dout
                return dout @ self.W

            def update(self, rate):
                self.W -= rate * MOVED
    """
    right = layer.replace("NAME", "Right").replace("SLOPE", "dW").replace("MOVED", "self.dW.T")
    wrong = layer.replace("NAME", "Wrong").replace("SLOPE", "grad_W").replace("MOVED", "self.grad_W")
    _, (noted_one, accused) = check(right, wrong)
    assert noted_one.ok
    assert noted(noted_one) == ["transposed"]
    assert codes(accused) == ["transposed"]


@pytest.mark.exhaustive
def test_a_loss_whose_docstring_says_vectors_is_checked_with_vectors(check):
    loss = '''
        class NAME:
            def forward(self, y_out, y_truth):
                """
                y_out: SHAPE array of predictions; y_truth: SHAPE array of targets. Returns the loss of each sample.
                """
                return np.abs(y_out - y_truth)

            def backward(self, y_out, y_truth):
                gradient = np.where(y_out == y_truth, 0.0, 1.0)
                gradient[np.where(y_out < y_truth)[0]] = -1
                return gradient
    '''
    _, reports = check(*variants(loss, "SHAPE", "[N, ]", "(N,)", "(N, D)"))
    assert [report.ok for report in reports] == [True, True, False]


OF_EACH_SAMPLE = """
    class NAME:
        def __init__(self, n_in, n_out):
            self.W, self.b = np.random.randn(n_in, n_out), np.random.randn(n_out)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, dout):
            self.dW, self.db = GRADIENTS
            return dout @ self.W.T
"""


@pytest.mark.exhaustive
def test_gradients_of_each_sample_are_a_convention_where_all_parameters_have_them(check):
    kept = (
        "self.x[:, :, None] * dout[:, None], dout",
        "self.x.T @ dout, dout",
        "-self.x[:, :, None] * dout[:, None], dout",
    )
    _, (all_of_them, bias_alone, wrong) = check(*variants(OF_EACH_SAMPLE, "GRADIENTS", *kept))
    assert all_of_them.ok
    assert noted(all_of_them) == ["not-summed", "not-summed"]
    assert codes(bias_alone) == ["not-summed"]
    assert not wrong.ok


@pytest.mark.exhaustive
def test_gradients_of_each_sample_are_mistakes_where_one_is_strict(check):
    _, (report,) = check(
        *variants(OF_EACH_SAMPLE, "GRADIENTS", "self.x[:, :, None] * dout[:, None], dout"), strict=True
    )
    assert codes(report) == ["not-summed", "not-summed"]
