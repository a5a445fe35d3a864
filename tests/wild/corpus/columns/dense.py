import numpy as np


class Dense:
    """Fully connected layer, one sample per column."""

    def __init__(self, n_in, n_out, rng=None):
        rng = rng or np.random.default_rng()
        self.W = rng.normal(scale=n_in ** -0.5, size=(n_out, n_in))
        self.b = np.zeros((n_out, 1))

    def forward(self, X):
        self.X = X
        return self.W @ X + self.b

    def backward(self, dZ):
        self.dW = dZ @ self.X.T
        self.db = dZ.sum(axis=1, keepdims=True)
        return self.W.T @ dZ


class ReLU:
    def forward(self, Z):
        self.positive = Z > 0
        return Z * self.positive

    def backward(self, dA):
        return dA * self.positive
