from typing import Union
import numpy as np

Array = Union[np.ndarray, list]


class SoftmaxCrossEntropy:
    """logits (N, C), labels (N,) integers"""

    def _probs(self, logits: Array) -> np.ndarray:
        logits = np.asarray(logits, dtype=np.float64)
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward(self, logits: Array, labels: Array) -> float:
        p = self._probs(logits)
        n = p.shape[0]
        return float(-np.log(p[np.arange(n), labels]).mean())

    def backward(self, logits: Array, labels: Array) -> np.ndarray:
        p = self._probs(logits)
        n = p.shape[0]
        p /= n
        p[np.arange(n), labels] -= 1
        return p


class SigmoidCrossEntropy:
    """multi-label version, labels (N, C) of 0 and 1"""

    def forward(self, logits: Array, labels: Array) -> float:
        z, t = np.asarray(logits, float), np.asarray(labels, float)
        return float(np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))))

    def backward(self, logits: Array, labels: Array) -> np.ndarray:
        z, t = np.asarray(logits, float), np.asarray(labels, float)
        return (1 / (1 + np.exp(-z)) - t) / z.size
