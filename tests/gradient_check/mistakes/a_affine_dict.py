"""Fully connected layer with dicts: self.params and self.grads share their keys, the input goes into self.cache."""

import numpy as np

from mistakes import Mistake, Right


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.params = {"W": rng.normal(0, 0.5, (n_in, n_out)), "b": rng.normal(0, 0.5, n_out)}
        self.grads = {}
        self.cache = {}

    def forward(self, X):
        self.cache["X"] = X
        return X.dot(self.params["W"]) + self.params["b"]

    def backward(self, delta):
        X = self.cache["X"]
        self.grads["W"] = X.T.dot(delta)
        self.grads["b"] = delta.sum(0)
        return delta.dot(self.params["W"].T)


class DenseZip:
    def __init__(self, n_in, n_out, rng):
        self.params = {"b": rng.normal(0, 0.5, n_out), "W": rng.normal(0, 0.5, (n_in, n_out))}
        self.grads = {}
        self.cache = {}

    def forward(self, X):
        self.cache["X"] = X
        return X.dot(self.params["W"]) + self.params["b"]

    def backward(self, delta):
        X = self.cache["X"]
        gradients = (X.T.dot(delta), delta.sum(0))
        self.grads = dict(zip(self.params, gradients, strict=True))
        return delta.dot(self.params["W"].T)


class DenseCopiedDict:
    def __init__(self, n_in, n_out, rng):
        self.params = {"W": rng.normal(0, 0.5, (n_in, n_out)), "b": rng.normal(0, 0.5, n_out)}
        self.grads = self.params.copy()  # same keys, same shapes
        self.grads["b"] = np.zeros(n_out)
        self.cache = {}

    def forward(self, X):
        self.cache["X"] = X
        return X.dot(self.params["W"]) + self.params["b"]

    def backward(self, delta):
        X = self.cache["X"]
        dX = delta.dot(self.params["W"].T)
        self.grads["W"][:] = X.T.dot(delta)
        self.grads["b"][:] = delta.sum(0)
        return dX


class DenseBiasOnes(Dense):
    def backward(self, delta):
        X = self.cache["X"]
        m = X.shape[0]
        self.grads["W"] = X.T.dot(delta)
        self.grads["b"] = np.ones((m, self.params["b"].size)).sum(0)
        return delta.dot(self.params["W"].T)


class DenseLowerCaseKey(Dense):
    def backward(self, delta):
        x = self.cache["x"]
        self.grads["W"] = x.T.dot(delta)
        self.grads["b"] = delta.sum(0)
        return delta.dot(self.params["W"].T)


class DensePreallocated:
    def __init__(self, n_in, n_out, rng):
        self.params = {"W": rng.normal(0, 0.5, (n_in, n_out)), "b": rng.normal(0, 0.5, n_out)}
        self.grads = {key: np.zeros(value.shape) for key, value in self.params.items()}
        self.cache = {}

    def forward(self, X):
        self.cache["X"] = X
        return X.dot(self.params["W"]) + self.params["b"]

    def backward(self, delta):
        X = self.cache["X"]
        gW, gb = self.grads["W"], self.grads["b"]
        gW = X.T.dot(delta)  # noqa: F841
        gb[:] = delta.sum(0)
        return delta.dot(self.params["W"].T)


class DensePerSample:
    def __init__(self, n_in, n_out, rng):
        self.params = {"W": rng.normal(0, 0.5, (n_in, n_out)), "b": rng.normal(0, 0.5, n_out)}
        self.grads = {}
        self.cache = {}

    def forward(self, X):
        self.cache["X"] = X
        return X.dot(self.params["W"]) + self.params["b"]

    def backward(self, delta):
        X = self.cache["X"]
        self.grads["W"] = np.array([np.outer(xi, di) for xi, di in zip(X, delta, strict=True)])
        self.grads["b"] = delta.sum(0)
        return delta.dot(self.params["W"].T)


def data(rng):
    return (rng.uniform(-1, 1, (5, 6)),)


RIGHT = [Right(lambda rng: Dense(6, 4, rng), data)]

MISTAKES = [
    Mistake("swapped", "dW", lambda rng: DenseZip(6, 4, rng), data),
    Mistake("overwrites-parameter", "dW", lambda rng: DenseCopiedDict(6, 4, rng), data),
    Mistake("ignores-dout", "db", lambda rng: DenseBiasOnes(6, 4, rng), data),
    Mistake("raises", None, lambda rng: DenseLowerCaseKey(6, 4, rng), data),
    Mistake("not-computed", "dW", lambda rng: DensePreallocated(6, 4, rng), data),
    Mistake("not-summed", "dW", lambda rng: DensePerSample(6, 4, rng), data),
]
