"""Notebooks of a boot camp in Seoul: the whole data set in every step, the squared error for prices and classes alike.

One hidden layer; classes are 0 and 1, and the answer is yes where the output is above one half.
"""

import numpy as np

from datasets import circles, moons, xor
from trainings import loop, sick


class Model:
    def __init__(self, in_dim, hidden, seed=0, scale=None, act="relu", out="linear", l2=0.0, yes_no=False):
        rng = np.random.default_rng(seed)
        s = np.sqrt(2 / in_dim) if scale is None else scale
        self.params = {
            "w_hidden": rng.normal(0, s, (in_dim, hidden)), "b_hidden": np.zeros(hidden),
            "w_out": rng.normal(0, s * np.sqrt(in_dim / hidden), (hidden, 1)), "b_out": np.zeros(1),
        }  # fmt: skip
        self.act, self.out, self.l2, self.counts_labels = act, out, l2, yes_no

    def predict(self, x):
        p = self.params
        z = x @ p["w_hidden"] + p["b_hidden"]
        self.h = {"relu": lambda: np.maximum(z, 0), "tanh": lambda: np.tanh(z), "none": lambda: z}[self.act]()
        y = self.h @ p["w_out"] + p["b_out"]
        return 1 / (1 + np.exp(-np.clip(y, -500, 500))) if self.out == "sigmoid" else y

    def loss(self, x, t):
        penalty = 0.5 * self.l2 * sum(np.sum(w**2) for name, w in self.params.items() if name[0] == "w")
        return 0.5 * float(np.mean((self.predict(x)[:, 0] - np.ravel(t)) ** 2)) + penalty

    def accuracy(self, x, t):
        return float(np.mean((self.predict(x)[:, 0] > 0.5) == np.ravel(t)))

    def gradient(self, x, t):
        y = self.predict(x)
        d = (y - np.reshape(t, (-1, 1))) / len(x)
        if self.out == "sigmoid":
            d = d * y * (1 - y)
        slope = {"relu": self.h > 0, "tanh": 1 - self.h**2, "none": 1.0}[self.act]
        dh = d @ self.params["w_out"].T * slope
        grads = {"w_hidden": x.T @ dh, "b_hidden": dh.sum(0), "w_out": self.h.T @ d, "b_out": d.sum(0)}
        return {name: g + self.l2 * self.params[name] * (name[0] == "w") for name, g in grads.items()}


class Gradient:
    def __init__(self, learning_rate):
        self.learning_rate = self.lr = learning_rate

    def update(self, params, grads):
        for name in params:
            params[name] -= self.learning_rate * grads[name]


def run(model, x, t, lr=0.1, steps=500, cut=None, test=None):
    cut = 4 * len(x) // 5 if cut is None else cut
    x_train, t_train = x[:cut].astype(float), t[:cut]
    x_test, t_test = (x[cut:].astype(float), t[cut:]) if test is None else test
    history, optimizer = [], Gradient(lr)
    for _ in range(steps):
        history.append(model.loss(x_train, t_train))
        optimizer.update(model.params, model.gradient(x_train, t_train))
    return loop(model, x_train, t_train, x_test, t_test, optimizer=optimizer, losses=history)


def apartments(n=250, seed=0, noise=0.2):
    """Four columns that are scaled already, and the price."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 4))
    return x, x[:, 0] + np.abs(x[:, 1]) - 0.5 * x[:, 2] * x[:, 3] - 0.8 + noise * rng.standard_normal(n)


@sick(("imbalanced", "one-answer"), also=("underfitting", "unfinished", "plateau", "learning-rate-too-low"))
def four_percent_yes_with_a_linear_output():
    x, price = apartments(600, seed=1)
    return run(Model(4, 15, seed=1, yes_no=True), x, (price > 2.6).astype(int), lr=0.05, steps=150)


@sick(
    ("saturated", "not-learning"), also=("one-answer", "vanishing", "plateau", "underfitting", "learning-rate-too-low")
)
def sigmoid_and_squared_error_far_out_on_the_wrong_side():
    x, t = moons(300, noise=0.15, seed=2)
    model = Model(2, 20, seed=2, act="tanh", out="sigmoid", yes_no=True)
    model.params["b_out"] -= 15
    return run(model, x, t, lr=0.5, steps=600)


@sick(
    "saturated",
    also=("not-learning", "plateau", "underfitting", "vanishing", "learning-rate-too-low", "one-answer", "noisy"),
)
def weights_of_twenty_in_tanh_and_sigmoid():
    x, t = circles(300, seed=3)
    return run(Model(2, 20, seed=3, scale=20.0, act="tanh", out="sigmoid", yes_no=True), x, t, lr=0.5, steps=600)


@sick(("underfitting", "not-learning"), also=("plateau", "one-answer"))
def two_layers_without_activation_for_xor():
    x, t = xor(300, seed=4)
    return run(Model(2, 20, seed=4, act="none", yes_no=True), x, t)


@sick(("underfitting", "not-learning"), also=("plateau", "vanishing", "symmetric", "dead-units"))
def ridge_of_two_because_the_book_said_regularize():
    x, t = apartments(seed=5)
    return run(Model(4, 30, seed=5, l2=2.0), x, t)


@sick("underfitting", also=("plateau",))
def one_hidden_unit_for_four_columns():
    x, t = apartments(400, seed=6)
    return run(Model(4, 1, seed=6, act="tanh"), x, t, steps=1500)


@sick(("unfinished", "learning-rate-too-low"), also=("underfitting",))
def thirty_steps_with_the_whole_data():
    x, t = apartments(seed=7)
    return run(Model(4, 20, seed=7), x, t, lr=0.03, steps=30)


@sick(("unfinished", "learning-rate-too-low"), also=("underfitting",))
def circles_still_becoming_round():
    x, t = circles(300, seed=8)
    return run(Model(2, 30, seed=8, yes_no=True), x, t, lr=0.1, steps=60)


@sick("plateau", also=("overfitting",))
def straight_line_for_five_thousand_steps():
    x, _ = apartments(seed=9)
    t = 2 * x[:, 0] - x[:, 3] + 0.3 * np.random.default_rng(9).standard_normal(len(x))
    return run(Model(4, 3, seed=9, act="none"), x, t, steps=5000)


@sick("overfitting", also=("plateau", "unfinished"))
def twenty_apartments_for_a_hundred_units():
    x, t = apartments(220, seed=10, noise=0.6)
    return run(Model(4, 100, seed=10), x, t, lr=0.02, steps=3000, cut=20)


@sick(("labels-unrelated", "overfitting"), also=("plateau", "unfinished"))
def prices_sorted_before_they_were_joined():
    x, t = apartments(200, seed=11)
    t = np.concatenate([np.sort(t[:100]), t[100:]])
    return run(Model(4, 100, seed=11), x, t, lr=0.02, steps=4000, cut=100)


@sick("leak", also=("overfitting", "plateau", "unfinished"))
def the_last_rows_are_the_test_and_all_rows_the_training():
    x, t = apartments(60, seed=12, noise=0.8)
    return run(Model(4, 100, seed=12), x, t, lr=0.02, steps=3000, cut=60, test=(x[45:], t[45:]))
