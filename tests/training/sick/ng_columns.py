"""Students of Andrew Ng's Deep Learning Specialization: samples are columns, parameters a dictionary W1, b1, ...,
ReLUs and one sigmoid at the end, the cost printed every 100 iterations, the whole training set at every one.

The data: the flower with its two colours, and pictures of cats (a light ring on a coloured ground) that are made here.
"""

import numpy as np

from trainings import loop, sick


def load_planar_dataset(m=400, seed=1):
    """Return a flower whose petals are of two classes."""
    rng = np.random.default_rng(seed)
    Y = np.arange(m) % 2
    angle = rng.uniform(0, 3.12, m) + Y * 3.12
    radius = 4 * np.sin(4 * angle) + 0.2 * rng.standard_normal(m)
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1), Y.reshape(-1, 1)


def load_cats(m=200, seed=1, cats=0.4, size=10):
    """Return images (m, size * size * 3) in 0..255, of which the share is cats."""
    rng = np.random.default_rng(seed)
    Y = (rng.random(m) < cats).astype(int)
    ground = rng.uniform(40, 200, (m, 1, 1, 3)) + 25 * rng.standard_normal((m, size, size, 3))
    row, column = np.mgrid[:size, :size]
    places = rng.uniform(3, size - 4, (m, 2, 1, 1))
    ring = np.abs(np.hypot(row - places[:, 0], column - places[:, 1]) - 2.5) < 1
    images = ground + 70 * (ring & (Y[:, None, None] == 1))[..., None]
    return np.clip(images, 0, 255).reshape(m, -1).round(), Y.reshape(-1, 1)


class LLayerModel:
    def __init__(self, layers_dims, init="he", activation="relu", lambd=0.0, divide_by_m=True):
        rng = np.random.default_rng(3)
        self.L, self.activation, self.lambd, self.divide_by_m = len(layers_dims) - 1, activation, lambd, divide_by_m
        self.parameters = {}
        for i in range(1, self.L + 1):
            scale = np.sqrt(2 / layers_dims[i - 1]) if init == "he" else init
            self.parameters["W" + str(i)] = rng.standard_normal((layers_dims[i], layers_dims[i - 1])) * scale
            self.parameters["b" + str(i)] = np.zeros((layers_dims[i], 1))

    @property
    def params(self):
        return self.parameters

    def forward(self, X):
        A, caches = X.T, []
        for i in range(1, self.L + 1):
            Z = self.parameters["W" + str(i)] @ A + self.parameters["b" + str(i)]
            caches.append((A, Z))
            if i == self.L:
                A = 1 / (1 + np.exp(-np.clip(Z, -700, 700)))
            else:
                A = np.maximum(0, Z) if self.activation == "relu" else np.tanh(Z)
        return A, caches

    def predict(self, X):
        return self.forward(X)[0].T

    def loss(self, X, Y):
        ZL = self.forward(X)[1][-1][1].T
        cost = np.mean(np.logaddexp(0, ZL) - Y * ZL)
        if self.lambd:
            weights = sum(np.sum(self.parameters["W" + str(i)] ** 2) for i in range(1, self.L + 1))
            cost += self.lambd / (2 * len(X)) * weights
        return float(cost)

    def gradient(self, X, Y):
        AL, caches = self.forward(X)
        m, grads, dZ = len(X) if self.divide_by_m else 1, {}, AL - Y.T
        for i in range(self.L, 0, -1):
            A_prev, _ = caches[i - 1]
            W = self.parameters["W" + str(i)]
            grads["W" + str(i)] = (dZ @ A_prev.T + self.lambd * W) / m
            grads["b" + str(i)] = dZ.sum(axis=1, keepdims=True) / m
            if i > 1:
                slope = caches[i - 2][1] > 0 if self.activation == "relu" else 1 - np.tanh(caches[i - 2][1]) ** 2
                dZ = (W.T @ dZ) * slope
        return grads

    def accuracy(self, X, Y):
        return float(np.mean((self.predict(X) > 0.5) == Y))


class GradientDescent:
    def __init__(self, learning_rate):
        self.lr = learning_rate

    def update(self, parameters, grads):
        for key in parameters:
            parameters[key] = parameters[key] - self.lr * grads[key]


