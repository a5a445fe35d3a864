"""A network of several slow layers with a backprop of its own."""

import numpy as np


def matmul(a, b):
    out = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(a.shape[1]):
                out[i, j] += a[i, k] * b[k, j]
    return out


class SlowNet:
    def __init__(self, input_size=20, hidden=24, classes=5):
        rng = np.random.default_rng(2)
        self.W1, self.b1 = rng.standard_normal((input_size, hidden)) / 4, 0.1 * rng.standard_normal(hidden)
        self.W2, self.b2 = rng.standard_normal((hidden, hidden)) / 4, 0.1 * rng.standard_normal(hidden)
        self.W3, self.b3 = rng.standard_normal((hidden, classes)) / 4, 0.1 * rng.standard_normal(classes)

    def forward(self, X):
        self.X = X
        self.a1 = np.tanh(matmul(X, self.W1) + self.b1)
        self.a2 = np.tanh(matmul(self.a1, self.W2) + self.b2)
        z = matmul(self.a2, self.W3) + self.b3
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, X, y):
        n = len(X)
        d = self.p.copy()
        if y.ndim == 1:
            d[np.arange(n), y] -= 1
        else:
            d -= y
        d /= n
        self.dW3, self.db3 = matmul(self.a2.T, d), d.sum(axis=0)
        d = matmul(d, self.W3.T) * (1 - self.a2**2)
        self.dW2, self.db2 = matmul(self.a1.T, d), d.sum(axis=0)
        d = matmul(d, self.W2.T) * (1 - self.a1**2)
        self.dW1, self.db1 = matmul(X.T, d), d.sum(axis=0)
        return matmul(d, self.W1.T)
