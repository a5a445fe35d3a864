import numpy as np


class BinaryCrossEntropy:
    """Mean binary cross-entropy of probabilities.

    Parameters
    ----------
    eps : float
        Probabilities are clipped to [eps, 1 - eps].
    """

    def __init__(self, eps: float = 1e-12) -> None:
        self.eps = eps

    def forward(self, y_pred: np.ndarray, y_true: np.ndarray) -> float:
        self.y_pred = np.clip(y_pred, self.eps, 1.0 - self.eps)
        self.y_true = y_true
        loss = -(y_true * np.log(self.y_pred) + (1 - y_true) * np.log(1 - self.y_pred))
        return float(np.mean(loss))

    def backward(self) -> np.ndarray:
        p, t = self.y_pred, self.y_true
        return (p - t) / (p * (1 - p)) / p.size
