"""Softmax and the cross entropy, as one node."""

from typing import Any

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value, real_numbers


class SoftmaxCrossEntropy(Operation):
    """Softmax followed by the cross entropy with the right answers t, averaged over the batch.

    ::

        y_k = exp(x_k) / sum_j exp(x_j)
        L   = -1/N  sum over samples and k of  t_k log y_k

        dL/dx = dout (y - t) / N

    The logarithm is computed directly, as ``x_k - log sum_j exp(x_j)``, after subtracting each row's maximum, so that
    nothing overflows. The answers get no gradient.
    """

    symbol = "softmax\nloss"
    name = "softmax_cross_entropy"
    rule = "expected scores of shape (N, K), and answers of the same shape"

    def forward(self, x: np.ndarray, t: np.ndarray) -> Value:
        """Return the mean cross entropy."""
        x = x - x.max(axis=1, keepdims=True)
        log_y = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        self.y = np.exp(log_y)
        return -(t * np.where(t > 0, log_y, 0)).sum() / len(x)  # 0 log 0 is 0

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        _, t = self.values
        return (self.y - t) * (dout / len(t)), None


def as_rows(who: str, t: Any, scores: np.ndarray) -> np.ndarray:
    """Return labels as rows that sum to 1, in the shape and dtype of the scores.

    Parameters
    ----------
    who : str
        Begins the error messages.
    t : array, shape (N,) or (N, K)
        Integers in 0..K-1, or rows that sum to 1, such as one-hot rows.
    scores : ndarray, shape (N, K)

    Raises
    ------
    ValueError
        For shapes that do not fit, labels outside 0..K-1, and rows that do not sum to 1.
    TypeError
        For labels that are not integers, such as those in a Variable, which holds floats.

    Examples
    --------
    >>> as_rows("loss", [2, 0], np.zeros((2, 3)))
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    t = real_numbers(who, t)
    if np.ndim(scores) != 2 or np.size(scores) == 0 or t.shape not in (scores.shape, scores.shape[:1]):
        raise ValueError(
            f"{who}: expected scores of shape (N, K), and labels t of shape (N,) or rows of shape (N, K); "
            f"got scores.shape {np.shape(scores)} and t.shape {t.shape}"
        )
    if t.ndim == 2:
        if (t < 0).any() or not np.allclose(t.sum(axis=1), 1, atol=1e-3):
            raise ValueError(f"{who}: each row of t must sum to 1, without negative entries, got {t}")
        return t.astype(scores.dtype)
    if t.dtype.kind not in "iu":
        raise TypeError(f"{who}: labels of shape (N,) must be integers, got {t.dtype}")
    K = scores.shape[1]
    if t.min() < 0 or t.max() >= K:
        raise ValueError(f"{who}: labels must lie in 0..{K - 1} (the scores have {K} classes), got {t}")
    return (t[:, np.newaxis] == np.arange(K)).astype(scores.dtype)
