"""A regression network of three layers by hand (tanh, squared error): a student who lists activations and deltas."""

import numpy as np

from mistakes import Mistake, Right


class RegressionNet:
    def __init__(self, rng, sizes=(3, 5, 4, 2)):
        self.L = len(sizes) - 1
        self.params = {}
        for i in range(1, self.L + 1):
            self.params[f"W{i}"] = rng.normal(size=(sizes[i - 1], sizes[i])) / np.sqrt(sizes[i - 1])
            self.params[f"b{i}"] = 0.1 * rng.normal(size=sizes[i])

    def activations(self, x):
        hs = [x]
        for i in range(1, self.L + 1):
            z = hs[-1] @ self.params[f"W{i}"] + self.params[f"b{i}"]
            hs.append(z if i == self.L else np.tanh(z))
        return hs

    def loss(self, x, t):
        y = self.activations(x)[-1]
        return 0.5 * np.sum((y - t) ** 2) / len(x)

    def gradient(self, x, t):
        hs = self.activations(x)
        delta = (hs[-1] - t) / len(x)
        grads = {}
        for i in range(self.L, 0, -1):
            grads[f"W{i}"] = hs[i - 1].T @ delta
            grads[f"b{i}"] = delta.sum(axis=0)
            if i > 1:
                delta = (delta @ self.params[f"W{i}"].T) * (1 - hs[i - 1] ** 2)
        return grads


class RegressionNetZ:
    """Written out, no loops."""

    def __init__(self, rng):
        self.params = {
            "W1": rng.normal(0, 0.7, (3, 5)),
            "b1": np.zeros(5),
            "W2": rng.normal(0, 0.7, (5, 4)),
            "b2": np.zeros(4),
            "W3": rng.normal(0, 0.7, (4, 2)),
            "b3": np.zeros(2),
        }

    def _forward(self, x):
        W1, b1, W2, b2, W3, b3 = self.params.values()
        a1 = x @ W1 + b1
        z1 = np.tanh(a1)
        a2 = z1 @ W2 + b2
        z2 = np.tanh(a2)
        y = z2 @ W3 + b3
        return a1, z1, a2, z2, y

    def loss(self, x, t):
        y = self._forward(x)[-1]
        return 0.5 * ((y - t) ** 2).sum(axis=1).mean()

    def gradient(self, x, t):
        a1, z1, a2, z2, y = self._forward(x)
        d3 = (y - t) / x.shape[0]
        d2 = d3 @ self.params["W3"].T * (1 - z2**2)
        d1 = d2 @ self.params["W2"].T * (1 - a1**2)
        return {
            "W1": x.T @ d1,
            "b1": d1.sum(0),
            "W2": z1.T @ d2,
            "b2": d2.sum(0),
            "W3": z2.T @ d3,
            "b3": d3.sum(0),
        }


class RegressionNetMeanBias(RegressionNet):
    def gradient(self, x, t):
        hs = self.activations(x)
        grads = {}
        delta = (hs[3] - t) / len(x)
        grads["W3"], grads["b3"] = hs[2].T @ delta, np.sum(delta, axis=0)
        delta = (1 - hs[2] ** 2) * (delta @ self.params["W3"].T)
        grads["W2"], grads["b2"] = hs[1].T @ delta, np.mean(delta, axis=0)
        delta = (1 - hs[1] ** 2) * (delta @ self.params["W2"].T)
        grads["W1"], grads["b1"] = hs[0].T @ delta, np.sum(delta, axis=0)
        return grads


class RegressionNetError:
    def __init__(self, rng, d, h1, h2, o):
        self.params = {}
        self.params["W1"], self.params["b1"] = rng.normal(size=(d, h1)) / 2, np.zeros(h1)
        self.params["W2"], self.params["b2"] = rng.normal(size=(h1, h2)) / 2, np.zeros(h2)
        self.params["W3"], self.params["b3"] = rng.normal(size=(h2, o)) / 2, np.zeros(o)

    def predict(self, x):
        self.h1 = np.tanh(np.dot(x, self.params["W1"]) + self.params["b1"])
        self.h2 = np.tanh(np.dot(self.h1, self.params["W2"]) + self.params["b2"])
        return np.dot(self.h2, self.params["W3"]) + self.params["b3"]

    def loss(self, x, t):
        error = t - self.predict(x)
        return np.sum(error * error) / (2 * len(error))

    def gradient(self, x, t):
        error = t - self.predict(x)
        d3 = error / len(error)
        d2 = np.dot(d3, self.params["W3"].T) * (1 - self.h2 * self.h2)
        d1 = np.dot(d2, self.params["W2"].T) * (1 - self.h1 * self.h1)
        grads = {}
        for i, (inp, d) in enumerate([(x, d1), (self.h1, d2), (self.h2, d3)], start=1):
            grads[f"W{i}"] = np.dot(inp.T, d)
            grads[f"b{i}"] = d.sum(axis=0)
        return grads


