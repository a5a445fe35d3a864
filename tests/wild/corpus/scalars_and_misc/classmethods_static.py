import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    @classmethod
    def xavier(cls, fan_in, fan_out, seed=None):
        rng = np.random.default_rng(seed)
        return cls(rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)), np.zeros(fan_out))

    @classmethod
    def identity(cls, n):
        return cls(np.eye(n), np.zeros(n))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(0)
        return dout @ self.W.T


class Gaussian:
    """exp(-x^2), no instance is ever made"""

    @staticmethod
    def forward(x):
        return np.exp(-x ** 2)

    @classmethod
    def backward(cls, x, dout):
        return -2 * x * cls.forward(x) * dout
