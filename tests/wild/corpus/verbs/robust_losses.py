import numpy as np


class HuberLoss:
    def __init__(self, delta: float = 1.0) -> None:
        self.delta = delta

    def compute(self, y_pred, y_true):
        e = y_pred - y_true
        small = np.abs(e) <= self.delta
        return np.where(small, 0.5 * e ** 2, self.delta * (np.abs(e) - 0.5 * self.delta)).mean()

    def compute_grad(self, y_pred, y_true):
        e = y_pred - y_true
        small = np.abs(e) <= self.delta
        return np.where(small, e, self.delta) / e.size


class LogCoshLoss:
    def compute(self, y_pred, y_true):
        return np.log(np.cosh(y_pred - y_true)).mean()

    def compute_grad(self, y_pred, y_true):
        return np.tanh(y_pred - y_true) / y_pred.size


class MAELoss:
    def compute(self, y_pred, y_true):
        return np.abs(y_pred - y_true).mean()

    def compute_grad(self, y_pred, y_true):
        return np.sign(y_pred - y_true) / y_pred.size
