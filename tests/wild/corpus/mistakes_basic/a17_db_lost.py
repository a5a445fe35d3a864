import numpy as np


class LinearLayer:
    def __init__(self, fan_in: int, fan_out: int):
        self.W = np.random.uniform(-0.5, 0.5, size=(fan_in, fan_out))
        self.b = np.zeros(fan_out)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, X: np.ndarray) -> np.ndarray:
        self.X = X
        return X @ self.W + self.b

    def backward(self, dY: np.ndarray) -> np.ndarray:
        self.dW = self.X.T @ dY
        db = dY.sum(axis=0)
        return dY @ self.W.T
