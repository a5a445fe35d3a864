"""Loops of which less is known: no test data, no optimizer, no losses, no accuracy; updates written by hand."""

import numpy as np

from datasets import circles, curve, load_digits, spiral
from layers import Affine, IdentityWithLoss, Tanh
from networks import MultiLayerNet, Network, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, Momentum, clip_gradient_norm
from trainings import healthy, loop


class Line:
    """Fitting a line: nothing but params, gradient and loss."""

    def __init__(self):
        self.params = {"a": np.zeros(1), "b": np.zeros(1)}

    def loss(self, x, t):
        return float(np.mean((self.params["a"] * x + self.params["b"] - t) ** 2) / 2)

    def gradient(self, x, t):
        error = self.params["a"] * x + self.params["b"] - t
        return {"a": np.array([np.mean(error * x)]), "b": np.array([np.mean(error)])}


class LogisticRegression:
    """Yes or no from one row of weights, which start at zero; no accuracy."""

    def __init__(self, D):
        self.params = {"w": np.zeros(D), "b": np.zeros(1)}

    def predict(self, x):
        return 1 / (1 + np.exp(-(x @ self.params["w"] + self.params["b"])))

    def loss(self, x, t):
        p = self.predict(x)
        return float(-np.mean(t * np.log(p + 1e-12) + (1 - t) * np.log(1 - p + 1e-12)))

    def gradient(self, x, t):
        error = (self.predict(x) - t) / len(t)
        return {"w": x.T @ error, "b": np.array([error.sum()])}


def batches_of(x, size, rng):
    order = rng.permutation(len(x))
    return [order[start : start + size] for start in range(0, len(x), size)]


@healthy(may=("plateau", "unfinished"))
def updates_by_hand():
    (x, t), (x_test, t_test) = load_digits()
    network, rng, losses, lr = TwoLayerNet(64, 50, 10, seed=120), np.random.default_rng(0), [], 0.4
    n_epochs = 15
    for _ in range(n_epochs):
        for rows in batches_of(x, 30, rng):
            for name, grad in network.gradient(x[rows], t[rows]).items():
                network.params[name][...] -= lr * grad
            losses.append(network.last_loss)
    return loop(network, x, t, x_test, t_test, losses=losses)


@healthy(may=("plateau", "unfinished"))
def no_losses_were_kept():
    (x, t), (x_test, t_test) = load_digits()
    network, rng, optimizer = TwoLayerNet(64, 50, 10, seed=121), np.random.default_rng(1), Momentum(lr=0.05)
    epochs = 15
    for _ in range(epochs):
        for rows in batches_of(x, 40, rng):
            optimizer.update(network.params, network.gradient(x[rows], t[rows]))
    return loop(network, x, t, x_test, t_test, optimizer=optimizer)


@healthy(may=("plateau", "unfinished"))
def network_and_training_data_are_all():
    (x, t), _ = load_digits()
    network, rng, optimizer = MultiLayerNet(64, [60, 40], 10, seed=122), np.random.default_rng(2), Adam(lr=0.003)
    epochs = 15
    for _ in range(epochs):
        for rows in batches_of(x, 40, rng):
            optimizer.update(network.params, network.gradient(x[rows], t[rows]))
    return loop(network, x, t)


@healthy(may=("plateau",))
def no_test_data():
    x, t = spiral(300, seed=2)
    network, optimizer, losses = MultiLayerNet(2, [50, 50], 3, seed=123), Adam(lr=0.01), []
    rng, epochs = np.random.default_rng(3), 80
    for _ in range(epochs):
        for rows in batches_of(x, 50, rng):
            grads = network.gradient(x[rows], t[rows])
            losses.append(network.last_loss)
            optimizer.update(network.params, grads)
    return loop(network, x, t, optimizer=optimizer, losses=losses)


@healthy(may=("plateau",))
def a_line_with_nothing_but_a_loss():
    rng = np.random.default_rng(124)
    x = rng.uniform(-2, 2, 100)
    t = 1.5 * x - 0.7 + 0.2 * rng.standard_normal(100)
    line, losses, lr, steps = Line(), [], 0.3, 60
    for _ in range(steps):
        losses.append(line.loss(x, t))
        grads = line.gradient(x, t)
        line.params["a"] -= lr * grads["a"]
        line.params["b"] -= lr * grads["b"]
    return loop(line, x, t, losses=losses)


@healthy(may=("plateau", "unfinished"))
def the_seeds_one_two_three():
    x, t = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    line, losses, lr, steps = Line(), [], 0.2, 150
    for _ in range(steps):
        losses.append(line.loss(x, t))
        for name, grad in line.gradient(x, t).items():
            line.params[name] -= lr * grad
    return loop(line, x, t, losses=losses)


