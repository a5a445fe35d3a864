"""First courses in machine learning: linear and logistic regression of one's own on a table, with the loop in a cell of
a notebook; some with closures instead of a class.
"""

from types import SimpleNamespace

import numpy as np

from datasets import curve
from trainings import loop, sick


def houses(n, seed):
    """Return area, year, rooms and metres to the centre, and the price in thousands."""
    rng = np.random.default_rng(seed)
    area, year = rng.uniform(40, 200, n), rng.integers(1950, 2020, n)
    rooms, metres = np.round(area / 30 + rng.uniform(0, 2, n)), rng.uniform(100, 20000, n)
    price = 2.2 * area + 0.8 * (year - 1950) + 8 * rooms - 0.006 * metres + 60 + 12 * rng.standard_normal(n)
    return np.stack([area, year, rooms, metres], axis=1), price[:, None]


X, y = houses(300, seed=0)
X_test, y_test = houses(100, seed=1)
mean, std = X.mean(axis=0), X.std(axis=0)
Z, Z_test = (X - mean) / std, (X_test - mean) / std
v, v_test = (y - y.mean()) / y.std(), (y_test - y.mean()) / y.std()


class LinearRegression:
    counts_labels = False

    def __init__(self, features, sum_of_squares=False, sign=1.0):
        self.w, self.b = np.zeros((features, 1)), np.zeros(1)
        self.sum_of_squares, self.sign = sum_of_squares, sign
        self.params = {"w": self.w, "b": self.b}

    def predict(self, x):
        return x @ self.w + self.b

    def loss(self, x, t):
        return float(((self.predict(x) - t) ** 2).sum() / (1 if self.sum_of_squares else len(x)))

    def gradient(self, x, t):
        d = 2 * self.sign * (self.predict(x) - t) / (1 if self.sum_of_squares else len(x))
        return {"w": x.T @ d, "b": d.sum(axis=0)}


class HiddenRegression(LinearRegression):
    """One hidden layer of tanh."""

    def __init__(self, features, hidden=30):
        rng = np.random.default_rng(4)
        self.params = {
            "V": rng.standard_normal((features, hidden)) * 2,
            "c": rng.standard_normal(hidden),
            "w": rng.standard_normal((hidden, 1)) / np.sqrt(hidden),
            "b": np.zeros(1),
        }

    def predict(self, x):
        p = self.params
        return np.tanh(x @ p["V"] + p["c"]) @ p["w"] + p["b"]

    def loss(self, x, t):
        return float(((self.predict(x) - t) ** 2).mean())

    def gradient(self, x, t):
        p, h = self.params, np.tanh(x @ self.params["V"] + self.params["c"])
        d = 2 * (h @ p["w"] + p["b"] - t) / len(x)
        dh = d @ p["w"].T * (1 - h**2)
        return {"V": x.T @ dh, "c": dh.sum(axis=0), "w": h.T @ d, "b": d.sum(axis=0)}


def logistic_regression(features):
    """Return the functions of a logistic regression that share their parameters."""
    params = {"theta": np.zeros(features), "theta0": np.zeros(1)}

    def predict(x):
        return x @ params["theta"] + params["theta0"][0]

    def loss(x, t):
        return float(np.mean(np.logaddexp(0, predict(x)) - t * predict(x)))

    def gradient(x, t):
        d = (1 / (1 + np.exp(-predict(x))) - t) / len(x)
        return {"theta": x.T @ d, "theta0": np.array([d.sum()])}

    def accuracy(x, t):
        return float(np.mean((predict(x) > 0) == t))

    return SimpleNamespace(params=params, predict=predict, loss=loss, gradient=gradient, accuracy=accuracy)


class GD:
    def __init__(self, lr, momentum=0.0):
        self.lr, self.momentum, self.velocity = lr, momentum, {}

    def update(self, params, grads):
        for k in params:
            self.velocity[k] = self.momentum * self.velocity.get(k, 0) - self.lr * grads[k]
            params[k] += self.velocity[k]


