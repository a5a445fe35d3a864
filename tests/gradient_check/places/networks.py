"""Wrong networks; where a wrong array is computed, the line says so: ``# <- dW1``."""

import numpy as np


class GradsNetwork:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.params = {
            "W1": rng.standard_normal((4, 5)),
            "b1": rng.standard_normal(5),
            "W2": rng.standard_normal((5, 3)),
            "b2": rng.standard_normal(3),
        }

    def predict(self, x):
        self.h = np.tanh(x @ self.params["W1"] + self.params["b1"])
        return self.h @ self.params["W2"] + self.params["b2"]

    def loss(self, x, t):
        return 0.5 * np.sum((self.predict(x) - t) ** 2) / len(x)

    def gradient(self, x, t):
        grads = {}
        dy = (self.predict(x) - t) / len(x)
        grads["W2"] = self.h.T @ dy
        grads["b2"] = dy.sum(axis=0)
        dh = (dy @ self.params["W2"].T) * (1 - self.h**2)
        grads["W1"] = x.T @ dh
        grads["b1"] = dh.mean(axis=0)  # <- b1
        return grads


class ReturningNetwork:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.W1, self.b1 = rng.standard_normal((4, 5)), rng.standard_normal(5)
        self.W2, self.b2 = rng.standard_normal((5, 3)), rng.standard_normal(3)

    def forward(self, X):
        self.A1 = np.maximum(X @ self.W1 + self.b1, 0)
        return self.A1 @ self.W2 + self.b2

    def backward(self, X, y):
        m = len(X)
        dZ2 = (self.forward(X) - y) / m
        dW2 = 2 * self.A1.T @ dZ2  # <- dW2
        db2 = dZ2.sum(axis=0)
        dZ1 = dZ2 @ self.W2.T
        dZ1[self.A1 <= 0] = 0
        dW1 = X.T @ dZ1
        db1 = dZ1.sum(axis=0)
        return dW1, db1, dW2, db2


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        return dout * self.x  # <- dx


class HalfSquaredError:
    def forward(self, x, t):
        self.d = x - t
        return 0.5 * np.sum(self.d**2)

    def backward(self, dout=1):
        return dout * self.d


class LayeredNetwork:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.params = {
            "W1": rng.standard_normal((4, 5)),
            "b1": rng.standard_normal(5),
            "W2": rng.standard_normal((5, 3)),
            "b2": rng.standard_normal(3),
        }
        p = self.params
        self.layers = {"first": Dense(p["W1"], p["b1"]), "square": Square(), "second": Dense(p["W2"], p["b2"])}
        self.last_layer = HalfSquaredError()

    def loss(self, x, t):
        for layer in self.layers.values():
            x = layer.forward(x)
        return self.last_layer.forward(x, t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last_layer.backward()
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, second = self.layers["first"], self.layers["second"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}
