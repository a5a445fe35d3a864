"""Feedforward network for one sample at a time; samples are columns (n, 1)."""
import random
import numpy as np


def sig(z):
    return 1.0 / (1.0 + np.exp(-z))


def sig_prime(z):
    s = sig(z)
    return s * (1 - s)


class Network(object):

    def __init__(self, sizes):
        self.sizes = sizes
        self.n_layers = len(sizes)
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, k) / np.sqrt(k) for k, n in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        for W, b in zip(self.weights, self.biases):
            a = sig(W @ a + b)
        return a

    def cost(self, x, y):
        return 0.5 * np.linalg.norm(self.feedforward(x) - y) ** 2

    def update_mini_batch(self, batch, eta):
        sum_b = [np.zeros_like(b) for b in self.biases]
        sum_w = [np.zeros_like(w) for w in self.weights]
        for x, y in batch:
            nb, nw = self.backprop(x, y)
            sum_b = [s + d for s, d in zip(sum_b, nb)]
            sum_w = [s + d for s, d in zip(sum_w, nw)]
        k = eta / len(batch)
        self.biases = [b - k * s for b, s in zip(self.biases, sum_b)]
        self.weights = [w - k * s for w, s in zip(self.weights, sum_w)]

    def backprop(self, x, y):
        """Gradient of the cost for a single example, layer by layer."""
        nabla_b = [None] * (self.n_layers - 1)
        nabla_w = [None] * (self.n_layers - 1)
        activations, zs = [x], []
        for W, b in zip(self.weights, self.biases):
            zs.append(W @ activations[-1] + b)
            activations.append(sig(zs[-1]))
        delta = (activations[-1] - y) * sig_prime(zs[-1])
        for i in reversed(range(self.n_layers - 1)):
            nabla_b[i] = delta
            nabla_w[i] = delta @ activations[i].T
            if i > 0:
                delta = (self.weights[i].T @ delta) * sig_prime(zs[i - 1])
        return nabla_b, nabla_w
