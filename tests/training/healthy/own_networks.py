"""Networks that somebody wrote alone: lists of weights, functions, names in other languages, layers of one's own."""

import numpy as np

from datasets import curve, load_digits, moons
from layers import Affine, IdentityWithLoss, ReLU, SoftmaxWithLoss, Tanh
from networks import Network
from training import SGD, Adam, Momentum, Trainer
from trainings import healthy, loop


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


class ListNet:
    """Nielsen's habit: a list of weights and a list of biases, here with rows as samples."""

    def __init__(self, sizes, seed):
        rng = np.random.default_rng(seed)
        self.weights = [
            rng.standard_normal((n, m)) * np.sqrt(1 / n) for n, m in zip(sizes[:-1], sizes[1:], strict=True)
        ]
        self.biases = [np.zeros(m) for m in sizes[1:]]

    @property
    def params(self):
        named = {f"w{i}": w for i, w in enumerate(self.weights)}
        return named | {f"b{i}": b for i, b in enumerate(self.biases)}

    def feedforward(self, x):
        activations = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            activations.append(np.tanh(activations[-1] @ w + b))
        return activations, activations[-1] @ self.weights[-1] + self.biases[-1]

    def predict(self, x):
        return self.feedforward(x)[1]

    def loss(self, x, t):
        return float(-np.log(softmax(self.predict(x))[np.arange(len(t)), t] + 1e-12).mean())

    def accuracy(self, x, t):
        return float((self.predict(x).argmax(1) == t).mean())

    def gradient(self, x, t):
        activations, z = self.feedforward(x)
        delta, grads = softmax(z), {}
        delta[np.arange(len(t)), t] -= 1
        delta /= len(t)
        for i in reversed(range(len(self.weights))):
            grads[f"w{i}"], grads[f"b{i}"] = activations[i].T @ delta, delta.sum(0)
            delta = (delta @ self.weights[i].T) * (1 - activations[i] ** 2)
        return grads


class NisouNet:
    """A student in Japan: Omomi are weights, Bias are biases, and sonshitsu the loss."""

    def __init__(self, nyuuryoku, chuukan, shutsuryoku):
        rng = np.random.default_rng(91)
        self.params = {
            "Omomi1": rng.normal(0, np.sqrt(2 / nyuuryoku), (nyuuryoku, chuukan)),
            "Bias1": np.zeros(chuukan),
            "Omomi2": rng.normal(0, np.sqrt(2 / chuukan), (chuukan, shutsuryoku)),
            "Bias2": np.zeros(shutsuryoku),
        }

    def yosoku(self, x):
        self.h = np.maximum(x @ self.params["Omomi1"] + self.params["Bias1"], 0)
        return softmax(self.h @ self.params["Omomi2"] + self.params["Bias2"])

    def predict(self, x):
        return self.yosoku(x)

    def loss(self, x, t):
        return -np.sum(t * np.log(self.yosoku(x) + 1e-7)) / len(x)

    def accuracy(self, x, t):
        return np.mean(self.yosoku(x).argmax(axis=1) == t.argmax(axis=1))

    def gradient(self, x, t):
        d2 = (self.yosoku(x) - t) / len(x)
        d1 = d2 @ self.params["Omomi2"].T * (self.h > 0)
        return {"Omomi1": x.T @ d1, "Bias1": d1.sum(0), "Omomi2": self.h.T @ d2, "Bias2": d2.sum(0)}


class Swish:
    """A layer of one's own, without a base class."""

    def forward(self, x):
        self.x, self.s = x, 1 / (1 + np.exp(-x))
        return x * self.s

    def backward(self, dout):
        return dout * (self.s + self.x * self.s * (1 - self.s))


class Scale:
    """A layer of one's own with a parameter: one factor for each feature."""

    def __init__(self, D):
        self.W = np.ones(D, np.float32)

    def forward(self, x):
        self.x = x
        return x * self.W

    def backward(self, dout):
        self.dW = (dout * self.x).sum(axis=0)
        return dout * self.W


class SignDescent:
    """An optimizer of one's own: only the sign of the gradient, with a rate that falls."""

    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for name in params:
            params[name] -= self.lr * np.sign(grads[name])
        self.lr *= 0.995


