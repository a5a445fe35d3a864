"""In a network, one wrong step spoils all gradients after it: the finding is that step, and says in which layer."""

import numpy as np
import pytest

from gradient_check import check_functions, check_layer, check_network


def the_finding(report):
    assert len(report.findings) == 1, report
    return report.findings[0]


class Recurrent:
    """h_t = tanh(x_t Wx + h_(t-1) Wh + b), for x (N, T, D); ``mistake`` is what its backward does wrong."""

    def __init__(self, rng, mistake):
        self.Wx, self.Wh, self.b = rng.normal(0, 0.5, (2, 3)), rng.normal(0, 0.5, (3, 3)), rng.normal(0, 0.3, 3)
        self.mistake = mistake

    def forward(self, x):
        self.x, self.h = x, [np.zeros((len(x), 3))]
        for t in range(x.shape[1]):
            self.h.append(np.tanh(x[:, t] @ self.Wx + self.h[-1] @ self.Wh + self.b))
        return np.stack(self.h[1:], axis=1)

    def backward(self, dout):
        is_wrong, steps = self.mistake.__eq__, list(range(self.x.shape[1]))
        self.dWx, self.dWh, self.db = np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(3)
        dx, dh_next = np.zeros_like(self.x), 0.0
        for t in steps if is_wrong("forwards") else steps[:0:-1] if is_wrong("too short") else steps[::-1]:
            h, before = self.h[t + 1], self.h[t]
            dh = dout[:, t] + (0.0 if is_wrong("no dh_next") else dh_next)
            slope = {"no slope": 1.0, "slope of h_(t-1)": 1 - before**2}.get(self.mistake, 1 - h**2)
            dz = dout[:, t] * slope + dh_next if is_wrong("added behind the slope") else dh * slope
            self.dWh = (0 if is_wrong("Wh assigned") else self.dWh) + (h if is_wrong("h_t") else before).T @ dz
            keep = 0 if is_wrong("all assigned") else 1
            self.dWh = before.T @ dz if is_wrong("all assigned") else self.dWh
            self.dWx, self.db = keep * self.dWx + self.x[:, t].T @ dz, keep * self.db + dz.sum(axis=0)
            dx[:, t] = dz @ self.Wx.T
            dh_next = (dh if is_wrong("dh goes back") else dz) @ (self.Wh if is_wrong("Wh") else self.Wh.T)
        return dx


RECURRENT = {
    "Wh": ("transposed", None, "Wh"),
    "no dh_next": ("missing-term", None, "dh_next"),
    "no slope": ("missing-factor", None, "tanh of the hidden state"),
    "slope of h_(t-1)": ("wrong-point", None, "step before"),
    "added behind the slope": ("missing-factor", None, "behind the activation"),
    "dh goes back": ("missing-factor", None, "before the activation"),
    "Wh assigned": ("not-summed", "dWh", "first step alone gives Wh"),
    "all assigned": ("not-summed", None, "first step alone gives Wx, Wh, b"),
    "h_t": ("wrong-point", "dWh", "h_(t-1)"),
    "forwards": ("reversed", None, "from the first step to the last"),
    "too short": ("not-summed", None, "the first step is missing"),
}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("mistake", RECURRENT)
def test_a_wrong_loop_over_time_is_named(rng, mistake):
    code, array, words = RECURRENT[mistake]
    found = the_finding(check_layer(Recurrent(rng, mistake), rng.standard_normal((3, 4, 2))))
    assert (found.code, found.array) == (code, array)
    assert words.lower() in found.message.lower()


def test_the_right_loop_over_time_is_right(rng):
    assert check_layer(Recurrent(rng, ""), rng.standard_normal((3, 4, 2))).ok


def rnn_forward(x, h0, Wx, Wh, b):
    states = [h0]
    for step in x:  # (T, N, D)
        states.append(np.maximum(Wx @ step.T + Wh @ states[-1].T + b, 0).T)
    return np.array(states[1:]), (x, states, Wx, Wh)