@healthy()
def logistic_regression_from_zero():
    rng = np.random.default_rng(125)
    x = rng.standard_normal((400, 6))
    t = (x @ np.array([2, -1, 0.5, 0, 1, -2]) + 0.5 * rng.standard_normal(400) > 0).astype(float)
    model, losses, lr, steps = LogisticRegression(6), [], 2.0, 200
    for _ in range(steps):
        losses.append(model.loss(x[:300], t[:300]))
        for name, grad in model.gradient(x[:300], t[:300]).items():
            model.params[name] -= lr * grad
    return loop(model, x[:300], t[:300], x[300:], t[300:], losses=losses)


@healthy(may=("unfinished",))
def losses_of_epochs_only():
    (x, t), (x_test, t_test) = load_digits()
    network, rng, optimizer, losses = TwoLayerNet(64, 40, 10, seed=126), np.random.default_rng(4), SGD(lr=0.4), []
    epochs = 20
    for _ in range(epochs):
        for rows in batches_of(x, 32, rng):
            optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        losses.append(network.loss(x, t))
    return loop(network, x, t, x_test, t_test, optimizer=optimizer, losses=losses)


@healthy(may=("plateau",))
def sample_by_sample():
    (x, t), (x_test, t_test) = load_digits()
    x, t = x[:600], t[:600]
    network, rng, optimizer, losses = TwoLayerNet(64, 30, 10, seed=127), np.random.default_rng(5), SGD(lr=0.04), []
    epochs = 6
    for _ in range(epochs):
        for row in rng.permutation(len(x)):
            grads = network.gradient(x[row : row + 1], t[row : row + 1])
            losses.append(network.last_loss)
            optimizer.update(network.params, grads)
    return loop(network, x, t, x_test, t_test, optimizer=optimizer, losses=losses)


@healthy(may=("overfitting", "plateau", "unfinished"))
def the_whole_data_at_each_step():
    (x, t), (x_test, t_test) = load_digits()
    network, optimizer, losses = TwoLayerNet(64, 50, 10, seed=128), Momentum(lr=0.3), []
    steps = 400
    for _ in range(steps):
        grads = network.gradient(x, t)
        losses.append(network.last_loss)
        optimizer.update(network.params, grads)
    return loop(network, x, t, x_test, t_test, optimizer=optimizer, losses=losses)


@healthy(may=("plateau", "unfinished"))
def clipped_by_hand():
    x, t = curve(200)
    rng, losses, optimizer = np.random.default_rng(129), [], Momentum(lr=0.1)
    W1, W2 = 4 * rng.standard_normal((1, 30)), 0.2 * rng.standard_normal((30, 1))
    network = Network([Affine(W1, rng.standard_normal(30)), Tanh(), Affine(W2, np.zeros(1))], IdentityWithLoss())
    steps = 1500
    for _ in range(steps):
        rows = rng.integers(0, 150, 25)
        grads = network.gradient(x[rows], t[rows])
        clip_gradient_norm(grads, 1.0)
        losses.append(network.last_loss)
        optimizer.update(network.params, grads)
    return loop(network, x[:150], t[:150], x[150:], t[150:], optimizer=optimizer, losses=losses)


@healthy(may=("plateau", "unfinished"))
def float64_by_hand():
    x, t = circles(300)
    network = TwoLayerNet(2, 25, 2, dtype=np.float64, seed=130)
    x, rng, losses, lr, steps = x.astype(np.float64), np.random.default_rng(6), [], 0.5, 500
    for _ in range(steps):
        rows = rng.integers(0, 200, 40)
        for name, grad in network.gradient(x[rows], t[rows]).items():
            network.params[name][...] -= lr * grad
        losses.append(network.last_loss)
    return loop(network, x[:200], t[:200], x[200:], t[200:], losses=losses)


@healthy(may=("plateau", "unfinished"))
def a_convolution_in_a_loop():
    (x, t), (x_test, t_test) = load_digits(flatten=False)
    network = SimpleConvNet((1, 8, 8), {"filter_num": 8, "filter_size": 3, "pad": 1}, 40, 10, seed=131)
    optimizer, rng, losses, epochs = Adam(lr=0.005), np.random.default_rng(7), [], 8
    for _ in range(epochs):
        for rows in batches_of(x, 50, rng):
            grads = network.gradient(x[rows], t[rows])
            losses.append(network.last_loss)
            optimizer.update(network.params, grads)
    return loop(network, x, t, x_test, t_test, optimizer=optimizer, losses=losses)
