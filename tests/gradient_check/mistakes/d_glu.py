"""A gate x * sigmoid(x W + b), by a student who goes back through the graph one node at a time."""

import numpy as np

from mistakes import Mistake, Right


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Gate:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None
        self.v = {}

    def forward(self, x):
        v = self.v = {"x": x}
        v["z"] = x @ self.W + self.b
        v["g"] = sigmoid(v["z"])
        return v["x"] * v["g"]

    def backward(self, dout):
        v = self.v
        dg = dout * v["x"]
        dz = dg * v["g"] * (1 - v["g"])
        self.dW = v["x"].T @ dz
        self.db = dz.sum(axis=0)
        dx_product = dout * v["g"]
        dx_gate = dz @ self.W.T
        return dx_product + dx_gate


class GateOnePath(Gate):
    def backward(self, dout):
        v = self.v
        dx = dout * v["g"]
        dz = dout * v["x"] * v["g"] * (1 - v["g"])
        self.dW = v["x"].T @ dz
        self.db = dz.sum(axis=0)
        return dx


class GateSigmoidAgain:
    def __init__(self, W, b):
        self.W, self.b = W, b

    @staticmethod
    def dsigmoid(z):
        s = sigmoid(z)
        return s * (1 - s)

    def forward(self, x):
        self.x = x
        self.g = sigmoid(x @ self.W + self.b)
        return x * self.g

    def backward(self, dout):
        dz = dout * self.x * self.dsigmoid(self.g)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0)
        return dout * self.g + dz @ self.W.T


class GateDecay:
    """With a little weight decay."""

    def __init__(self, W, b, decay=1e-3):
        self.W, self.b, self.decay = W, b, decay

    def forward(self, x):
        self.x = x
        self.g = sigmoid(x @ self.W + self.b)
        return x * self.g

    def backward(self, dout):
        dz = (dout * self.x) * (self.g - self.g**2)
        dx = dout * self.g + dz @ self.W.T
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0)
        self.W -= self.decay * self.W
        return dx


class GateJitter:
    """A little noise on the gate, against overfitting."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        z = x @ self.W + self.b
        z = z + 0.1 * np.random.randn(*z.shape)
        self.x, self.g = x, sigmoid(z)
        return x * self.g

    def backward(self, dout):
        dz = dout * self.x * self.g * (1 - self.g)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0)
        return dout * self.g + dz @ self.W.T


class GateOuter(Gate):
    def backward(self, dout):
        x, g = self.v["x"], self.v["g"]
        dz = dout * x * g * (1 - g)
        for x_n, dz_n in zip(x, dz, strict=True):
            self.dW = np.outer(x_n, dz_n)
        self.db = dz.sum(axis=0)
        return dout * g + dz @ self.W.T


class GateBothSwitched(Gate):
    def backward(self, dout):
        v = self.v
        dz = dout * v["x"] * v["g"] * (1 - v["g"])
        self.dW = dz.T @ v["x"]
        self.db = dz.sum(axis=0)
        return dout * v["g"] + dz @ self.W.T


def gate(rng):
    return rng.standard_normal((4, 4)), 0.3 * rng.standard_normal(4)


def batch(rng):
    return (rng.standard_normal((7, 4)),)


RIGHT = [Right(lambda rng: Gate(*gate(rng)), batch)]

MISTAKES = [
    Mistake("missing-term", "dx", lambda rng: GateOnePath(*gate(rng)), batch),
    Mistake("wrong-point", None, lambda rng: GateSigmoidAgain(*gate(rng)), batch),
    Mistake("overwrites-parameter", None, lambda rng: GateDecay(*gate(rng)), batch),
    Mistake("nondeterministic", None, lambda rng: GateJitter(*gate(rng)), batch),
    Mistake("not-summed", "dW", lambda rng: GateOuter(*gate(rng)), batch),
    Mistake("transposed", "dW", lambda rng: GateBothSwitched(*gate(rng)), batch),
]
