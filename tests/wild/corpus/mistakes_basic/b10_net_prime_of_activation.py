import numpy as np


def relu(z):
    return np.maximum(0, z)


def softplus(z):
    return np.log1p(np.exp(z))


def softplus_prime(z):
    return 1 / (1 + np.exp(-z))


class TwoLayer:
    def __init__(self, d, h, seed=7):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(size=(d, h))
        self.W2 = rng.normal(size=(h, 1))

    def forward(self, x, y):
        self.x = x
        self.z1 = x @ self.W1
        self.a1 = softplus(self.z1)
        self.pred = self.a1 @ self.W2
        self.diff = self.pred - y
        return 0.5 * np.mean(self.diff ** 2)

    def backward(self):
        dpred = self.diff / len(self.diff)
        self.dW2 = self.a1.T @ dpred
        dz1 = (dpred @ self.W2.T) * softplus_prime(self.a1)
        self.dW1 = self.x.T @ dz1
        return dz1 @ self.W1.T
