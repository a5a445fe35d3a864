from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class BinaryCrossEntropy:
    """Takes probabilities in (0, 1) and targets that are 0.0 or 1.0."""

    def __init__(self, eps: float = 1e-12) -> None:
        self.eps = eps

    def forward(self, y_pred: Array, y_true: Array) -> float:
        assert y_pred.shape == y_true.shape
        self.p = np.clip(y_pred, self.eps, 1.0 - self.eps)
        self.y = y_true
        return float(-np.mean(self.y * np.log(self.p) + (1 - self.y) * np.log(1 - self.p)))

    def backward(self) -> Array:
        return (-(self.y / self.p) + (1 - self.y) / (1 - self.p)) / self.y.size


class BCEWithLogits:
    """Numerically stable version: max(z, 0) - z*y + log(1 + exp(-|z|))."""

    def forward(self, logits: Array, y_true: Array) -> float:
        self.logits, self.y = logits, y_true
        per_item = np.maximum(logits, 0) - logits * y_true + np.log1p(np.exp(-np.abs(logits)))
        return float(per_item.mean())

    def backward(self, dout: float = 1.0) -> Array:
        sig = 1.0 / (1.0 + np.exp(-self.logits))
        return dout * (sig - self.y) / self.logits.shape[0] / self.logits.shape[1]