def rnn_backward(dh, cache):
    x, states, Wx, Wh = cache
    dx, dWx, dWh, db, back = np.zeros_like(x), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros((len(Wh), 1)), 0
    for t in reversed(range(len(x))):
        dz = (dh[t] + back) * (states[t + 1] > 0)
        dx[t], back = dz @ Wx, dz @ Wh.T
        dWx, dWh, db = dWx + dz.T @ x[t], dWh + dz.T @ states[t], db + dz.sum(axis=0)[:, None]
    return dx, back, dWx, dWh, db


@pytest.mark.exhaustive
def test_functions_with_weights_as_outputs_times_inputs_and_a_first_state_are_known_too(rng):
    shapes = (4, 3, 2), (3, 5), (5, 2), (5, 5), (5, 1)
    found = the_finding(check_functions(rnn_forward, rnn_backward, *(0.5 * rng.standard_normal(s) for s in shapes)))
    assert (found.code, found.evidence["explains"]) == ("transposed", "dx, dh0, dWx, dWh, db")


class LastState:
    """A recurrent network with a softmax behind its last state; ``gradient`` has a wrong step."""

    def __init__(self, rng, mistake):
        shapes = {"Wx": (2, 4), "Wh": (4, 4), "b": 4, "Wy": (4, 3), "by": 3}
        self.params = {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}
        self.mistake = mistake

    def states(self, x):
        p, h = self.params, [np.zeros((len(x), 4))]
        for t in range(x.shape[1]):
            h.append(np.tanh(x[:, t] @ p["Wx"] + h[-1] @ p["Wh"] + p["b"]))
        e = np.exp(h[-1] @ p["Wy"] + p["by"])
        return h, e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        return -np.log(self.states(x)[1][np.arange(len(t)), t]).mean()

    def gradient(self, x, t):
        p, (h, y) = self.params, self.states(x)
        d = (y - np.eye(3)[t]) / len(t)
        grads = {"Wx": 0, "Wh": 0, "b": 0, "Wy": h[-1].T @ d, "by": d.sum(axis=0)}
        dh = d @ p["Wy"].T
        for step in reversed(range(x.shape[1])):
            dz = dh * (1 - h[step + 1] ** 2)
            grads["Wx"] += x[:, step].T @ dz
            grads["Wh"] = grads["Wh"] * (self.mistake != "assigned") + h[step].T @ dz
            grads["b"] += dz.sum(axis=0)
            dh = dz @ (p["Wh"] if self.mistake == "Wh" else p["Wh"].T)
        return grads


@pytest.mark.first_is_quick
@pytest.mark.parametrize(("mistake", "code"), [("Wh", "transposed"), ("assigned", "not-summed")])
def test_a_wrong_loop_within_a_network_is_named(rng, mistake, code):
    report = check_network(LastState(rng, mistake), rng.standard_normal((3, 4, 2)), rng.integers(0, 3, 3))
    assert the_finding(report).code == code
    assert "Wh" in report.findings[0].message


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class ThreeLayers:
    """Three layers with a softmax at the end, in one class; ``mistake`` is what its gradient does wrong."""

    def __init__(self, rng, mistake):
        sizes = (4, 5, 5, 3)
        self.params = {f"W{i}": rng.standard_normal(sizes[i - 1 : i + 1]) for i in (1, 2, 3)}
        self.params |= {f"b{i}": rng.standard_normal(sizes[i]) for i in (1, 2, 3)}
        self.mistake, self.rate = mistake, 0.3

    def hidden(self, x):
        p = self.params
        h1 = np.tanh(x @ p["W1"] + p["b1"])
        h2 = 1 / (1 + np.exp(-(h1 @ p["W2"] + p["b2"])))
        return h1, h2, softmax(h2 @ p["W3"] + p["b3"])

    def loss(self, x, t):
        return -(t * np.log(self.hidden(x)[2])).sum() / len(t)

    def gradient(self, x, t):
        p, (h1, h2, y), is_wrong = self.params, self.hidden(x), self.mistake.__eq__
        dy, d3 = -t / y / len(t), (y - t) / len(t)
        jacobians = y[:, :, None] * np.eye(3) - y[:, :, None] * y[:, None]
        d3 = {
            "diagonal": dy * y * (1 - y),
            "rows summed": jacobians.sum(axis=1) * dy,
            "softmax twice": d3 * y * (1 - y),
        }.get(self.mistake, d3)
        W2, W3 = p["W2"], p["W3"] - self.rate * h2.T @ d3 * is_wrong("updated")
        d2 = d3 @ W3.T * (1.0 if is_wrong("no slope") else h2 * (1 - h2))
        d1 = d2 @ (W2 if is_wrong("W2") else W2.T) * (1 - h1**2)
        deltas = zip((x, h1, h2), (d1, d2, d3), strict=True)
        grads = {}
        for i, (h, d) in enumerate(deltas, start=1):
            grads |= {f"W{i}": h.T @ d, f"b{i}": d.sum(axis=0)}
        return grads


