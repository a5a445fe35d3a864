"""Recurrent layers, cells and language models are called as they are meant."""

import textwrap

import pytest

from gradients.apart.checking import FileCheck
from gradients.homework.preparing import Options
from gradients.homework.source import read_source


@pytest.fixture
def check(tmp_path):
    """Write a file and return the report on the class or functions in it."""

    def run(text):
        (tmp_path / "rnn.py").write_text("import numpy as np\n" + textwrap.dedent(text), encoding="utf-8")
        (report,) = FileCheck(read_source(tmp_path / "rnn.py"), None, Options(), timeout=300).reports()
        return report

    return run


def right(report):
    """The arrays of which something was checked, and that are right."""
    assert report.ok, str(report)
    return [array.name for array in report.arrays if array.checked]


def codes(report):
    return [finding.code for finding in report.findings]


LANGUAGE_MODEL = """
    class WordModel:
        def __init__(self, vocab_size, wordvec_size, hidden_size):
            V, D, H = vocab_size, wordvec_size, hidden_size
            rng = np.random.default_rng(0)
            self.params = [
                0.01 * rng.standard_normal((V, D)).astype("f"),
                (rng.standard_normal((D, H)) / np.sqrt(D)).astype("f"),
                (rng.standard_normal((H, H)) / np.sqrt(H)).astype("f"),
                (rng.standard_normal((H, V)) / np.sqrt(H)).astype("f"),
            ]
            self.grads = [np.zeros_like(p) for p in self.params]

        def forward(self, xs, ts):
            E, Wx, Wh, Wy = self.params
            N, T = xs.shape
            self.xs, self.ts = xs, ts
            self.hs = np.zeros((T + 1, N, len(Wh)), dtype=np.TYPE)
            for t in range(T):
                self.hs[t + 1] = np.tanh(E[xs[:, t]] @ Wx + self.hs[t] @ Wh)
            scores = np.exp(self.hs[1:] @ Wy)
            self.p = scores / scores.sum(-1, keepdims=True)
            return -np.log(self.p[np.arange(T)[:, None], np.arange(N), ts.T]).mean()

        def backward(self, dout=1):
            E, Wx, Wh, Wy = self.params
            N, T = self.xs.shape
            dE, dWx, dWh = np.zeros_like(E), np.zeros_like(Wx), np.zeros_like(Wh)
            dy = self.p.copy()
            dy[np.arange(T)[:, None], np.arange(N), self.ts.T] -= 1
            dy *= dout / (N * T)
            carried = 0
            for t in reversed(range(T)):
                da = (dy[t] @ Wy.T + carried) * (1 - self.hs[t + 1] ** 2)
                dWx += E[self.xs[:, t]].T @ da
                dWh += self.hs[t].T @ da
                np.add.at(dE, self.xs[:, t], da @ Wx.T)
                carried = da @ Wh.T
            dWy = np.einsum("tnh,tnv->hv", self.hs[1:], dy)
            for grad, value in zip(self.grads, (dE, dWx, dWh, dWy)):
                grad[...] = value
"""


@pytest.mark.exhaustive
def test_a_language_model_is_given_symbols_and_the_symbols_behind_them(check):
    report = check(LANGUAGE_MODEL.replace("TYPE", "float64"))
    assert right(report) == ["grads[0]", "grads[1]", "grads[2]", "grads[3]"]


@pytest.mark.exhaustive
def test_a_language_model_that_forgets_the_step_after_is_wrong(check):
    assert not check(LANGUAGE_MODEL.replace("TYPE", "float64").replace("carried = da @ Wh.T", "carried = 0")).ok


@pytest.mark.exhaustive
def test_small_states_in_single_precision_are_no_kinks(check):
    report = check(LANGUAGE_MODEL.replace("TYPE", "float32"))
    assert right(report) == ["grads[0]", "grads[1]", "grads[2]", "grads[3]"]
    assert [note.code for note in report.notes] == ["precision"]


