"""The identity and the sum of squares, as one layer, for regression."""

import numpy as np

from layers.common.base import Loss
from layers.common.targets import like_outputs


class IdentityWithLoss(Loss):
    """Identity output with half the sum of squares, averaged over the batch.

    ::

        y = x
        L = 1/N  sum over samples of  1/2 sum_k (y_k - t_k)^2

        dL/dx = (y - t) / N

    The same gradient as that of softmax with cross entropy: each loss is chosen to fit its output.

    Attributes
    ----------
    y : ndarray, shape (N, K)
        The output of the last forward.
    counts_labels : bool
        False: there is no accuracy, the share of right labels, in regression.

    Examples
    --------
    >>> layer = IdentityWithLoss()
    >>> layer.forward(np.array([[1.0, 2.0]]), np.array([[1.0, 5.0]]))
    4.5
    >>> layer.backward()
    array([[ 0., -3.]])
    """

    counts_labels = False
    targets_as = like_outputs  # targets come to forward in the shape of x (layers/common/targets.py)

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean over the batch of half the sum of squares.

        Parameters
        ----------
        x, t : ndarray, shape (N, K) or (N,)
            Outputs and targets.

        Raises
        ------
        ValueError
            When the shapes differ.
        """
        self.y, self.t = x, t
        return 0.5 * ((x - t) ** 2).sum() / len(x)

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """Return dL/dx with x's shape, times dout."""
        return (self.y - self.t) * (dout / len(self.y))
