"""A machine learning club: copies, augmentation and oversampling come first, the split comes last.

Layers are small classes with ``forward`` and ``backward`` that are handed a learning rate elsewhere; some members use
the Trainer.
"""

from itertools import pairwise

import numpy as np

from datasets import load_digits, moons, spiral
from networks import MultiLayerNet, TwoLayerNet
from training import Adam, Momentum, Trainer
from trainings import loop, sick


class Dense:
    def __init__(self, rng, fan_in, fan_out):
        self.w, self.b = rng.normal(0, (2 / fan_in) ** 0.5, (fan_in, fan_out)), np.zeros(fan_out)

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, d):
        self.dw, self.db = self.x.T @ d, d.sum(0)
        return d @ self.w.T


class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, d):
        return d * self.on


class Model:
    def __init__(self, *sizes, seed=0):
        rng = np.random.default_rng(seed)
        self.layers = []
        for a, b in pairwise(sizes):
            self.layers += [Dense(rng, a, b), Relu()]
        self.layers.pop()

    def dense(self):
        return enumerate([layer for layer in self.layers if isinstance(layer, Dense)], 1)

    @property
    def params(self):
        return {f"{key}{i}": getattr(layer, key) for i, layer in self.dense() for key in "wb"}

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        e = np.exp(x - x.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def loss(self, x, t):
        return -np.mean(np.log(self.predict(x)[np.arange(len(t)), t] + 1e-9))

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(1) == t)

    def gradient(self, x, t):
        d = self.predict(x)
        d[np.arange(len(t)), t] -= 1
        d /= len(t)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        return {f"{key}{i}": getattr(layer, "d" + key) for i, layer in self.dense() for key in "wb"}


def fit(model, x_train, t_train, x_test, t_test, lr=0.01, steps=600, batch=40):
    rng, adam, losses = np.random.default_rng(3), Adam(lr=lr), []
    for _ in range(steps):
        i = rng.choice(len(x_train), batch)
        adam.update(model.params, model.gradient(x_train[i], t_train[i]))
        losses.append(model.loss(x_train[i], t_train[i]))
    return loop(model, x_train, t_train, x_test, t_test, optimizer=adam, losses=losses)


def survey(rows=300, wrong=0.25, seed=0):
    """Answers to ten questions, and a yes or no that depends on three of them, not always."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, 10))
    t = (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype(int)
    return x, np.where(rng.random(rows) < wrong, 1 - t, t)


def split(x, t, test, seed=0):
    order = np.random.default_rng(seed).permutation(len(x))
    x, t = x[order], t[order]
    return x[test:], t[test:], x[:test], t[:test]


MAY = ("overfitting", "plateau", "unfinished", "noisy", "batch-too-small")


@sick("leak", also=MAY)
def tested_on_the_beginning_of_the_training_data():
    x, t = survey()
    return fit(Model(10, 60, 60, 2), x, t, x[:80], t[:80])


@sick("leak", also=MAY)
def every_row_three_times_then_split():
    x, t = survey(150, seed=1)
    return fit(Model(10, 80, 2, seed=1), *split(np.tile(x, (3, 1)), np.tile(t, 3), 100), steps=900)


@sick("leak", also=(*MAY, "imbalanced"))
def rare_answer_copied_until_both_are_as_frequent():
    x, t = survey(400, wrong=0.0, seed=2)
    t = (t + (np.random.default_rng(2).random(400) < 0.15) == 2).astype(int)  # few are yes
    rows = np.concatenate([np.flatnonzero(t == 0), np.resize(np.flatnonzero(t == 1), (t == 0).sum())])
    return fit(Model(10, 50, 2, seed=2), *split(x[rows], t[rows], 150))


@sick("leak", also=MAY)
def bootstrap_sample_against_all_rows():
    x, t = survey(250, seed=3)
    rows = np.random.default_rng(4).integers(0, 250, 250)
    return fit(Model(10, 60, 2, seed=3), x[rows], t[rows], x, t)


@sick("leak", also=MAY)
def rows_of_the_test_drawn_but_never_taken_out():
    x, t = survey(400, wrong=0.3, seed=4)
    rows = np.random.default_rng(5).choice(400, 60, replace=False)
    return fit(Model(10, 40, 40, 2, seed=4), x, t, x[rows], t[rows], steps=1200)


@sick(("leak", "overfitting"), also=MAY)
def a_fifth_of_the_test_stands_in_the_training_data():
    x, t = survey(400, seed=5)
    x_train, t_train, x_test, t_test = split(x, t, 100)
    x_train, t_train = np.concatenate([x_train, x_test[:20]]), np.concatenate([t_train, t_test[:20]])
    return fit(Model(10, 60, 2, seed=5), x_train, t_train, x_test, t_test, steps=800)


def trained(network, x_train, t_train, x_test, t_test, optimizer, epochs, batch_size=20):
    trainer = Trainer(network, x_train, t_train, x_test, t_test, optimizer, epochs, batch_size, seed=1)
    trainer.train()
    return trainer


@sick("leak", also=MAY)
def spiral_with_every_point_twice():
    x, t = spiral(90, noise=0.25, seed=1)
    parts = split(np.concatenate([x, x]), np.concatenate([t, t]), 50)
    return trained(MultiLayerNet(2, [60, 60], 3, seed=2), *parts, Adam(lr=0.01), epochs=150)


@sick("leak", also=MAY)
def moons_tested_on_what_they_were_trained_on():
    x, t = moons(100, noise=0.45, seed=2)
    return trained(MultiLayerNet(2, [80, 80], 2, seed=3), x, t, x, t, Adam(lr=0.01), epochs=150)


@sick("leak", also=MAY)
def few_digits_augmented_with_copies_before_the_split():
    (x, t), _ = load_digits()
    x, t = np.repeat(x[:120], 4, axis=0), np.repeat(t[:120].astype(int), 4)
    return trained(TwoLayerNet(64, 100, 10, seed=4), *split(x, t, 120), Momentum(lr=0.05), epochs=40)


@sick("leak", also=MAY)
def digits_joined_with_their_test_for_the_final_training():
    (x, t), (x_test, t_test) = load_digits()
    x, t = np.concatenate([x[:200], x_test[:100]]), np.concatenate([t[:200], t_test[:100]])
    return trained(TwoLayerNet(64, 50, 10, seed=5), x, t, x_test[:100], t_test[:100], Adam(lr=0.01), epochs=30)
