"""Viewers of Karpathy's lectures: makemore's MLP on characters with a backward by hand, and micrograd's Value.

The names are made here, of a few letters. That a context stands both in the training and in the dev set is how such
data are.
"""

import numpy as np

from datasets import moons
from trainings import loop, sick

VOWELS, CONSONANTS = "aei", "klmnrst"
stoi = {s: i for i, s in enumerate("." + VOWELS + CONSONANTS)}


def make_names(count, seed):
    rng, names = np.random.default_rng(seed), []
    for _ in range(count):
        name = ""
        for _ in range(rng.integers(1, 4)):
            name += CONSONANTS[min(rng.geometric(0.35) - 1, 6)] + VOWELS[min(rng.geometric(0.5) - 1, 2)]
        names.append(name + ("n" if rng.random() < 0.4 else ""))
    return names


def build_dataset(words, block_size=3):
    X, Y = [], []
    for w in words:
        context = [0] * block_size
        for ch in w + ".":
            X.append(context)
            Y.append(stoi[ch])
            context = [*context[1:], stoi[ch]]
    return np.array(X), np.array(Y)


Xtr, Ytr = build_dataset(make_names(400, seed=1))
Xdev, Ydev = build_dataset(make_names(100, seed=2))


class MLP:
    def __init__(self, n_embd=4, n_hidden=40, gain=1.0, batchnorm=False, zero_grad=True, parameters=None):
        g = np.random.default_rng(2147483647)
        self.params = {
            "C": g.standard_normal((11, n_embd)),
            "W1": g.standard_normal((3 * n_embd, n_hidden)) * gain / np.sqrt(3 * n_embd),
            "b1": np.zeros(n_hidden),
            "W2": g.standard_normal((n_hidden, 11)) * 0.1,
            "b2": np.zeros(11),
        }
        self.batchnorm, self.zero_grad, self.grads = batchnorm, zero_grad, None
        self.mean_running, self.std_running = np.zeros(n_hidden), np.ones(n_hidden)

    def hidden(self, X, training=False):
        emb = self.params["C"][X].reshape(len(X), -1)
        hpre = emb @ self.params["W1"] + self.params["b1"]
        if self.batchnorm:
            mean, std = (hpre.mean(0), hpre.std(0) + 1e-5) if training else (self.mean_running, self.std_running)
            hpre, self.std = (hpre - mean) / std, std
        return emb, hpre

    def predict(self, X, training=False):
        return np.tanh(self.hidden(X, training)[1]) @ self.params["W2"] + self.params["b2"]

    def loss(self, X, Y, training=False):
        logits = self.predict(X, training)
        logits = logits - logits.max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(logits).sum(1)) - logits[np.arange(len(Y)), Y]))

    def gradient(self, X, Y):
        emb, hpre = self.hidden(X, training=True)
        h = np.tanh(hpre)
        logits = h @ self.params["W2"] + self.params["b2"]
        dlogits = np.exp(logits - logits.max(1, keepdims=True))
        dlogits /= dlogits.sum(1, keepdims=True)
        dlogits[np.arange(len(Y)), Y] -= 1
        dlogits /= len(Y)
        dhpre = (1 - h**2) * (dlogits @ self.params["W2"].T)
        if self.batchnorm:
            dhpre = (dhpre - dhpre.mean(0) - hpre * (dhpre * hpre).mean(0)) / self.std
        dC = np.zeros_like(self.params["C"])
        np.add.at(dC, X, (dhpre @ self.params["W1"].T).reshape(*X.shape, -1))
        grads = {"C": dC, "W1": emb.T @ dhpre, "b1": dhpre.sum(0), "W2": h.T @ dlogits, "b2": dlogits.sum(0)}
        if self.grads is not None and not self.zero_grad:
            grads = {name: self.grads[name] + grad for name, grad in grads.items()}
        self.grads = grads
        return grads

    def accuracy(self, X, Y):
        return float((self.predict(X).argmax(1) == Y).mean())


class Step:
    def __init__(self, lr, sign=-1):
        self.lr, self.sign = lr, sign

    def update(self, params, grads):
        for name, p in params.items():
            p += self.sign * self.lr * grads[name]


def train(model, lr=0.2, steps=1000, batch_size=32, data=(Xtr, Ytr), dev=(Xdev, Ydev), sign=-1):
    optimizer, lossi, g = Step(lr, sign), [], np.random.default_rng(42)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            ix = g.integers(0, len(data[0]), batch_size)
            lossi.append(model.loss(data[0][ix], data[1][ix], *([True] if isinstance(model, MLP) else [])))
            optimizer.update(model.params, model.gradient(data[0][ix], data[1][ix]))
    return loop(model, *data, *dev, optimizer=optimizer, losses=lossi)


