"""Softmax and the cross entropy, as one layer."""

import numpy as np

from layers.common.base import Loss
from layers.common.scores import as_scores, minus_maximum, sum_of_products
from layers.common.targets import one_hot


class SoftmaxWithLoss(Loss):
    """Softmax followed by the cross entropy, averaged over the batch.

    ::

        y_k  = exp(x_k) / sum_j exp(x_j)                     probabilities, (N, K)
        L    = -1/N  sum over samples and k of  t_k log y_k

    The two belong together because their gradient is so simple::

        dL/dx = (y - t) / N

    Forward computes log y directly, as ``x_k - log sum_j exp(x_j)``, after subtracting each row's maximum:
    nothing overflows, and a hopeless prediction costs much, not infinitely much.

    Attributes
    ----------
    y : ndarray, shape (N, K)
        The probabilities of the last forward.

    Examples
    --------
    >>> layer = SoftmaxWithLoss()
    >>> loss = layer.forward(np.array([[0.0, 0.0]]), np.array([1]))
    >>> print(round(loss, 4))
    0.6931
    >>> layer.backward()
    array([[ 0.5, -0.5]])
    """

    targets_as = one_hot  # labels come to forward as rows (layers/common/targets.py)

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean cross entropy.

        Parameters
        ----------
        x : ndarray, shape (N, K)
            Scores.
        t : ndarray, shape (N,) or (N, K)
            Labels: integers in 0..K-1, or rows that sum to 1, such as one-hot rows.

        Raises
        ------
        ValueError
            For shapes that do not fit, and for labels outside 0..K-1.
        """
        log_y = log_softmax(x)
        self.y, self.t = np.exp(log_y), t
        return -sum_of_products(t, log_y) / len(x)

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """Return dL/dx, shape (N, K), times dout."""
        return (self.y - self.t) * (dout / len(self.y))


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the softmax over the last axis, ``exp(x_k) / sum_j exp(x_j)``.

    >>> softmax(np.array([[1e4, 1e4]]))
    array([[0.5, 0.5]])
    """
    return np.exp(log_softmax(as_scores(x)))


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax over the last axis, ``x_k - log sum_j exp(x_j)``.

    Subtracting the maximum from every x leaves the result as it is, and keeps exp from overflowing.

    >>> log_softmax(np.array([[0.0, 1e4]]))
    array([[-10000.,      0.]])
    """
    x = minus_maximum(x)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
