"""A medical faculty's data project: one hidden layer of one's own, one output with a sigmoid, a loop around it.

The names are those that everybody copies from the first assignment: W1, b1, W2, b2, and ``forward`` keeps what
``gradient`` needs.
"""

import numpy as np

from trainings import loop, sick


class NeuralNet:
    def __init__(self, n_in, n_hidden, rng, scale=0.5):
        self.params = {
            "W1": scale * rng.standard_normal((n_in, n_hidden)),
            "b1": np.zeros(n_hidden),
            "W2": scale * rng.standard_normal((n_hidden, 1)),
            "b2": np.zeros(1),
        }

    def forward(self, X):
        p = self.params
        self.A1 = np.tanh(X @ p["W1"] + p["b1"])
        return 1 / (1 + np.exp(-np.clip(self.A1 @ p["W2"] + p["b2"], -500, 500)))

    def predict(self, X):
        return (self.forward(X)[:, 0] > 0.5).astype(int)

    def loss(self, X, y):
        p = np.clip(self.forward(X)[:, 0], 1e-12, 1 - 1e-12)
        return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))

    def accuracy(self, X, y):
        return float(np.mean(self.predict(X) == y))

    def gradient(self, X, y):
        m = len(X)
        dZ2 = (self.forward(X) - y.reshape(-1, 1)) / m
        dZ1 = dZ2 @ self.params["W2"].T * (1 - self.A1**2)
        return {"W1": X.T @ dZ1, "b1": dZ1.sum(0), "W2": self.A1.T @ dZ2, "b2": dZ2.sum(0)}


class GradientDescent:
    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for k in params:
            params[k] -= self.lr * grads[k]


def patients(n=600, seed=0):
    """Age, blood pressure, glucose and BMI of patients in units of their spread, and who is ill."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((n, 4))
    risk = z[:, 0] + 0.8 * z[:, 1] * z[:, 2] + 0.7 * z[:, 3] + 0.3 * rng.standard_normal(n)
    return z, risk


def fit(X, y, lr=0.5, epochs=40, batch=32, hidden=16, seed=0, X_test=None, scale=0.5):
    """The first three quarters are for training."""
    rng = np.random.default_rng(seed)
    cut = 3 * len(X) // 4
    X_train, y_train = X[:cut], y[:cut]
    X_test, y_test = X[cut:] if X_test is None else X_test[cut:], y[cut:]
    net, opt, losses = NeuralNet(X.shape[1], hidden, rng, scale), GradientDescent(lr), []
    for _ in range(epochs):
        order = rng.permutation(cut)
        for i in range(0, cut, batch):
            xb, yb = X_train[order[i : i + batch]], y_train[order[i : i + batch]]
            losses.append(net.loss(xb, yb))
            opt.update(net.params, net.gradient(xb, yb))
    return loop(net, X_train, y_train, X_test, y_test, optimizer=opt, losses=losses)


def standardized(X):
    return (X - X.mean(0)) / X.std(0)


@sick(
    ("imbalanced", "one-answer"),
    also=("learning-rate-too-low", "unfinished", "underfitting", "plateau", "not-learning"),
)
def one_patient_in_20_is_ill():
    z, risk = patients(800)
    return fit(z, (risk > 2.4).astype(int), lr=0.05, epochs=10)


@sick(
    ("imbalanced", "one-answer"),
    also=("learning-rate-too-low", "unfinished", "underfitting", "plateau", "not-learning"),
)
def screening_with_one_case_in_a_hundred():
    z, risk = patients(2000, seed=1)
    return fit(z, (risk > 3.4).astype(int), lr=0.1, epochs=1000 // 60, batch=500, hidden=5)


@sick(
    "unscaled-input", also=("saturated", "not-learning", "vanishing", "noisy", "one-answer", "underfitting", "plateau")
)
def centimetres_and_millimetres_of_mercury():
    z, risk = patients(seed=2)
    return fit(z * [18, 20, 30, 4] + [50, 130, 100, 26], (risk > 0).astype(int))


@sick("unscaled-input", also=("not-learning", "underfitting", "plateau", "unfinished", "learning-rate-too-low"))
def concentrations_in_mol_per_litre():
    z, risk = patients(seed=3)
    X = z * 2e-5 + 6e-5
    return fit(X, (risk > 0).astype(int))


@sick("unscaled-input", also=("underfitting", "plateau", "unfinished"))
def column_divided_by_its_maximum_with_a_typing_error_in_it():
    z, risk = patients(seed=4)
    y = (2 * z[:, 0] + risk > 0).astype(int)
    X = np.abs(z * [18, 1, 1, 1] + [70, 0, 0, 0])
    X[17, 0] = 7_100_000  # 71 years, the decimal point forgotten
    X = np.column_stack([X[:, 0] / X[:, 0].max(), z[:, 1:]])
    return fit(X, y)


@sick("unscaled-input", also=("not-learning", "one-answer"))
def nan_for_values_below_the_limit_of_detection():
    z, risk = patients(seed=5)
    z[z[:, 2] < -1, 2] = np.nan
    with np.errstate(invalid="ignore"):
        return fit(z, (risk > 0).astype(int), epochs=5)


@sick(("unscaled-input", "labels-unrelated"), also=("overfitting", "saturated", "mode"))
def patients_of_the_test_not_standardized():
    z, risk = patients(seed=6)
    raw = z * [18, 20, 30, 4] + [50, 130, 100, 26]
    return fit(standardized(raw), (risk > 0).astype(int), X_test=raw)


@sick(
    "unscaled-input", also=("saturated", "not-learning", "vanishing", "underfitting", "plateau", "one-answer", "noisy")
)
def number_of_the_ward_beside_standardized_values():
    z, risk = patients(seed=7)
    ward = np.random.default_rng(7).integers(1000, 9999, len(z))
    return fit(np.column_stack([standardized(z), ward]), (risk > 0).astype(int), lr=0.1)
