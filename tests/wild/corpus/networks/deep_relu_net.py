from typing import Tuple
import numpy as np


def relu(x: np.ndarray) -> np.ndarray:
    return x * (x > 0)


class DeepReluNet:
    """input -> width -> width -> n_classes, ReLU, softmax with cross entropy."""

    def __init__(self, n_features: int, width: int, n_classes: int):
        def he(a: int, b: int) -> np.ndarray:
            return np.random.standard_normal((a, b)) * (2 / a) ** 0.5

        self.W = [he(n_features, width), he(width, width), he(width, n_classes)]
        self.b = [np.zeros(width), np.zeros(width), np.zeros(n_classes)]

    def forward(self, X: np.ndarray) -> np.ndarray:
        self.z1 = X @ self.W[0] + self.b[0]
        self.a1 = relu(self.z1)
        self.z2 = self.a1 @ self.W[1] + self.b[1]
        self.a2 = relu(self.z2)
        z3 = self.a2 @ self.W[2] + self.b[2]
        ez = np.exp(z3 - z3.max(axis=1, keepdims=True))
        self.probs = ez / ez.sum(axis=1, keepdims=True)
        return self.probs

    def loss(self, Y: np.ndarray) -> float:
        return float(-(Y * np.log(self.probs)).sum(axis=1).mean())

    def backward(self, X: np.ndarray, Y: np.ndarray) -> Tuple[list, list]:
        delta3 = (self.probs - Y) / len(X)
        delta2 = delta3 @ self.W[2].T * (self.z2 > 0)
        delta1 = delta2 @ self.W[1].T * (self.z2 > 0)
        dW = [X.T @ delta1, self.a1.T @ delta2, self.a2.T @ delta3]
        db = [d.sum(axis=0) for d in (delta1, delta2, delta3)]
        return dW, db
