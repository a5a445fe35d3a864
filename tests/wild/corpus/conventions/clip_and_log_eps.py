import numpy as np


class LogisticRegression:
    """probabilities are clipped to [1e-7, 1 - 1e-7] so that log never sees 0"""

    def __init__(self, n):
        self.w = np.random.normal(size=n)
        self.b = np.zeros(1)

    def forward(self, X, y):
        self.X, self.y = X, y
        p = 1 / (1 + np.exp(-(X.dot(self.w) + self.b)))
        self.p = np.clip(p, 1e-7, 1 - 1e-7)
        return -np.mean(y * np.log(self.p) + (1 - y) * np.log(1 - self.p))

    def backward(self):
        delta = (self.p - self.y) / len(self.y)
        self.dw = self.X.T.dot(delta)
        self.db = np.array([delta.sum()])


class SoftmaxRegression:
    def __init__(self, n, k):
        self.params = {'W': np.random.normal(size=(n, k)), 'b': np.random.normal(size=k)}
        self.grads = {}

    def predict(self, X):
        z = X.dot(self.params['W']) + self.params['b']
        z -= z.max(axis=1, keepdims=True)
        return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    def loss(self, X, T):
        y = self.predict(X)
        delta = 1e-7
        return -np.sum(T * np.log(y + delta)) / len(X)

    def gradient(self, X, T):
        dz = (self.predict(X) - T) / len(X)
        self.grads['W'] = X.T.dot(dz)
        self.grads['b'] = dz.sum(axis=0)
        return self.grads