@pytest.mark.exhaustive
def test_words_between_others_are_given_as_numbers_or_one_hot(check):
    report = check(
        """
        class Cbow:
            def __init__(self, vocab_size, hidden_size):
                rng = np.random.default_rng(0)
                self.W_in = rng.standard_normal((vocab_size, hidden_size))
                self.W_out = rng.standard_normal((hidden_size, vocab_size))

            def forward(self, contexts, target):
                assert contexts.shape[1:] == (2, len(self.W_in))
                self.x, self.t = contexts.mean(axis=1), target
                self.h = self.x @ self.W_in
                p = np.exp(self.h @ self.W_out)
                self.p = p / p.sum(axis=1, keepdims=True)
                return -np.sum(target * np.log(self.p)) / len(target)

            def backward(self, dout=1):
                dy = dout * (self.p - self.t) / len(self.t)
                self.dW_out = self.h.T @ dy
                self.dW_in = self.x.T @ (dy @ self.W_out.T)
        """
    )
    assert right(report) == ["dW_in", "dW_out"]


OF_VECTORS = '''
    class Cell:
        """A recurrent cell for one sample at a time."""

        def __init__(self, input_size, hidden_size):
            self.input_size, self.hidden_size = input_size, hidden_size
            rng = np.random.default_rng(0)
            self.Wx = rng.standard_normal((hidden_size, input_size))
            self.Wh = rng.standard_normal((hidden_size, hidden_size))

        def forward(self, x, h_prev_t):
            assert x.shape == (self.input_size,) and h_prev_t.shape == (self.hidden_size,)
            self.x, self.h_prev = x, h_prev_t
            self.h = np.tanh(self.Wx @ x + self.Wh @ h_prev_t)
            return self.h

        def backward(self, delta):
            da = delta * (1 - self.h**2)
            self.dWx, self.dWh = np.outer(da, self.x), np.outer(da, self.h_prev)
            return DX, self.Wh.T @ da
'''


@pytest.mark.exhaustive
def test_a_state_is_as_wide_as_the_cell_says(check):
    report = check(OF_VECTORS.replace("DX", "self.Wx.T @ da"))
    assert right(report) == ["dx1", "dx2", "dWx", "dWh"]
    shapes = {array.name: array.shape for array in report.arrays}
    assert shapes["dx1"] != shapes["dx2"]  # so that the one state is not taken for the other


@pytest.mark.exhaustive
def test_a_row_for_one_vector_is_a_convention_where_its_values_are_right(check):
    report = check(OF_VECTORS.replace("DX", "(self.Wx.T @ da)[None, :]"))
    assert right(report) == ["dx2", "dWx", "dWh"]
    assert [note.code for note in report.notes] == ["wrong-shape"]
    wrong = check(OF_VECTORS.replace("DX", "-(self.Wx.T @ da)[None, :]"))
    assert codes(wrong) == ["wrong-shape"]


OF_COLUMNS = '''
    class Memory:
        def __init__(self, input_size, state_size):
            self.state_size = state_size
            rng = np.random.default_rng(0)
            self.W = rng.standard_normal((state_size, state_size + input_size))
            self.b = np.zeros((state_size, 1))

        def forward(self, x, h_prev):
            """Take x : array, shape TOLD, and the state before it."""
            self.xh = np.concatenate([h_prev, x])
            self.h = np.tanh(self.W @ self.xh + self.b)
            return self.h

        def backward(self, dh):
            da = dh * (1 - self.h**2)
            dxh = self.W.T @ da
            return {
                "dW": da @ self.xh.T, "db": da, "dh_prev": dxh[: self.state_size], "dx": dxh[self.state_size :]
            }
'''


@pytest.mark.exhaustive
def test_a_cell_that_says_so_is_given_one_sample_in_a_column(check):
    report = check(OF_COLUMNS.replace("TOLD", "(input_size, 1)"))
    assert right(report) == ["dx", "dh_prev", "dW", "db"]
    assert codes(check(OF_COLUMNS.replace("TOLD", "(input_size, samples)"))) == ["not-summed"]


