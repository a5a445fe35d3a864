"""The jobs as a textbook does them: plain NumPy in float64, an array for every result, every gradient computed."""

from itertools import islice

import numpy as np

from benchmarks.jobs import Job, Steps
from benchmarks.work import Contestant, as_floats, data_for, network_to_check, orders


class Training:
    """Steps of training of a network of affine layers with ReLU between them."""

    def __init__(self, job: Steps) -> None:
        source = data_for(job)
        self.repeats, self.orders, self.lr = job.repeats, orders(job), job.lr
        self.x, self.x_test = (as_floats(x).astype(float) for x in (source.x_train, source.x_test))
        self.t, self.t_test = np.eye(10)[source.t_train], source.t_test
        layers = [layer for layer in job.build().layers.values() if hasattr(layer, "W")]
        self.params = [array.astype(float) for layer in layers for array in (layer.W, layer.b)]
        self.update = {"sgd": self.sgd, "adam": self.adam}[job.optimizer]
        self.m, self.v, self.count = [0.0 * W for W in self.params], [0.0 * W for W in self.params], 0

    def turn(self) -> None:
        """Make the steps of a turn."""
        for chosen in islice(self.orders, self.repeats):
            self.update(self.gradient(self.x[chosen], self.t[chosen]))

    def gradient(self, x: np.ndarray, t: np.ndarray) -> list[np.ndarray]:
        """Return the gradients of all parameters."""
        inputs, masks, pairs = [x], [], list(zip(self.params[::2], self.params[1::2], strict=True))
        for W, b in pairs:
            y = np.dot(inputs[-1], W) + b
            masks.append(y <= 0)
            inputs.append(np.where(masks[-1], 0, y))
        y = np.exp(y - y.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        self.loss = -np.sum(t * np.log(y + 1e-7)) / len(x)
        dout, grads = (y - t) / len(x), []
        for number in reversed(range(len(pairs))):
            grads = [np.dot(inputs[number].T, dout), np.sum(dout, axis=0), *grads]
            dout = np.dot(dout, pairs[number][0].T)
            if number:
                dout[masks[number - 1]] = 0
        return grads

    def sgd(self, grads: list[np.ndarray]) -> None:
        """Make a step of SGD."""
        for W, g in zip(self.params, grads, strict=True):
            W -= self.lr * g

    def adam(self, grads: list[np.ndarray]) -> None:
        """Make a step of Adam."""
        self.count += 1
        for number, (W, g) in enumerate(zip(self.params, grads, strict=True)):
            self.m[number] = 0.9 * self.m[number] + 0.1 * g
            self.v[number] = 0.999 * self.v[number] + 0.001 * g**2
            m, v = self.m[number] / (1 - 0.9**self.count), self.v[number] / (1 - 0.999**self.count)
            W -= self.lr * m / (np.sqrt(v) + 1e-8)

    def result(self) -> float:
        """Return the test accuracy."""
        x = self.x_test
        for number in range(0, len(self.params), 2):
            y = np.dot(x, self.params[number]) + self.params[number + 1]
            x = np.maximum(y, 0)
        return float((y.argmax(axis=1) == self.t_test).mean())


class Check:
    """The numerical gradient of one parameter after the other, with the whole network computed twice for each."""

    def __init__(self) -> None:
        self.network, self.x, self.t = network_to_check()

    def turn(self) -> None:
        """Differentiate, and compare with backpropagation."""
        judge, grads = self.network.numerical_gradient(self.x, self.t), self.network.gradient(self.x, self.t)
        self.ok = all(np.allclose(judge[name], grads[name], rtol=1e-5, atol=1e-8) for name in judge)

    def result(self) -> float:
        """Return 1 when the gradients were found right."""
        return float(self.ok)


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job)


def check(job: Job, peer: str) -> Contestant:
    """Prepare the gradient check."""
    return Check()