def fit(model, x, t, x_test=None, t_test=None, lr=0.1, epochs=200, momentum=0.0):
    optimizer, J = GD(lr, momentum), []
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            J.append(model.loss(x, t))
            optimizer.update(model.params, model.gradient(x, t))
    return loop(model, x, t, x_test, t_test, optimizer=optimizer, losses=J)


@sick("unscaled-input", also=("learning-rate-too-high", "exploding"))
def metres_and_years_as_they_are():
    return fit(LinearRegression(4), X, v, lr=0.01, epochs=60)


@sick("unscaled-input", also=("learning-rate-too-low", "underfitting", "unfinished", "plateau"))
def metres_and_years_with_the_rate_at_which_it_does_not_explode():
    return fit(LinearRegression(4), X, v, X_test, v_test, lr=4e-9, epochs=400)


@sick("unscaled-input", also=("not-updated",))
def a_gap_in_the_table():
    holes = Z.copy()
    holes[[17, 118], 2] = np.nan
    return fit(LinearRegression(4), holes, v)


@sick("underfitting", also=("plateau",))
def straight_line_through_a_sine():
    x, t = curve(120, seed=0)
    return fit(LinearRegression(1), x, t, lr=0.5, epochs=150)


@sick("not-learning", also=("underfitting", "plateau", "labels-unrelated"))
def table_that_says_nothing_of_the_target():
    rng = np.random.default_rng(6)
    x, t = rng.standard_normal((1200, 4)), rng.standard_normal((1200, 1))
    return fit(LinearRegression(4), x[:900], t[:900], x[900:], t[900:])


@sick("overfitting", also=("plateau",))
def forty_random_columns_for_forty_houses():
    rng = np.random.default_rng(7)
    wide = np.hstack([Z, rng.standard_normal((300, 40))])[:40]
    wide_test = np.hstack([Z_test, rng.standard_normal((100, 40))])
    return fit(LinearRegression(44), wide, v[:40], wide_test, v_test, lr=0.1, epochs=1500)


@sick("learning-rate-too-high", also=("exploding",))
def sum_of_squares_with_the_rate_of_the_mean():
    return fit(LinearRegression(4, sum_of_squares=True), Z, v, Z_test, v_test, lr=0.01, epochs=40)


@sick("learning-rate-too-high", also=("noisy", "plateau"))
def rate_at_the_edge_where_it_swings():
    return fit(LinearRegression(4), Z, v, lr=0.52, epochs=300)


@sick(("wrong-gradient", "wrong-sign"), also=("learning-rate-too-high", "exploding"))
def target_minus_prediction():
    return fit(LinearRegression(4, sign=-1.0), Z, v, Z_test, v_test, lr=0.05, epochs=60)


@sick(("imbalanced", "one-answer"), also=("plateau", "underfitting", "not-learning", "unfinished"))
def fraud_in_one_of_seventy():
    rng = np.random.default_rng(8)
    t = (rng.random(1500) < 1 / 70).astype(int)
    x = rng.standard_normal((1500, 6)) + 0.8 * t[:, None]
    return fit(logistic_regression(6), x[:1000], t[:1000], x[1000:], t[1000:], lr=0.5, epochs=400)


@sick("plateau")
def three_thousand_epochs_for_a_straight_line():
    return fit(LinearRegression(4), Z, v, Z_test, v_test, lr=0.1, epochs=3000)


@sick("leak", also=("plateau",))
def rows_doubled_before_the_split():
    rng = np.random.default_rng(9)
    twice = rng.permutation(np.repeat(np.arange(300), 2))
    return fit(LinearRegression(4), Z[twice[:450]], v[twice[:450]], Z[twice[450:]], v[twice[450:]])


@sick("learning-rate-too-low", also=("unfinished", "underfitting"))
def hidden_layer_with_rate_00001():
    x, t = curve(100, seed=0)
    return fit(HiddenRegression(1), x, t, lr=0.0001, epochs=600)


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def hidden_layer_stopped_at_150_epochs():
    x, t = curve(100, seed=0)
    return fit(HiddenRegression(1), x, t, *curve(50, seed=1), lr=0.02, epochs=150)