def L_layer_model(model, train, test, learning_rate=0.0075, num_iterations=600):
    """Return the loop after the iterations, with the costs."""
    optimizer, costs = GradientDescent(learning_rate), []
    with np.errstate(all="ignore"):
        for _ in range(num_iterations):
            costs.append(model.loss(*train))
            optimizer.update(model.parameters, model.gradient(*train))
    return loop(model, *train, *test, optimizer=optimizer, losses=costs)


flower, other_flower = load_planar_dataset(), load_planar_dataset(200, seed=2)
cats_255, test_cats_255 = load_cats(), load_cats(100, seed=2)
cats, test_cats = ((X / 255, Y) for X, Y in (cats_255, test_cats_255))


@sick("symmetric", also=("not-learning", "one-answer", "dead-units", "not-updated", "vanishing"))
def initialize_parameters_zeros():
    return L_layer_model(LLayerModel([2, 6, 1], init=0.0, activation="tanh"), flower, other_flower, 1.2)


@sick("symmetric", also=("underfitting", "not-learning"))
def initialize_parameters_ones():
    model = LLayerModel([2, 8, 1], init=0.0, activation="tanh")
    for W in model.parameters.values():
        W += 0.5
    return L_layer_model(model, flower, other_flower, 1.2)


@sick("saturated", also=("learning-rate-too-low", "vanishing", "underfitting", "noisy"))
def tanh_with_random_times_30():
    return L_layer_model(LLayerModel([2, 8, 8, 1], init=30.0, activation="tanh"), flower, other_flower, 0.3)


@sick("vanishing", also=("not-learning", "one-answer", "learning-rate-too-low"))
def six_layers_with_random_times_001():
    return L_layer_model(LLayerModel([300, 20, 12, 8, 5, 1], init=0.01), cats, test_cats, 0.05)


@sick("exploding", also=("learning-rate-too-low", "one-answer", "underfitting", "unfinished", "noisy"))
def eight_layers_with_random_times_1():
    return L_layer_model(LLayerModel([300, 30, 30, 30, 30, 30, 30, 30, 1], init=1.0), cats, test_cats, 1e-9, 100)


@sick("underfitting", also=("not-learning", "plateau"))
def logistic_regression_on_the_flower():
    return L_layer_model(LLayerModel([2, 1]), flower, other_flower, 0.5, 300)


@sick("unscaled-input", also=("learning-rate-too-high", "dead-units", "one-answer", "not-learning", "exploding"))
def images_not_divided_by_255():
    return L_layer_model(LLayerModel([300, 20, 7, 1]), cats_255, test_cats_255, 0.03, 400)


@sick("wrong-gradient", also=("learning-rate-too-high", "exploding", "noisy", "dead-units", "one-answer"))
def one_over_m_forgotten():
    return L_layer_model(LLayerModel([2, 20, 1], divide_by_m=False), flower, other_flower, 0.02, 400)


@sick(("imbalanced", "one-answer"), also=("unfinished", "not-learning", "underfitting", "learning-rate-too-low"))
def three_cats_in_a_hundred():
    (X, Y), (X_test, Y_test) = load_cats(300, seed=3, cats=0.03), load_cats(150, seed=6, cats=0.03)
    return L_layer_model(LLayerModel([300, 10, 1]), (X / 255, Y), (X_test / 255, Y_test), 0.01, 300)


@sick("overfitting", also=("plateau",))
def thirty_cats_for_1500_iterations():
    train = cats[0][:30], cats[1][:30]
    return L_layer_model(LLayerModel([300, 20, 7, 1]), train, test_cats, 0.05, 1500)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def learning_rate_of_00005():
    return L_layer_model(LLayerModel([2, 20, 1]), flower, other_flower, 0.0005, 400)


@sick(("underfitting", "not-learning"), also=("plateau", "vanishing", "one-answer"))
def lambd_of_100():
    return L_layer_model(LLayerModel([2, 20, 1], lambd=100.0), flower, other_flower, 0.3, 800)


@sick("unfinished", also=("underfitting", "learning-rate-too-low"))
def iterations_60_instead_of_2500():
    return L_layer_model(LLayerModel([2, 20, 1]), flower, other_flower, 0.2, 60)


@sick("labels-unrelated", also=("overfitting",))
def Y_of_another_order():
    X, Y = cats[0][:90], cats[1][:90]
    order = np.random.default_rng(5).permutation(90)
    return L_layer_model(LLayerModel([300, 30, 1]), (X, Y[order]), test_cats, 0.1, 1500)
