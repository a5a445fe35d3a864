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


def test_a_language_model_is_given_symbols_and_the_symbols_behind_them(check):
    report = check(LANGUAGE_MODEL.replace("TYPE", "float64"))
    assert right(report) == ["grads[0]", "grads[1]", "grads[2]", "grads[3]"]


def test_a_language_model_that_forgets_the_step_after_is_wrong(check):
    assert not check(LANGUAGE_MODEL.replace("TYPE", "float64").replace("carried = da @ Wh.T", "carried = 0")).ok


def test_small_states_in_single_precision_are_no_kinks(check):
    report = check(LANGUAGE_MODEL.replace("TYPE", "float32"))
    assert right(report) == ["grads[0]", "grads[1]", "grads[2]", "grads[3]"]
    assert [note.code for note in report.notes] == ["precision"]


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
