import numpy as np

class Network(object):
    """sizes = [n_in, ..., n_out]; sigmoid everywhere, quadratic cost, x and y are columns"""

    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = self.squash(w @ a + b)
        return a

    def cost(self, x, y):
        return 0.5 * np.linalg.norm(self.feedforward(x) - y) ** 2

    def backprop(self, x, y):
        acts = [x]
        for w, b in zip(self.weights, self.biases):
            acts.append(self.squash(w @ acts[-1] + b))
        grad_w = [None] * len(self.weights)
        grad_b = [None] * len(self.biases)
        delta = (acts[-1] - y) * acts[-1] * (1 - acts[-1])
        for i in reversed(range(len(self.weights))):
            grad_b[i] = delta.sum(axis=1, keepdims=True)
            grad_w[i] = delta @ acts[i].T
            if i > 0:
                delta = (self.weights[i].T @ delta) * acts[i] * (1 - acts[i])
        return grad_b, grad_w

    @staticmethod
    def squash(z):
        return 1.0 / (1.0 + np.exp(-z))
