"""Lab reports of engineers: loops over batches that come in some order, or are the same ones, or hold one sample.

``W`` and ``B`` are lists, ``params`` puts them together; indices are computed by hand, as in the language before.
"""

from itertools import pairwise

import numpy as np

from datasets import curve, load_digits, moons
from trainings import loop, sick


class Perceptron:
    """Layers with tanh; for classes a softmax behind them, for measurements (``classes=False``) nothing."""

    def __init__(self, sizes, classes=True, seed=0):
        rng = np.random.RandomState(seed)
        self.W = [rng.randn(a, b) / np.sqrt(a) for a, b in pairwise(sizes)]
        self.B = [np.zeros(b) for b in sizes[1:]]
        self.counts_labels = classes

    @property
    def params(self):
        return {f"W{i}": W for i, W in enumerate(self.W)} | {f"B{i}": B for i, B in enumerate(self.B)}

    def predict(self, x):
        self.h = [np.asarray(x, float)]
        for W, B in zip(self.W[:-1], self.B[:-1], strict=True):
            self.h.append(np.tanh(self.h[-1] @ W + B))
        return self.h[-1] @ self.W[-1] + self.B[-1]

    def error(self, x, t):
        """The loss, and its derivative with respect to the outputs."""
        y = self.predict(x)
        if not self.counts_labels:
            return 0.5 * np.mean(np.sum((y - t) ** 2, axis=1)), (y - t) / len(x)
        y = np.exp(y - y.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        hot = np.eye(y.shape[1])[t]
        return -np.mean(np.log(np.sum(y * hot, axis=1) + 1e-300)), (y - hot) / len(x)

    def loss(self, x, t):
        return self.error(x, t)[0]

    def accuracy(self, x, t):
        return np.mean(np.argmax(self.predict(x), axis=1) == t)

    def gradient(self, x, t):
        delta, grads = self.error(x, t)[1], {}
        for i in reversed(range(len(self.W))):
            grads[f"W{i}"], grads[f"B{i}"] = self.h[i].T @ delta, delta.sum(axis=0)
            delta = delta @ self.W[i].T * (1 - self.h[i] ** 2)
        return grads


class Descent:
    def __init__(self, lr, mu=0.0):
        self.lr, self.mu, self.v = lr, mu, {}

    def update(self, params, grads):
        for key, g in grads.items():
            self.v[key] = self.mu * self.v.get(key, 0) - self.lr * g
            params[key] += self.v[key]


def digits(n=1000):
    (x, t), (x_test, t_test) = load_digits()
    return x[:n], t[:n], x_test, t_test


def run(net, data, rule, batches):
    """Train on the rows that ``batches`` names, one after the other."""
    x, t, x_test, t_test = data
    losses = []
    with np.errstate(all="ignore"):
        for rows in batches:
            losses.append(float(net.loss(x[rows], t[rows])))
            rule.update(net.params, net.gradient(x[rows], t[rows]))
    return loop(net, x, t, x_test, t_test, optimizer=rule, losses=losses)


def in_turn(n, size, epochs):
    return [slice(i, i + size) for _ in range(epochs) for i in range(0, n, size)]


def drawn(n, size, steps, seed=0):
    rng = np.random.RandomState(seed)
    return [rng.randint(0, n, size) for _ in range(steps)]


def by(x, t, x_test, t_test, key):
    order = np.argsort(key, kind="stable")
    return x[order], t[order], x_test, t_test


@sick("stale-data", also=("overfitting", "plateau"))
def first_hundred_rows_in_every_step():
    return run(Perceptron((64, 50, 10)), digits(), Descent(0.3), [slice(0, 100)] * 300)


@sick("stale-data", also=("overfitting", "plateau"))
def seed_set_again_before_every_draw():
    rows = [np.random.RandomState(42).randint(0, 1000, 50) for _ in range(250)]
    return run(Perceptron((64, 40, 10), seed=1), digits(), Descent(0.1, mu=0.9), rows)


@sick("stale-data", also=("overfitting", "plateau"))
def index_of_the_batch_taken_for_its_first_row():
    rows = [slice(i, i + 25) for _ in range(12) for i in range(40)]  # not i * 25
    return run(Perceptron((64, 40, 10), seed=2), digits(), Descent(0.3), rows)


@sick("stale-data", also=("overfitting", "plateau"))
def drawn_among_as_many_rows_as_a_batch_has():
    return run(Perceptron((64, 60, 10), seed=3), digits(), Descent(0.2), drawn(50, 50, 400))


@sick("stale-data", also=("one-answer", "noisy", "learning-rate-too-high", "unfinished", "underfitting"))
def digits_one_class_after_the_other():
    x, t, *test = digits()
    return run(Perceptron((64, 50, 10), seed=4), by(x, t, *test, t), Descent(0.3), in_turn(1000, 50, 15))


@sick(
    "stale-data", also=("one-answer", "noisy", "learning-rate-too-high", "underfitting", "not-learning", "unfinished")
)
def first_all_good_parts_then_all_faulty_ones():
    data = *moons(400, noise=0.15, seed=1), *moons(200, noise=0.15, seed=2)
    return run(Perceptron((2, 16, 2), seed=5), by(*data, data[1]), Descent(0.5), in_turn(400, 10, 20))


@sick(
    "stale-data", also=("noisy", "learning-rate-too-high", "underfitting", "unfinished", "batch-too-small", "plateau")
)
def measurements_in_the_order_of_the_scale():
    data = *curve(200, noise=0.05, seed=1), *curve(100, noise=0.05, seed=2)
    net = Perceptron((1, 20, 1), classes=False, seed=6)
    net.W[0] *= 6
    net.B[0] += np.random.RandomState(6).randn(20) * 3
    return run(net, by(*data, data[0][:, 0]), Descent(0.1), in_turn(200, 5, 60))


NOISE = ("batch-too-small", "noisy", "learning-rate-too-high")


@sick(NOISE, also=("plateau", "underfitting", "not-learning", "saturated"))
def one_noisy_measurement_a_step():
    rng = np.random.RandomState(7)
    x = rng.randn(500, 8)
    t = x[:, :1] - 0.5 * x[:, 1:2] + 0.8 * rng.randn(500, 1)
    net = Perceptron((8, 20, 1), classes=False, seed=7)
    return run(net, (x[:400], t[:400], x[400:], t[400:]), Descent(0.1), drawn(400, 1, 3000))


@sick(NOISE, also=("plateau", "underfitting", "not-learning", "one-answer", "saturated", "dead-units"))
def one_digit_a_step_with_the_rate_of_a_hundred():
    return run(Perceptron((64, 40, 10), seed=8), digits(), Descent(0.5), drawn(1000, 1, 3000))


@sick(NOISE, also=("plateau", "underfitting", "not-learning", "one-answer", "saturated"))
def two_points_a_step_with_momentum():
    data = *moons(300, noise=0.3, seed=3), *moons(300, noise=0.3, seed=4)
    return run(Perceptron((2, 30, 30, 2), seed=9), data, Descent(0.2, mu=0.9), drawn(300, 2, 2000))


@sick(NOISE, also=("plateau", "underfitting"))
def pairs_of_measurements_of_a_noisy_sensor():
    rng = np.random.RandomState(10)
    x = rng.rand(600, 3) * 2 - 1
    t = np.column_stack([x[:, 0] * x[:, 1], x[:, 2]]) + 0.3 * rng.randn(600, 2)
    net = Perceptron((3, 25, 2), classes=False, seed=10)
    return run(net, (x[:450], t[:450], x[450:], t[450:]), Descent(0.5), drawn(450, 2, 2500))