class Functions:
    """An object made of functions."""

    def __init__(self, params, forward, backward):
        self.params, self.forward, self.backward = params, forward, backward

    def predict(self, x):
        return self.forward(self.params, x)

    def loss(self, x, t):
        return float(-np.log(softmax(self.predict(x))[np.arange(len(t)), t] + 1e-12).mean())

    def accuracy(self, x, t):
        return float((self.predict(x).argmax(1) == t).mean())

    def gradient(self, x, t):
        d = softmax(self.predict(x))
        d[np.arange(len(t)), t] -= 1
        return self.backward(self.params, x, d / len(t))


def affine(rng, D, M, gain=2):
    return Affine((rng.standard_normal((D, M)) * np.sqrt(gain / D)).astype(np.float32), np.zeros(M, np.float32))


def run(net, train, test, optimizer, steps, batch_size=50, seed=0):
    (x, t), rng, losses = train, np.random.default_rng(seed), []
    for _ in range(steps):
        rows = rng.integers(0, len(x), batch_size)
        losses.append(net.loss(x[rows], t[rows]))
        optimizer.update(net.params, net.gradient(x[rows], t[rows]))
    return loop(net, x, t, *test, optimizer=optimizer, losses=losses)


@healthy(may=("plateau", "unfinished"))
def lists_of_weights():
    return run(ListNet([64, 40, 10], seed=90), *load_digits(), SGD(lr=0.4), steps=1500)


@healthy(may=("plateau", "unfinished"))
def lists_of_weights_for_three_layers():
    return run(ListNet([64, 40, 30, 10], seed=92), *load_digits(), Momentum(lr=0.05), steps=900)


@healthy(may=("plateau", "unfinished"))
def japanese_names_and_one_hot_labels():
    return run(NisouNet(64, 50, 10), *load_digits(one_hot_label=True), Momentum(lr=0.05), steps=900)


@healthy(may=("plateau", "unfinished"))
def japanese_names_in_the_trainer():
    kunren, tesuto = load_digits(one_hot_label=True)
    trainer = Trainer(NisouNet(64, 60, 10), *kunren, *tesuto, SGD(lr=0.4), epochs=20, batch_size=30, seed=1)
    trainer.train()
    return trainer


@healthy(may=("plateau", "unfinished"))
def swish_of_ones_own():
    rng = np.random.default_rng(93)
    network = Network([affine(rng, 64, 60), Swish(), affine(rng, 60, 10, gain=1)], SoftmaxWithLoss())
    trainer = Trainer(network, *(a for part in load_digits() for a in part), Adam(lr=0.005), epochs=20, batch_size=50)
    trainer.rng = np.random.default_rng(0)
    trainer.epoch_order = trainer.rng.bit_generator.state
    trainer.train()
    return trainer


@healthy(may=("plateau", "unfinished"))
def scale_of_ones_own_before_an_affine():
    rng = np.random.default_rng(94)
    network = Network([Scale(64), affine(rng, 64, 50), ReLU(), Scale(50), affine(rng, 50, 10)], SoftmaxWithLoss())
    return run(network, *load_digits(), Momentum(lr=0.05), steps=900)


@healthy(may=("plateau", "unfinished"))
def signs_of_gradients():
    return run(ListNet([64, 50, 10], seed=95), *load_digits(), SignDescent(lr=0.01), steps=800)


@healthy(may=("overfitting", "plateau", "unfinished"))
def functions_over_a_dict():
    rng = np.random.default_rng(96)
    params = {"a": rng.standard_normal((2, 40)), "b": np.zeros(40), "c": 0.2 * rng.standard_normal((40, 2))}

    def forward(p, x):
        return np.maximum(x @ p["a"] + p["b"], 0) @ p["c"]

    def backward(p, x, d):
        h = np.maximum(x @ p["a"] + p["b"], 0)
        dh = d @ p["c"].T * (h > 0)
        return {"a": x.T @ dh, "b": dh.sum(0), "c": h.T @ d}

    net = Functions(params, forward, backward)
    return run(net, moons(400, noise=0.15), moons(200, noise=0.15, seed=1), Momentum(lr=0.1), steps=800)


@healthy(may=("unfinished",))
def named_layers_in_a_network():
    rng = np.random.default_rng(97)
    layers = {"in": affine(rng, 1, 40, gain=20), "bend": Tanh(), "out": affine(rng, 40, 1, gain=0.1)}
    return run(Network(layers, IdentityWithLoss()), curve(300), curve(100, seed=2), Adam(lr=0.02), steps=1200)
