import numpy as np
from typing import Optional


class BinaryFocalLoss:
    def __init__(self, gamma: float = 2.0):
        self.gamma = gamma
        self.cache: Optional[tuple] = None

    def forward(self, probs: np.ndarray, target: np.ndarray) -> np.float64:
        weight1 = np.power(1 - probs, self.gamma)
        weight0 = np.power(probs, self.gamma)
        loss = -target * weight1 * np.log(probs) - (1 - target) * weight0 * np.log(1 - probs)
        self.cache = (probs, target, weight1, weight0)
        return np.mean(loss)

    def backward(self, grad_output: float = 1.0) -> np.ndarray:
        assert self.cache is not None, "run forward first"
        probs, target, weight1, weight0 = self.cache
        grad = -target * weight1 / probs + (1 - target) * weight0 / (1 - probs)
        return grad_output * grad / probs.size
