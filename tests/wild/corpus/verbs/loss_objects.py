"""Loss functions.  loss = L(); loss(y_true, y_pred); loss.grad(y_true, y_pred)"""
from abc import ABC, abstractmethod
import numpy as np

EPS = 1e-12


class Loss(ABC):
    @abstractmethod
    def __call__(self, y_true, y_pred):
        ...

    @abstractmethod
    def grad(self, y_true, y_pred):
        ...


class MSE(Loss):
    def __call__(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def grad(self, y_true, y_pred):
        return 2 * (y_pred - y_true) / y_true.size


class BinaryCrossEntropy(Loss):
    def __call__(self, y_true, y_pred):
        p = np.clip(y_pred, EPS, 1 - EPS)
        return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))

    def grad(self, y_true, y_pred):
        p = np.clip(y_pred, EPS, 1 - EPS)
        return (p - y_true) / (p * (1 - p)) / y_true.size
