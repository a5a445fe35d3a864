"""A two-layer network in one class, sigmoid and softmax cross entropy: a student who follows the book's chapter 4."""

import numpy as np

from mistakes import Mistake, Right


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(x):
    return (1.0 - sigmoid(x)) * sigmoid(x)


def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t])) / batch_size


class TwoLayerNet:
    def __init__(self, rng, input_size, hidden_size, output_size, weight_init_std=0.6):
        self.params = {}
        self.params["W1"] = weight_init_std * rng.normal(size=(input_size, hidden_size))
        self.params["b1"] = 0.1 * rng.normal(size=hidden_size)
        self.params["W2"] = weight_init_std * rng.normal(size=(hidden_size, output_size))
        self.params["b2"] = 0.1 * rng.normal(size=output_size)

    def predict(self, x):
        W1, W2 = self.params["W1"], self.params["W2"]
        b1, b2 = self.params["b1"], self.params["b2"]
        a1 = np.dot(x, W1) + b1
        z1 = sigmoid(a1)
        a2 = np.dot(z1, W2) + b2
        return softmax(a2)

    def loss(self, x, t):
        return cross_entropy_error(self.predict(x), t)

    def gradient(self, x, t):
        W1, W2 = self.params["W1"], self.params["W2"]
        b1, b2 = self.params["b1"], self.params["b2"]
        grads = {}
        batch_num = x.shape[0]

        # forward
        a1 = np.dot(x, W1) + b1
        z1 = sigmoid(a1)
        a2 = np.dot(z1, W2) + b2
        y = softmax(a2)

        # backward
        if t.ndim == 1:
            t = np.eye(y.shape[1])[t]
        dy = (y - t) / batch_num
        grads["W2"] = np.dot(z1.T, dy)
        grads["b2"] = np.sum(dy, axis=0)
        dz1 = np.dot(dy, W2.T)
        da1 = sigmoid_grad(a1) * dz1
        grads["W1"] = np.dot(x.T, da1)
        grads["b1"] = np.sum(da1, axis=0)
        return grads


class TwoLayerNetZ(TwoLayerNet):
    def gradient(self, x, t):
        W1, W2 = self.params["W1"], self.params["W2"]
        b1, b2 = self.params["b1"], self.params["b2"]
        grads = {}

        a1 = np.dot(x, W1) + b1
        z1 = sigmoid(a1)
        a2 = np.dot(z1, W2) + b2
        dy = softmax(a2)
        dy[np.arange(len(x)), t] -= 1
        dy /= len(x)

        grads["W2"] = np.dot(z1.T, dy)
        grads["b2"] = np.sum(dy, axis=0)
        da1 = sigmoid_grad(z1) * np.dot(dy, W2.T)
        grads["W1"] = np.dot(x.T, da1)
        grads["b1"] = np.sum(da1, axis=0)
        return grads


class TwoLayerNetTurned(TwoLayerNet):
    def gradient(self, x, t):
        p = self.params
        a1 = x @ p["W1"] + p["b1"]
        z1 = sigmoid(a1)
        y = softmax(z1 @ p["W2"] + p["b2"])

        dy = y.copy()
        dy[np.arange(t.shape[0]), t] -= 1
        dy = dy / t.shape[0]
        da1 = dy @ p["W2"].T * z1 * (1 - z1)
        return {
            "W1": x.T @ da1,
            "b1": da1.sum(axis=0),
            "W2": dy.T @ z1,
            "b2": dy.sum(axis=0),
        }


class TwoLayerNetSum:
    def __init__(self, rng, n_in, n_hidden, n_out):
        self.params = {
            "W1": rng.normal(size=(n_in, n_hidden)) / np.sqrt(n_in),
            "b1": np.zeros(n_hidden),
            "W2": rng.normal(size=(n_hidden, n_out)) / np.sqrt(n_hidden),
            "b2": np.zeros(n_out),
        }

    def predict(self, x):
        self.z1 = sigmoid(x @ self.params["W1"] + self.params["b1"])
        return softmax(self.z1 @ self.params["W2"] + self.params["b2"])

    def loss(self, x, t):
        y = self.predict(x)
        return -np.mean(np.log(y[np.arange(len(t)), t]))

    def gradient(self, x, t):
        y = self.predict(x)
        onehot = np.zeros_like(y)
        onehot[np.arange(len(t)), t] = 1
        d2 = y - onehot
        d1 = (d2 @ self.params["W2"].T) * self.z1 * (1 - self.z1)
        grads = {"W2": self.z1.T @ d2, "b2": d2.sum(axis=0)}
        grads["W1"] = x.T @ d1
        grads["b1"] = d1.sum(axis=0)
        return grads