class RegressionNetGrads:
    """The gradients live beside the parameters."""

    def __init__(self, rng):
        self.params, self.grads = {}, {}
        widths = [3, 5, 4, 2]
        for i in (1, 2, 3):
            self.params[f"W{i}"] = 0.6 * rng.normal(size=(widths[i - 1], widths[i]))
            self.params[f"b{i}"] = np.zeros(widths[i])
        for name, value in self.params.items():
            self.grads[name] = np.zeros_like(value)

    def _layer(self, i, h):
        return h @ self.params[f"W{i}"] + self.params[f"b{i}"]

    def loss(self, x, t):
        y = self._layer(3, np.tanh(self._layer(2, np.tanh(self._layer(1, x)))))
        return 0.5 * np.sum((y - t) ** 2) / y.shape[0]

    def gradient(self, x, t):
        N = x.shape[0]
        for xn, tn in zip(x, t):
            h1 = np.tanh(self._layer(1, xn))
            h2 = np.tanh(self._layer(2, h1))
            d3 = (self._layer(3, h2) - tn) / N
            d2 = (self.params["W3"] @ d3) * (1 - h2**2)
            d1 = (self.params["W2"] @ d2) * (1 - h1**2)
            for i, h, d in ((1, xn, d1), (2, h1, d2), (3, h2, d3)):
                self.grads[f"W{i}"] += np.outer(h, d)
                self.grads[f"b{i}"] += d
        return {name: g.copy() for name, g in self.grads.items()}


class RegressionNetOneBiasLess(RegressionNet):
    def gradient(self, x, t):
        hs = self.activations(x)
        deltas = [None, None, None, (hs[3] - t) / len(x)]
        for i in (2, 1):
            deltas[i] = deltas[i + 1] @ self.params[f"W{i + 1}"].T * (1 - hs[i] ** 2)
        grads = {name: np.zeros_like(p) for name, p in self.params.items()}
        for i in range(1, self.L + 1):
            grads[f"W{i}"] += hs[i - 1].T @ deltas[i]
        for i in range(1, self.L):
            grads[f"b{i}"] += deltas[i].sum(axis=0)
        return grads


class RegressionNetSameWidth:
    def __init__(self, rng, d, width, o):
        self.params = {
            "W1": rng.normal(size=(d, width)) * 0.6,
            "b1": rng.normal(size=width) * 0.1,
            "W2": rng.normal(size=(width, width)) * 0.6,
            "b2": rng.normal(size=width) * 0.1,
            "W3": rng.normal(size=(width, o)) * 0.6,
            "b3": rng.normal(size=o) * 0.1,
        }

    def loss(self, x, t):
        h = x
        for i in (1, 2):
            h = np.tanh(h @ self.params[f"W{i}"] + self.params[f"b{i}"])
        y = h @ self.params["W3"] + self.params["b3"]
        return np.sum(np.square(y - t)) / (2.0 * len(t))

    def gradient(self, x, t):
        p = self.params
        h = np.tanh(x @ p["W1"] + p["b1"])
        g = np.tanh(h @ p["W2"] + p["b2"])
        dy = (g @ p["W3"] + p["b3"] - t) / len(t)
        dg = dy @ p["W3"].T * (1 - g * g)
        dh = dg @ p["W2"].T * (1 - h * h)
        grads = {"W3": g.T @ dy, "W2": g.T @ dg, "W1": x.T @ dh}
        grads.update(b3=dy.sum(0), b2=dg.sum(0), b1=dh.sum(0))
        return grads


def inputs(rng):
    return rng.normal(size=(6, 3)), rng.normal(size=(6, 2))


RIGHT = [Right(lambda rng: RegressionNet(rng), inputs, network=True)]
MISTAKES = [
    Mistake("wrong-point", "W1", lambda rng: RegressionNetZ(rng), inputs, network=True),
    Mistake("extra-batch-average", "b2", lambda rng: RegressionNetMeanBias(rng), inputs, network=True),
    Mistake("sign-flipped", None, lambda rng: RegressionNetError(rng, 3, 5, 4, 2), inputs, network=True),
    Mistake("accumulates", None, lambda rng: RegressionNetGrads(rng), inputs, network=True),
    Mistake("not-computed", "b3", lambda rng: RegressionNetOneBiasLess(rng), inputs, network=True),
    Mistake("wrong-point", "W2", lambda rng: RegressionNetSameWidth(rng, 3, 4, 2), inputs, network=True),
]
