"""A three-layer perceptron in one class: params W1..b3, `loss(x, t)` and a handwritten `gradient(x, t)`."""

import numpy as np

from mistakes import Mistake, Right


class ThreeLayerNet:
    def __init__(self, sizes, rng):
        a, b, c, d = sizes
        self.params = {
            "W1": rng.normal(0, 0.6, (a, b)),
            "b1": rng.normal(0, 0.3, b),
            "W2": rng.normal(0, 0.6, (b, c)),
            "b2": rng.normal(0, 0.3, c),
            "W3": rng.normal(0, 0.6, (c, d)),
            "b3": rng.normal(0, 0.3, d),
        }
        self.grads = {}

    def predict(self, x):
        p = self.params
        h1 = np.maximum(x @ p["W1"] + p["b1"], 0)
        h2 = np.maximum(h1 @ p["W2"] + p["b2"], 0)
        s = h2 @ p["W3"] + p["b3"]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        return -np.mean(np.log(self.predict(x)[np.arange(len(t)), t]))

    def gradient(self, x, t):
        p = self.params
        z1 = x @ p["W1"] + p["b1"]
        h1 = np.maximum(z1, 0)
        z2 = h1 @ p["W2"] + p["b2"]
        h2 = np.maximum(z2, 0)
        ds = self.predict(x)
        ds[np.arange(len(t)), t] -= 1
        ds /= len(t)
        g = {"W3": h2.T @ ds, "b3": ds.sum(axis=0)}
        dz2 = (ds @ p["W3"].T) * (z2 > 0)
        g["W2"], g["b2"] = h1.T @ dz2, dz2.sum(axis=0)
        dz1 = (dz2 @ p["W2"].T) * (z1 > 0)
        g["W1"], g["b1"] = x.T @ dz1, dz1.sum(axis=0)
        self.grads = g
        return g


class ThreeLayerRawHidden(ThreeLayerNet):
    def gradient(self, x, t):
        p = self.params
        z1 = x @ p["W1"] + p["b1"]
        h1 = np.maximum(z1, 0)
        z2 = h1 @ p["W2"] + p["b2"]
        h2 = np.maximum(z2, 0)
        delta3 = (self.predict(x) - np.eye(len(p["b3"]))[t]) / len(t)
        delta2 = (delta3 @ p["W3"].T) * (z2 > 0)
        delta1 = (delta2 @ p["W2"].T) * (z1 > 0)
        self.grads = {
            "W1": x.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": z1.T @ delta2,
            "b2": delta2.sum(axis=0),
            "W3": h2.T @ delta3,
            "b3": delta3.sum(axis=0),
        }
        return self.grads


class ThreeLayerCollector:
    def __init__(self, sizes, rng):
        self.params, self.grads = {}, {}
        for i in (1, 2, 3):
            self.params[f"W{i}"] = rng.normal(0, 0.6, (sizes[i - 1], sizes[i]))
            self.params[f"b{i}"] = rng.normal(0, 0.3, sizes[i])
            self.grads[f"W{i}"] = np.zeros((sizes[i - 1], sizes[i]))
            self.grads[f"b{i}"] = np.zeros(sizes[i])

    def run(self, x):
        inputs = []
        for i in (1, 2, 3):
            inputs.append(x)
            x = x @ self.params[f"W{i}"] + self.params[f"b{i}"]
            if i < 3:
                x = np.maximum(x, 0)
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True), inputs

    def loss(self, x, t):
        y, _ = self.run(x)
        return -np.log(y[np.arange(len(t)), t]).mean()

    def gradient(self, x, t):
        d, inputs = self.run(x)
        d[np.arange(len(t)), t] -= 1
        d /= len(t)
        for i in (3, 2, 1):
            self.grads[f"W{i}"] += inputs[i - 1].T @ d
            self.grads[f"b{i}"] += d.sum(axis=0)
            if i > 1:
                d = (d @ self.params[f"W{i}"].T) * (inputs[i - 1] > 0)
        return self.grads


class ThreeLayerMeanBias(ThreeLayerNet):
    def gradient(self, x, t):
        p, g = self.params, {}
        z1 = x @ p["W1"] + p["b1"]
        h1 = np.maximum(z1, 0)
        z2 = h1 @ p["W2"] + p["b2"]
        h2 = np.maximum(z2, 0)
        d = self.predict(x)
        d[np.arange(len(t)), t] -= 1
        d /= len(t)
        g["W3"] = np.dot(h2.T, d)
        g["b3"] = np.sum(d, axis=0)
        d = np.dot(d, p["W3"].T)
        d[z2 <= 0] = 0
        g["W2"] = np.dot(h1.T, d)
        g["b2"] = np.sum(d, axis=0)
        d = np.dot(d, p["W2"].T)
        d[z1 <= 0] = 0
        g["W1"] = np.dot(x.T, d)
        g["b1"] = np.mean(d, axis=0)
        self.grads = g
        return g


class ThreeLayerOneRelu:
    def __init__(self, sizes, rng):
        self.params = {}
        for i in range(3):
            self.params["W" + str(i + 1)] = rng.normal(0, 0.6, (sizes[i], sizes[i + 1]))
            self.params["b" + str(i + 1)] = rng.normal(0, 0.3, sizes[i + 1])

    def forward(self, x):
        p = self.params
        h1 = x.dot(p["W1"]) + p["b1"]
        h1[h1 < 0] = 0
        h2 = h1.dot(p["W2"]) + p["b2"]
        h2[h2 < 0] = 0
        s = h2.dot(p["W3"]) + p["b3"]
        s -= s.max(axis=1, keepdims=True)
        y = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        return h1, h2, y

    def loss(self, x, t):
        y = self.forward(x)[-1]
        return -sum(np.log(y[n, k]) for n, k in enumerate(t)) / len(t)

    def gradient(self, x, t):
        p = self.params
        h1, h2, y = self.forward(x)
        for n, k in enumerate(t):
            y[n, k] -= 1
        dy = y / len(t)
        dh2 = dy.dot(p["W3"].T)
        dh1 = dh2.dot(p["W2"].T)
        dh1[h1 <= 0] = 0
        self.grads = dict(
            W1=x.T.dot(dh1), b1=dh1.sum(0), W2=h1.T.dot(dh2), b2=dh2.sum(0), W3=h2.T.dot(dy), b3=dy.sum(0)
        )
        return self.grads


SIZES = (4, 5, 7, 3)


def labelled(rng):
    return rng.normal(size=(6, 4)), rng.permutation([0, 1, 2, 0, 1, 2])


RIGHT = [Right(lambda rng: ThreeLayerNet(SIZES, rng), labelled, network=True)]

MISTAKES = [
    Mistake("wrong-point", "W2", lambda rng: ThreeLayerRawHidden(SIZES, rng), labelled, network=True),
    Mistake("accumulates", None, lambda rng: ThreeLayerCollector(SIZES, rng), labelled, network=True),
    Mistake("extra-batch-average", "b1", lambda rng: ThreeLayerMeanBias(SIZES, rng), labelled, network=True),
    Mistake("mask-missing", "W2", lambda rng: ThreeLayerOneRelu(SIZES, rng), labelled, network=True),
]