class TwoLayerNetBias:
    """Samples one by one, as in the exercise sheet."""

    def __init__(self, rng, sizes):
        i, h, o = sizes
        self.params = {"W1": rng.normal(0, 0.5, (i, h)), "b1": np.zeros(h)}
        self.params.update({"W2": rng.normal(0, 0.5, (h, o)), "b2": np.zeros(o)})

    def loss(self, x, t):
        total = 0
        for xn, tn in zip(x, t):
            z = sigmoid(xn @ self.params["W1"] + self.params["b1"])
            y = softmax(z @ self.params["W2"] + self.params["b2"])
            total -= np.log(y[tn])
        return total / len(x)

    def gradient(self, x, t):
        grads = {key: np.zeros_like(val) for key, val in self.params.items()}
        N = len(x)
        for xn, tn in zip(x, t):
            z = sigmoid(xn @ self.params["W1"] + self.params["b1"])
            y = softmax(z @ self.params["W2"] + self.params["b2"])
            y[tn] -= 1
            delta = self.params["W2"] @ y * z * (1 - z)
            grads["W2"] += np.outer(z, y) / N
            grads["b2"] += y / N
            grads["W1"] += np.outer(xn, delta) / N
            grads["b1"] = delta / N
        return grads


class TwoLayerNetBiases:
    def __init__(self, rng, input_size, hidden_size, output_size):
        shapes = [(input_size, hidden_size), (hidden_size,), (hidden_size, output_size), (output_size,)]
        self.params = {k: 0.5 * rng.normal(size=s) for k, s in zip(("W1", "b1", "W2", "b2"), shapes)}

    def _run(self, x):
        W1, b1, W2, b2 = self.params.values()
        h = sigmoid(x.dot(W1) + b1)
        return h, softmax(h.dot(W2) + b2)

    def loss(self, x, t):
        _, y = self._run(x)
        return cross_entropy_error(y, t)

    def gradient(self, x, t):
        h, y = self._run(x)
        _, _, W2, _ = self.params.values()
        dout = (y - np.eye(y.shape[1])[t]) / x.shape[0]
        dhid = dout.dot(W2.T) * (h - h**2)
        db2, db1 = dhid.sum(axis=0), dout.sum(axis=0)
        return {"W1": x.T.dot(dhid), "b1": db1, "W2": h.T.dot(dout), "b2": db2}


def inputs(rng):
    return rng.normal(size=(7, 5)), rng.integers(0, 3, size=7)


def onehot(rng):
    return rng.normal(size=(6, 5)), np.eye(3)[rng.integers(0, 3, size=6)]


RIGHT = [
    Right(lambda rng: TwoLayerNet(rng, 5, 4, 3), inputs, network=True),
    Right(lambda rng: TwoLayerNet(rng, 5, 4, 3), onehot, network=True),
]
MISTAKES = [
    Mistake("wrong-point", "W1", lambda rng: TwoLayerNetZ(rng, 5, 4, 3), inputs, network=True),
    Mistake("transposed", "W2", lambda rng: TwoLayerNetTurned(rng, 5, 3, 3), inputs, network=True),
    Mistake("missing-batch-average", None, lambda rng: TwoLayerNetSum(rng, 5, 4, 3), inputs, network=True),
    Mistake("not-summed", "b1", lambda rng: TwoLayerNetBias(rng, (5, 4, 3)), inputs, network=True),
    Mistake("swapped", None, lambda rng: TwoLayerNetBiases(rng, 5, 3, 3), inputs, network=True),
]