IN_LAYERS = {
    "diagonal": ("missing-term", "softmax after W3"),
    "softmax twice": ("applied-twice", "softmax after W3"),
    "no slope": ("missing-factor", "sigmoid after W2"),
    "W2": ("transposed", "W2 is multiplied"),
    "updated": ("updated-too-early", "W3 after the update, W -= 0.3 * dW"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("mistake", IN_LAYERS)
def test_a_wrong_step_within_a_network_is_named_with_its_layer(rng, mistake):
    report = check_network(ThreeLayers(rng, mistake), rng.standard_normal((5, 4)), np.eye(3)[[0, 1, 2, 0, 1]])
    code, words = IN_LAYERS[mistake]
    assert the_finding(report).code == code
    assert words in report.findings[0].message


@pytest.mark.exhaustive
def test_rows_of_a_jacobian_that_are_summed_within_a_network_are_named(rng):
    report = check_network(ThreeLayers(rng, "rows summed"), rng.standard_normal((5, 4)), np.eye(3)[[0, 1, 2, 0, 1]])
    assert {finding.code for finding in report.findings} == {"summed-too-early"}


class Trains:
    """Two layers in columns; backward moves the parameters, W2 before the gradient goes back through it."""

    def __init__(self, rng):
        self.W1, self.b1, self.W2 = (
            rng.standard_normal((4, 3)),
            rng.standard_normal((4, 1)),
            rng.standard_normal((2, 4)),
        )

    def forward(self, X):
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = 1 / (1 + np.exp(-self.W2 @ self.A1))
        return self.A2

    def backward(self, X, Y, learning_rate):
        m = X.shape[1]
        dZ2 = (self.A2 - Y) / m
        self.W2 -= learning_rate * dZ2 @ self.A1.T
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1**2)
        self.W1 -= learning_rate * dZ1 @ X.T
        self.b1 -= learning_rate * dZ1.sum(axis=1, keepdims=True)


@pytest.mark.exhaustive
def test_an_update_that_comes_too_early_is_named_where_backward_trains(rng):
    found = the_finding(check_layer(Trains(rng), rng.standard_normal((3, 5))))
    assert found.code == "updated-too-early"
    assert found.evidence["explains"] == "dW1, db1"


class Tied:
    """An autoencoder whose decoder is the encoder's W^T; backward leaves one use of W out."""

    def __init__(self, rng, decoder):
        self.W, self.b, self.decoder = rng.standard_normal((4, 3)), rng.standard_normal(3), decoder

    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W + self.b)
        return self.h @ self.W.T

    def backward(self, dout):
        dz = dout @ self.W * (1 - self.h**2)
        self.dW, self.db = dout.T @ self.h if self.decoder else self.x.T @ dz, dz.sum(axis=0)
        return dz @ self.W.T


@pytest.mark.parametrize("decoder", [True, False])
def test_a_weight_that_is_used_twice_needs_both_shares(rng, decoder):
    found = the_finding(check_layer(Tied(rng, decoder), rng.standard_normal((5, 4))))
    assert (found.code, found.array) == ("missing-term", "dW")
    assert f"W of the {'encoder' if decoder else 'decoder'} is missing" in found.message