@sick("saturated", also=("leak", "vanishing", "underfitting", "learning-rate-too-low", "noisy"))
def w1_without_its_square_root_and_more():
    return train(MLP(gain=100.0, n_hidden=4), steps=600)


@sick("learning-rate-too-high", also=("leak", "saturated", "noisy", "underfitting", "exploding"))
def lr_of_20():
    return train(MLP(), lr=20.0, steps=400)


@sick(("batch-too-small", "noisy", "learning-rate-too-high"), also=("leak", "underfitting", "saturated"))
def batch_of_2_with_lr_06():
    return train(MLP(), lr=0.6, batch_size=2)


@sick("mode", also=("leak", "wrong-gradient", "saturated"))
def running_mean_and_std_never_updated():
    return train(MLP(gain=20.0, batchnorm=True))


@sick("learning-rate-too-low", also=("leak", "unfinished", "underfitting", "not-learning"))
def lr_left_at_the_lowest_of_the_search():
    return train(MLP(), lr=10**-3.5, steps=500)


@sick("wrong-gradient", also=("leak", "learning-rate-too-high", "noisy", "saturated"))
def gradients_never_set_to_none():
    return train(MLP(zero_grad=False), lr=0.1, steps=400)


@sick(("not-learning", "labels-unrelated"), also=("leak", "underfitting", "plateau"))
def targets_of_shuffled_contexts():
    order = np.random.default_rng(0).permutation(len(Ytr))
    return train(MLP(n_hidden=15), data=(Xtr, Ytr[order]))


@sick("symmetric", also=("leak", "not-learning", "underfitting", "vanishing"))
def weights_of_zero():
    model = MLP(gain=0.0)
    model.params["W2"] *= 0
    return train(model)


@sick("unfinished", also=("leak", "underfitting", "learning-rate-too-low"))
def eighty_steps():
    return train(MLP(), lr=0.1, steps=80)


class Value:
    """A number that knows how it was made."""

    def __init__(self, data, children=()):
        self.data, self.children, self.grad = data, children, 0.0  # children: (value, local derivative)

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        return Value(np.tanh(self.data), ((self, 1 - np.tanh(self.data) ** 2),))

    def backward(self, accumulate=True):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for child, _ in v.children:
                    visit(child)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for child, local in v.children:
                child.grad = (child.grad if accumulate else 0.0) + local * v.grad


class MicrogradMLP:
    """The points (N, 2) with labels 0 and 1; the squared error to -1 and 1 is the loss."""

    def __init__(self, hidden=6, accumulate=True):
        rng = np.random.default_rng(1337)
        self.params = {"w": rng.uniform(-1, 1, (hidden, 3)), "v": rng.uniform(-1, 1, hidden + 1)}
        self.accumulate = accumulate

    def __call__(self, x, w, v):
        out = v[-1]
        for row, weight in zip(w, v, strict=False):
            out = out + (row[0] * Value(x[0]) + row[1] * Value(x[1]) + row[2]).tanh() * weight
        return out

    def values(self):
        return [[Value(p) for p in row] for row in self.params["w"]], [Value(p) for p in self.params["v"]]

    def predict(self, x):
        w, v = self.params["w"], self.params["v"]
        return np.tanh(x @ w[:, :2].T + w[:, 2]) @ v[:-1] + v[-1]

    def loss(self, x, t):
        return float(np.mean((self.predict(x) - (2 * t - 1)) ** 2))

    def gradient(self, x, t):
        (w, v), total = self.values(), Value(0.0)
        for point, label in zip(x.astype(float), t, strict=True):
            error = self(point, w, v) + Value(1.0 - 2 * label)
            total = total + error * error * Value(1 / len(x))
        total.backward(self.accumulate)
        return {"w": np.array([[p.grad for p in row] for row in w]), "v": np.array([p.grad for p in v])}

    def accuracy(self, x, t):
        return float(((self.predict(x) > 0) == t).mean())


POINTS = {"data": moons(60, seed=1), "dev": moons(60, seed=2), "batch_size": 20, "steps": 60}


@sick("wrong-gradient", also=("underfitting", "learning-rate-too-low", "noisy", "unfinished"))
def grad_set_where_it_must_be_added():
    return train(MicrogradMLP(accumulate=False), lr=0.2, **POINTS)


@sick("wrong-sign", also=("learning-rate-too-high", "exploding"))
def micrograd_goes_uphill():
    return train(MicrogradMLP(), lr=0.01, sign=+1, **POINTS)
