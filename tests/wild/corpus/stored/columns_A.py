import numpy as np


class HiddenLayer:
    """A = tanh(W X + b), every sample is a column"""

    def __init__(self, n_x, n_h):
        self.W = np.random.randn(n_h, n_x) * 0.3
        self.b = np.zeros((n_h, 1))

    def forward(self, X):
        self.X = X
        self.Z = np.dot(self.W, X) + self.b
        self.A = np.tanh(self.Z)

    def backward(self, dA):
        m = self.X.shape[1]
        dZ = np.multiply(dA, 1 - np.power(self.A, 2))
        self.dW = np.dot(dZ, self.X.T) / m
        self.db = np.sum(dZ, axis=1, keepdims=True) / m
        self.dX = np.dot(self.W.T, dZ)


class OutputLayer:
    def __init__(self, n_h):
        self.W = np.random.randn(1, n_h) * 0.3
        self.b = np.zeros((1, 1))

    def forward(self, X):
        self.X = X
        self.A = 1 / (1 + np.exp(-(np.dot(self.W, X) + self.b)))

    def backward(self, dA):
        m = self.X.shape[1]
        dZ = dA * self.A * (1 - self.A)
        self.dW = np.dot(dZ, self.X.T) / m
        self.db = np.sum(dZ, axis=1, keepdims=True) / m
        self.dX = np.dot(self.W.T, dZ)
