"""Classifiers as in the notes and assignments of CS231n: one matrix, two layers, update rules."""

import numpy as np

from datasets import load_digits, spiral
from trainings import healthy, loop


def data(standardised=False, samples=1438):
    (X, y), (X_test, y_test) = load_digits()
    X, y = X[:samples].astype(float), y[:samples]
    X_test = X_test.astype(float)
    if standardised:
        mean = X.mean(axis=0)
        X, X_test = X - mean, X_test - mean
    return X, y, X_test, y_test


def softmax_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(len(y)), y] + 1e-12).mean()
    dscores = probs.copy()
    dscores[np.arange(len(y)), y] -= 1
    return loss, dscores / len(y)


def svm_loss(scores, y):
    margins = np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1)
    margins[np.arange(len(y)), y] = 0
    dscores = (margins > 0).astype(float)
    dscores[np.arange(len(y)), y] -= dscores.sum(axis=1)
    return margins.sum() / len(y), dscores / len(y)


class LinearClassifier:
    """The assignment's: one matrix, which may start at zero."""

    def __init__(self, D, K, reg=0.0, loss_function=softmax_loss):
        self.W, self.b, self.reg, self.loss_function = np.zeros((D, K)), np.zeros(K), reg, loss_function
        self.params = {"W": self.W, "b": self.b}

    def predict(self, X):
        return X @ self.W + self.b

    def loss(self, X, y):
        return self.loss_function(self.predict(X), y)[0] + self.reg * np.sum(self.W**2)

    def gradient(self, X, y):
        _, dscores = self.loss_function(self.predict(X), y)
        return {"W": X.T @ dscores + 2 * self.reg * self.W, "b": dscores.sum(axis=0)}

    def accuracy(self, X, y):
        return np.mean(self.predict(X).argmax(axis=1) == y)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.1, reg=0.0, seed=0, loss_function=softmax_loss):
        rng = np.random.default_rng(seed)
        self.reg, self.loss_function = reg, loss_function
        self.params = {
            "W1": std * rng.standard_normal((input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": std * rng.standard_normal((hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }

    def scores(self, X):
        self.h = np.maximum(0, X @ self.params["W1"] + self.params["b1"])
        return self.h @ self.params["W2"] + self.params["b2"]

    def predict(self, X):
        return self.scores(X)

    def penalty(self):
        return self.reg * (np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2))

    def loss(self, X, y):
        return self.loss_function(self.scores(X), y)[0] + self.penalty()

    def gradient(self, X, y):
        _, dscores = self.loss_function(self.scores(X), y)
        dh = (dscores @ self.params["W2"].T) * (self.h > 0)
        return {
            "W2": self.h.T @ dscores + 2 * self.reg * self.params["W2"],
            "b2": dscores.sum(axis=0),
            "W1": X.T @ dh + 2 * self.reg * self.params["W1"],
            "b1": dh.sum(axis=0),
        }

    def accuracy(self, X, y):
        return np.mean(self.predict(X).argmax(axis=1) == y)


class Update:
    """The update rules of the notes."""

    def __init__(self, kind, lr, decay=1.0):
        self.kind, self.lr, self.decay, self.cache = kind, lr, decay, {}

    def update(self, params, grads):
        for name, dx in grads.items():
            past = self.cache.get(name, np.zeros_like(dx))
            if self.kind == "vanilla":
                params[name] -= self.lr * dx
            elif self.kind == "momentum":
                self.cache[name] = 0.9 * past - self.lr * dx
                params[name] += self.cache[name]
            else:
                self.cache[name] = 0.99 * past + 0.01 * dx**2
                params[name] -= self.lr * dx / (np.sqrt(self.cache[name]) + 1e-8)


def train(net, split, update, num_iters, batch_size=100, seed=0):
    X, y, X_test, y_test = split
    rng, loss_history = np.random.default_rng(seed), []
    per_epoch = max(1, len(X) // batch_size)
    for it in range(num_iters):
        batch = rng.choice(len(X), batch_size) if batch_size < len(X) else np.arange(len(X))
        loss_history.append(net.loss(X[batch], y[batch]))
        update.update(net.params, net.gradient(X[batch], y[batch]))
        if (it + 1) % per_epoch == 0:
            update.lr *= update.decay
    return loop(net, X, y, X_test, y_test, optimizer=update, losses=loss_history)


@healthy(may=("unfinished",))
def softmax_classifier_from_zeros():
    return train(LinearClassifier(64, 10), data(), Update("vanilla", lr=1.5), num_iters=1500)


@healthy(may=("plateau", "unfinished"))
def linear_svm():
    net = LinearClassifier(64, 10, reg=1e-4, loss_function=svm_loss)
    return train(net, data(), Update("vanilla", lr=0.3, decay=0.97), num_iters=1500)


@healthy(may=("plateau",))
def two_layer_net_of_the_assignment():
    return train(TwoLayerNet(64, 50, 10, reg=1e-4), data(), Update("vanilla", lr=0.6, decay=0.99), num_iters=1200)


@healthy(may=("plateau",))
def two_layer_net_with_momentum_on_centred_pixels():
    net = TwoLayerNet(64, 80, 10, std=0.15, seed=1)
    return train(net, data(standardised=True), Update("momentum", lr=0.05, decay=0.98), num_iters=700)


@healthy(may=("plateau", "unfinished"))
def two_layer_net_with_rmsprop():
    return train(TwoLayerNet(64, 60, 10, seed=2), data(), Update("rmsprop", lr=0.003, decay=0.97), num_iters=800)


@healthy(may=("plateau", "unfinished"))
def two_layer_net_under_the_hinge_loss():
    net = TwoLayerNet(64, 60, 10, seed=3, loss_function=svm_loss)
    return train(net, data(), Update("momentum", lr=0.01, decay=0.98), num_iters=800)


@healthy(may=("plateau",))
def spiral_of_the_notes_with_the_whole_data_as_batch():
    X, y = spiral(300)
    X_test, y_test = spiral(150, seed=5)
    net = TwoLayerNet(2, 100, 3, std=0.3, reg=1e-5, seed=4)
    return train(net, (X.astype(float), y, X_test.astype(float), y_test), Update("momentum", lr=0.3), 1500, 300)


@healthy(may=("overfitting", "plateau"))
def two_hundred_images_with_weight_decay():
    split = data(samples=200)
    return train(
        TwoLayerNet(64, 40, 10, reg=1e-3, seed=5), split, Update("vanilla", lr=0.4), num_iters=400, batch_size=50
    )