@pytest.mark.exhaustive
def test_a_cell_with_two_outputs_may_be_told_of_the_second_alone(check):
    report = check(
        """
        class Cell:
            def __init__(self, input_size, hidden_size):
                rng = np.random.default_rng(0)
                self.Wx = rng.standard_normal((input_size, hidden_size))
                self.Wh = rng.standard_normal((hidden_size, hidden_size))
                self.Wy = rng.standard_normal((hidden_size, 3))

            def forward(self, x, h_prev):
                self.x, self.h_prev = x, h_prev
                self.h = np.tanh(x @ self.Wx + h_prev @ self.Wh)
                return self.h, self.h @ self.Wy

            def backward(self, dy):
                da = (dy @ self.Wy.T) * (1 - self.h**2)
                self.dWx, self.dWh, self.dWy = self.x.T @ da, self.h_prev.T @ da, self.h.T @ dy
                return da @ self.Wx.T, da @ self.Wh.T
        """
    )
    assert right(report) == ["dx1", "dx2", "dWx", "dWh", "dWy"]
    assert "backward takes one gradient" in str(report)


OF_STEPS = """
    class Cell:
        def __init__(self, input_size, hidden_size):
            rng = np.random.default_rng(0)
            self.Wx = rng.standard_normal((input_size, hidden_size))
            self.Wh = rng.standard_normal((hidden_size, hidden_size))

        def forward(self, x, h_prev):
            self.x, self.h_prev = x, h_prev
            self.h = np.tanh(x @ self.Wx + h_prev @ self.Wh)
            return self.h

        def backward(self, dh, dh_next):
            da = (dh + dh_next) * (1 - self.h**2)
            self.dWx, self.dWh = self.x.T @ da, self.h_prev.T @ da
            return da @ self.Wx.T, da @ self.Wh.T
"""


@pytest.mark.exhaustive
def test_behind_the_last_step_no_gradient_comes_back(check):
    report = check(OF_STEPS)
    assert right(report) == ["dx1", "dx2", "dWx", "dWh"]
    assert "0 for the gradient from the step after" in str(report)
    assert not check(OF_STEPS.replace("1 - self.h**2", "1 - self.h")).ok


OF_SYMBOLS = """
    class CharCell:
        def __init__(self, vocab_size, hidden_size):
            rng = np.random.default_rng(0)
            self.V = vocab_size
            self.model = {
                "Wx": rng.standard_normal((vocab_size, hidden_size)),
                "Wh": rng.standard_normal((hidden_size, hidden_size)),
                "Wy": rng.standard_normal((hidden_size, vocab_size)),
                "bh": np.zeros((1, hidden_size)),
            }

        def forward(self, X, h):
            m = self.model
            x = np.zeros(self.V)
            x[X] = 1
            x = x.reshape(1, -1)
            h_next = np.tanh(x @ m["Wx"] + h @ m["Wh"] + m["bh"])
            return h_next @ m["Wy"], h_next, (x, h, h_next)

        def backward(self, y_pred, y_train, dh_next, cache):
            x, h, h_next = cache
            m = self.model
            p = np.exp(y_pred) / np.exp(y_pred).sum()
            p[np.arange(len(p)), y_train] -= 1
            da = (p @ m["Wy"].T + dh_next) * (1 - h_next**2)
            return dict(Wx=x.T @ da, Wh=h.T @ da, Wy=h_next.T @ p, bh=DBH), da @ m["Wh"].T
"""


@pytest.mark.exhaustive
def test_a_cell_reads_one_symbol_and_is_told_the_next(check):
    report = check(OF_SYMBOLS.replace("DBH", "da"))
    assert right(report) == [f"dmodel['{name}']" for name in ("Wx", "Wh", "Wy", "bh")]
    wrong = check(OF_SYMBOLS.replace("DBH", "da").replace("p @ m", "2 * p @ m"))
    assert not wrong.ok


@pytest.mark.exhaustive
def test_what_goes_back_to_the_step_before_is_not_taken_for_the_gradient_of_a_bias(check):
    report = check(OF_SYMBOLS.replace("DBH", "da[0]"))
    assert [(finding.code, finding.array) for finding in report.findings] == [("wrong-shape", "dmodel['bh']")]


@pytest.mark.exhaustive
def test_a_language_model_of_thousands_of_words_is_made_of_a_few(check):
    text = LANGUAGE_MODEL.replace("TYPE", "float64")
    demanded, by_default = "vocab_size, wordvec_size, hidden_size):", "vocab_size=9999, wordvec_size=3, hidden_size=4):"
    report = check(text.replace(demanded, by_default))
    assert len(right(report)) == 4
    assert max(array.shape[0] for array in report.arrays) < 100
