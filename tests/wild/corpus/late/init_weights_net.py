# Ein kleines Netz; vor dem Training muss init_weights() aufgerufen werden.
import numpy as np


class KleinesNetz:
    def __init__(self, sizes):
        self.sizes = sizes
        self.weights = []
        self.biases = []

    def init_weights(self, seed=7):
        rs = np.random.RandomState(seed)
        for a, b in zip(self.sizes, self.sizes[1:]):
            self.weights.append(rs.randn(a, b) / np.sqrt(a))
            self.biases.append(rs.randn(1, b) * 0.01)

    def forward(self, X):
        self.acts = [X]
        for i, (W, b) in enumerate(zip(self.weights, self.biases)):
            z = self.acts[-1] @ W + b
            letzte = i == len(self.weights) - 1
            self.acts.append(z if letzte else np.tanh(z))
        return self.acts[-1]

    def loss(self, y):
        return 0.5 * np.mean((self.acts[-1] - y) ** 2)

    def backward(self, y):
        """Gradienten von loss() nach allen Gewichten und Schwellen"""
        delta = (self.acts[-1] - y) / y.size
        self.dW, self.db = [], []
        for i in range(len(self.weights) - 1, -1, -1):
            if i < len(self.weights) - 1:
                delta = delta * (1 - self.acts[i + 1] ** 2)
            self.dW.insert(0, self.acts[i].T @ delta)
            self.db.insert(0, delta.sum(axis=0, keepdims=True))
            delta = delta @ self.weights[i].T
        return self.dW, self.db
