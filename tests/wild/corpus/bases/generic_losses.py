from abc import ABC, abstractmethod
from typing import Generic, TypeVar, Optional
import numpy as np

T = TypeVar("T")


class Loss(ABC, Generic[T]):
    cache: Optional[T] = None

    def __call__(self, pred: np.ndarray, target: np.ndarray) -> float:
        return self.forward(pred, target)

    @abstractmethod
    def forward(self, pred: np.ndarray, target: np.ndarray) -> float: ...

    @abstractmethod
    def backward(self) -> np.ndarray: ...


class MeanSquaredError(Loss[np.ndarray]):
    def forward(self, pred: np.ndarray, target: np.ndarray) -> float:
        self.cache = pred - target
        return float(np.mean(self.cache ** 2))

    def backward(self) -> np.ndarray:
        assert self.cache is not None
        return 2.0 * self.cache / self.cache.size


class MultiClassHinge(Loss[tuple]):
    """target: class indices"""
    margin: float = 1.0

    def forward(self, pred: np.ndarray, target: np.ndarray) -> float:
        rows = np.arange(len(pred))
        m = np.maximum(0.0, pred - pred[rows, target][:, None] + self.margin)
        m[rows, target] = 0.0
        self.cache = (m, target)
        return float(m.sum() / len(pred))

    def backward(self) -> np.ndarray:
        m, target = self.cache
        g = (m > 0).astype(float)
        g[np.arange(len(g)), target] = -g.sum(axis=1)
        return g / len(g)