class SelfAttention:
    """softmax(q k^T / sqrt(d)) v of q = x Wq, k = x Wk, v = x Wv."""

    def __init__(self, rng, mistake):
        self.Wq, self.Wk, self.Wv = rng.standard_normal((3, 4, 3))
        self.mistake = mistake

    def forward(self, x):
        self.x, self.q, self.k, self.v = x, x @ self.Wq, x @ self.Wk, x @ self.Wv
        self.a = softmax(self.q @ self.k.swapaxes(1, 2) / np.sqrt(3))
        return self.a @ self.v

    def backward(self, dout):
        da, dv = dout @ self.v.swapaxes(1, 2), self.a.swapaxes(1, 2) @ dout
        ds = self.a * (da - (da * self.a).sum(axis=2, keepdims=True)) / (1 if self.mistake == "scale" else np.sqrt(3))
        dq, dk = ds @ self.k, (ds if self.mistake == "not turned" else ds.swapaxes(1, 2)) @ self.q
        self.dWq, self.dWk, self.dWv = (np.einsum("ntd,nth->dh", self.x, d) for d in (dq, dk, dv))
        return dq @ self.Wq.T + (0 if self.mistake == "no k" else dk @ self.Wk.T) + dv @ self.Wv.T


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("mistake", "code", "words"),
    [
        ("no k", "missing-term", "path through k"),
        ("not turned", "transposed", "K in the scores"),
        ("scale", "missing-factor", "1 / sqrt(d)"),
    ],
)
def test_a_wrong_step_within_attention_is_named(rng, mistake, code, words):
    found = the_finding(check_layer(SelfAttention(rng, mistake), rng.standard_normal((2, 5, 4))))
    assert (found.code, words in found.message) == (code, True)


class OddlyWrong(ThreeLayers):
    """Every entry of one bias's gradient is off by a factor of its own."""

    def gradient(self, x, t):
        grads = super().gradient(x, t)
        return grads | {"b1": grads["b1"] * [1.1, 0.7, 1.3, 0.8, 1.2]}


@pytest.mark.exhaustive
def test_a_network_that_is_wrong_in_a_way_of_its_own_is_not_given_a_name(rng):
    report = check_network(OddlyWrong(rng, ""), rng.standard_normal((5, 4)), np.eye(3)[[0, 1, 2, 0, 1]])
    assert (the_finding(report).code, report.findings[0].array) == ("unknown", "b1")


class Layer:
    """tanh(x W + b), whose gradient with respect to b has a value that is no number."""

    def __init__(self, rng, value):
        self.W, self.b, self.value = rng.standard_normal((4, 3)), rng.standard_normal(3), value

    def forward(self, x):
        self.x, self.y = x, np.tanh(x @ self.W + self.b)
        return self.y

    def backward(self, dout):
        dz = dout * (1 - self.y**2)
        self.dW, self.db = self.x.T @ dz, dz.sum(axis=0)
        self.db[1] = self.value
        return dz @ self.W.T


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_is_that_of_no_known_network(rng, value):
    (found,) = check_layer(Layer(rng, value), rng.standard_normal((5, 4))).findings
    assert (found.code, found.array) == ("unknown", "db")
    assert "NaN or infinite" in found.message


class Turned:
    """tanh(x W), whose backward has W for W^T; the weight's name begins with a d."""

    def __init__(self, rng):
        self.decoder = rng.standard_normal((4, 4))

    def forward(self, x):
        self.x, self.y = x, np.tanh(x @ self.decoder)
        return self.y

    def backward(self, dout):
        dz = dout * (1 - self.y**2)
        self.ddecoder = self.x.T @ dz
        return dz @ self.decoder


def test_a_weight_is_called_by_its_name(rng):
    message = check_layer(Turned(rng), rng.standard_normal((5, 4))).findings[0].message
    assert "decoder" in message
    assert "Decoder" not in message
    assert " ecoder" not in message
