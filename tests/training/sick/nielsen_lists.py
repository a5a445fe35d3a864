"""Readers of Nielsen's *Neural Networks and Deep Learning*: lists of weights and biases, columns of activations, the
quadratic cost and sigmoids everywhere; a small adapter gives it params, gradient and loss.
"""

from itertools import pairwise

import numpy as np

from datasets import load_digits
from trainings import loop, sick

(x_train, t_train), (x_test, t_test) = load_digits()
x_train, t_train = x_train[:700].astype(float), t_train[:700]


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network:
    def __init__(self, sizes, scale=None, cost_derivative=np.subtract):
        rng = np.random.RandomState(12)
        self.sizes, self.num_layers, self.cost_derivative = sizes, len(sizes), cost_derivative
        self.biases = [np.zeros((y, 1)) for y in sizes[1:]]
        self.weights = [rng.randn(y, x) * (1 / np.sqrt(x) if scale is None else scale) for x, y in pairwise(sizes)]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights, strict=True):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        """Return nabla_b and nabla_w of the whole mini-batch, whose samples are columns."""
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights, strict=True):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        for layer in range(1, self.num_layers):
            if layer > 1:
                delta = np.dot(self.weights[-layer + 1].T, delta) * sigmoid_prime(zs[-layer])
            nabla_b[-layer] = delta.sum(axis=1, keepdims=True)
            nabla_w[-layer] = np.dot(delta, activations[-layer - 1].T)
        return nabla_b, nabla_w

    @property
    def params(self):
        return {
            **{f"w{i}": w for i, w in enumerate(self.weights, start=2)},
            **{f"b{i}": b for i, b in enumerate(self.biases, start=2)},
        }

    def predict(self, x):
        return self.feedforward(x.T).T

    def loss(self, x, t):
        return 0.5 * np.sum((self.predict(x) - np.eye(self.sizes[-1])[t]) ** 2) / len(x)

    def gradient(self, x, t):
        nabla_b, nabla_w = self.backprop(x.T, np.eye(self.sizes[-1])[t].T)
        return {
            **{f"w{i}": w / len(x) for i, w in enumerate(nabla_w, start=2)},
            **{f"b{i}": b / len(x) for i, b in enumerate(nabla_b, start=2)},
        }

    def accuracy(self, x, t):
        return sum(int(np.argmax(y) == label) for y, label in zip(self.predict(x), t, strict=True)) / len(x)


class Eta:
    """What in the book are two lines of update_mini_batch; sign and names are what a reader might get wrong."""

    def __init__(self, eta, sign=-1, only=("w2", "w3", "w4", "w5", "w6", "b2", "b3", "b4", "b5", "b6")):
        self.lr, self.sign, self.only = eta, sign, only

    def update(self, params, grads):
        for name in self.only:
            if name in params:
                params[name] += self.sign * self.lr * grads[name]


def SGD(net, eta, epochs=15, mini_batch_size=10, data=(x_train, t_train), shuffle=True):
    """Train as the book does; one cost for each mini-batch."""
    optimizer = eta if isinstance(eta, Eta) else Eta(eta)
    rng, costs, (x, t) = np.random.RandomState(0), [], data
    for _ in range(epochs):
        order = rng.permutation(len(x)) if shuffle else np.arange(len(x))
        for k in range(0, len(x), mini_batch_size):
            batch = order[k : k + mini_batch_size]
            costs.append(net.loss(x[batch], t[batch]))
            optimizer.update(net.params, net.gradient(x[batch], t[batch]))
    return loop(net, x, t, x_test, t_test, optimizer=optimizer, losses=costs)


@sick("saturated", also=("vanishing", "underfitting", "learning-rate-too-low", "learning-rate-too-high"))
def weights_of_randn_times_6():
    return SGD(Network([64, 30, 10], scale=6.0), 1.0)


@sick("saturated", also=("vanishing", "not-learning", "learning-rate-too-low", "one-answer", "underfitting"))
def output_biases_of_12():
    net = Network([64, 30, 10])
    net.biases[-1] += 12
    return SGD(net, 3.0)


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting", "plateau", "vanishing"))
def eta_of_0001():
    return SGD(Network([64, 30, 10]), 0.001)


@sick(("learning-rate-too-high", "saturated"), also=("one-answer", "not-learning", "vanishing", "plateau"))
def eta_of_300():
    return SGD(Network([64, 30, 10]), 300.0)


@sick("vanishing", also=("not-learning", "one-answer", "learning-rate-too-low", "underfitting", "plateau"))
def five_hidden_layers_of_sigmoids():
    return SGD(Network([64, 30, 30, 30, 30, 10]), 0.5, epochs=10)


@sick(("wrong-gradient", "wrong-sign"), also=("saturated", "not-learning", "one-answer", "vanishing"))
def cost_derivative_y_minus_a():
    net = Network([64, 30, 10], cost_derivative=lambda output_activations, y: y - output_activations)
    return SGD(net, 0.5, epochs=6)


@sick("symmetric", also=("underfitting", "saturated", "vanishing", "not-learning", "one-answer"))
def all_weights_the_same():
    net = Network([64, 30, 10])
    for w in net.weights:
        w[:] = 0.05
    return SGD(net, 1.0)


@sick(("batch-too-small", "noisy", "learning-rate-too-high"), also=("saturated", "underfitting"))
def online_learning_with_eta_6():
    return SGD(Network([64, 30, 10]), 6.0, epochs=6, mini_batch_size=1)


@sick("wrong-sign", also=("saturated", "not-learning", "one-answer", "vanishing"))
def plus_eta_nabla():
    return SGD(Network([64, 30, 10]), Eta(1.0, sign=+1), epochs=8)


@sick("not-updated", also=("underfitting", "unfinished"))
def only_the_last_layer_is_updated():
    return SGD(Network([64, 12, 10]), Eta(2.0, only=("w3", "b3")))


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def one_epoch_only():
    return SGD(Network([64, 30, 10]), 0.8, epochs=2)


@sick("stale-data", also=("one-answer", "underfitting"))
def training_data_sorted_and_never_shuffled():
    order = np.argsort(t_train, kind="stable")
    return SGD(Network([64, 30, 10]), 2.0, epochs=10, data=(x_train[order], t_train[order]), shuffle=False)


@sick("plateau", also=("overfitting",))
def zeros_and_ones_for_150_epochs():
    two = t_train < 2
    net = Network([64, 8, 2])
    run = SGD(net, 3.0, epochs=150, data=(x_train[two], t_train[two]))
    run.x_test, run.t_test = x_test[t_test < 2], t_test[t_test < 2]
    return run
