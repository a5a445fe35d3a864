import numpy as np


class FullyConnected:
    """y = W x + b for ONE example x of shape (D,)."""

    def __init__(self, n_inputs, n_outputs):
        limit = np.sqrt(6.0 / (n_inputs + n_outputs))
        self.W = np.random.uniform(-limit, limit, (n_outputs, n_inputs))
        self.b = np.zeros(n_outputs)

    def forward(self, x):
        assert x.ndim == 1, "one example at a time"
        self.x = x
        return np.dot(self.W, x) + self.b

    def backward(self, grad_y):
        self.grad_W = np.outer(grad_y, self.x)
        self.grad_b = grad_y
        return np.dot(grad_y, self.W)


class Sigmoid:
    def forward(self, x):
        self.y = 1.0 / (1.0 + np.exp(-x))
        return self.y

    def backward(self, grad_y):
        return grad_y * self.y * (1.0 - self.y)
