"""A network of own layer objects in an OrderedDict and a loss layer: a student who follows the book's chapter 5."""

from collections import OrderedDict

import numpy as np

from mistakes import Mistake, Right


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class ReluOneLine:
    mask = None

    def forward(self, x):
        ReluOneLine.mask = x > 0
        return x * ReluOneLine.mask

    def backward(self, dout):
        return dout * ReluOneLine.mask


class Dropout:
    def __init__(self, ratio=0.3):
        self.ratio = ratio

    def forward(self, x):
        self.mask = np.random.rand(*x.shape) > self.ratio
        return x * self.mask / (1 - self.ratio)

    def backward(self, dout):
        return dout * self.mask / (1 - self.ratio)


class SoftmaxWithLoss:
    def __init__(self):
        self.y = None
        self.t = None

    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = e / e.sum(axis=1, keepdims=True)
        self.t = t
        return -np.mean(np.log(self.y[np.arange(len(t)), t]))

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dout * dx / len(self.t)


class Net:
    def __init__(self, rng, n_in, n_hidden, n_out):
        self.params = {
            "W1": 0.8 * rng.normal(size=(n_in, n_hidden)),
            "b1": 0.1 * rng.normal(size=n_hidden),
            "W2": 0.8 * rng.normal(size=(n_hidden, n_out)),
            "b2": 0.1 * rng.normal(size=n_out),
        }
        self.layers = OrderedDict()
        self.layers["Affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["Relu1"] = Relu()
        self.layers["Affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.loss_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        grads = {}
        for i in ("1", "2"):
            grads["W" + i] = self.layers["Affine" + i].dW
            grads["b" + i] = self.layers["Affine" + i].db
        return grads


class NetForward(Net):
    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward(1)
        layers = list(self.layers.values())
        for layer in layers:
            dout = layer.backward(dout)
        a1, a2 = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": a1.dW, "b1": a1.db, "W2": a2.dW, "b2": a2.db}


class NetCollect:
    """Collect the gradients on the way back."""

    def __init__(self, rng, sizes):
        self.layers = OrderedDict()
        self.params = {}
        for i in range(1, len(sizes)):
            self.params[f"W{i}"] = rng.normal(size=(sizes[i - 1], sizes[i])) / np.sqrt(sizes[i - 1])
            self.params[f"b{i}"] = 0.1 * rng.normal(size=sizes[i])
            self.layers[f"affine{i}"] = Affine(self.params[f"W{i}"], self.params[f"b{i}"])
            if i < len(sizes) - 1:
                self.layers[f"relu{i}"] = Relu()
        self.loss_layer = SoftmaxWithLoss()

    def predict(self, x):
        out = x
        for name in self.layers:
            out = self.layers[name].forward(out)
        return out

    def loss(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward()
        grads = {}
        found = []
        for name in reversed(self.layers):
            dout = self.layers[name].backward(dout)
            if name.startswith("affine"):
                found.append(self.layers[name])
        last, *others = found
        grads["W3"], grads["b3"] = last.dW, last.db
        for i, layer in enumerate(others, start=1):
            grads[f"W{i}"] = layer.dW
        for i, layer in enumerate(reversed(others), start=1):
            grads[f"b{i}"] = layer.db
        return grads


class NetTwoRelus:
    def __init__(self, rng, n_in, width, n_out):
        p = {}
        p["W1"], p["b1"] = rng.normal(size=(n_in, width)), np.full(width, 0.1)
        p["W2"], p["b2"] = rng.normal(size=(width, width)), np.full(width, 0.1)
        p["W3"], p["b3"] = rng.normal(size=(width, n_out)), np.full(n_out, 0.1)
        self.params = p
        self.layers = OrderedDict(
            [
                ("fc1", Affine(p["W1"], p["b1"])),
                ("act1", ReluOneLine()),
                ("fc2", Affine(p["W2"], p["b2"])),
                ("act2", ReluOneLine()),
                ("fc3", Affine(p["W3"], p["b3"])),
            ]
        )
        self.loss_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward()
        for name in ("fc3", "act2", "fc2", "act1", "fc1"):
            dout = self.layers[name].backward(dout)
        grads = {}
        for i in (1, 2, 3):
            fc = self.layers[f"fc{i}"]
            grads[f"W{i}"], grads[f"b{i}"] = fc.dW, fc.db
        return grads


class NetDropout:
    def __init__(self, rng, n_in=4, n_hidden=6, n_out=3):
        self.params = dict(
            W1=rng.normal(size=(n_in, n_hidden)),
            b1=np.zeros(n_hidden),
            W2=rng.normal(size=(n_hidden, n_out)),
            b2=np.zeros(n_out),
        )
        self.layers = OrderedDict()
        self.layers["Affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["Relu1"] = Relu()
        self.layers["Dropout1"] = Dropout()
        self.layers["Affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.loss_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward()
        for layer in list(self.layers.values())[::-1]:
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}


class NetTrains(Net):
    """One call, one step."""

    def gradient(self, x, t):
        grads = super().gradient(x, t)
        for key in self.params:
            self.params[key] -= 0.1 * grads[key]
        return grads


class NetLossDone(Net):
    def gradient(self, x, t):
        if self.loss_layer.y is None:
            self.loss(x, t)
        dout = 1
        for layer in [self.loss_layer, *reversed(self.layers.values())]:
            dout = layer.backward(dout)
        grads = {}
        for name, layer in self.layers.items():
            if isinstance(layer, Affine):
                grads["W" + name[-1]] = layer.dW
                grads["b" + name[-1]] = layer.db
        return grads


def inputs(rng):
    return rng.normal(size=(7, 4)), rng.integers(0, 3, size=7)


RIGHT = [Right(lambda rng: Net(rng, 4, 6, 3), inputs, network=True)]
MISTAKES = [
    Mistake("raises", None, lambda rng: NetForward(rng, 4, 6, 3), inputs, network=True),
    Mistake("swapped", None, lambda rng: NetCollect(rng, [4, 4, 4, 3]), inputs, network=True),
    Mistake("stale-cache", "W1", lambda rng: NetTwoRelus(rng, 4, 5, 3), inputs, network=True),
    Mistake("nondeterministic", None, lambda rng: NetDropout(rng), inputs, network=True),
    Mistake("overwrites-parameter", None, lambda rng: NetTrains(rng, 4, 6, 3), inputs, network=True),
    Mistake("stale-cache", None, lambda rng: NetLossDone(rng, 4, 6, 3), inputs, network=True),
]
