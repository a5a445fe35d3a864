"""Sigmoid and the binary cross entropy, as one layer."""

import numpy as np

from layers.common.base import Loss
from layers.common.devices import as_array, beside, number
from layers.common.targets import answers, as_answers
from layers.sigmoid import sigmoid
from layers.softplus import softplus


class SigmoidWithLoss(Loss):
    """Sigmoid followed by the binary cross entropy, averaged over the batch: for questions answered by yes or no.

    ::

        y_k = 1 / (1 + exp(-x_k))                            probability of yes
        L   = -1/N  sum over samples and k of  t_k log y_k + (1 - t_k) log(1 - y_k)

    As with softmax, the gradient of the two together is simple, because dy/dx = y (1 - y) cancels a denominator::

        dL/dy = 1/N (y - t) / (y (1 - y))
        dL/dx = (y - t) / N

    Forward computes the logarithms directly, as ``log y = -softplus(-x)`` and ``log(1 - y) = -softplus(x)``: nothing
    overflows, and a hopeless answer costs much, not infinitely much.

    The K outputs of a sample are K questions that do not exclude each other; their losses are summed, and the batch is
    averaged. PyTorch's ``binary_cross_entropy_with_logits`` takes the mean over all elements: for K = 1 that is the
    same, otherwise it is L / K.

    Attributes
    ----------
    y : ndarray, shape of x
        The probabilities of the last forward.

    Examples
    --------
    >>> layer = SigmoidWithLoss()
    >>> loss = layer.forward(np.array([0.0, 0.0]), np.array([1, 0]))
    >>> print(round(loss, 4))
    0.6931
    >>> layer.backward()
    array([-0.25,  0.25])
    """

    targets_as = answers  # they come to forward in the shape of x (layers/common/targets.py)

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean over the batch of the binary cross entropy.

        Parameters
        ----------
        x : ndarray, shape (N,), (N, 1) or (N, K)
            Scores.
        t : ndarray, shape of x, or (N,) where x has shape (N, 1)
            Answers: 0 and 1, False and True, or probabilities of yes.

        Raises
        ------
        ValueError
            For shapes that do not fit, and for answers outside 0..1.
        TypeError
            For answers that are not numbers.
        """
        self.y, self.t = sigmoid(x), t
        losses = t * softplus(-x) + (1 - t) * softplus(x)
        return losses.sum(dtype=float) / len(x)

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """Return dL/dx with x's shape, times dout."""
        return (self.y - self.t) * (dout / len(self.y))

    def count_right(self, x: np.ndarray, t: np.ndarray) -> int:
        """Return for how many samples every answer is right: yes, with more than 1/2, where the score is positive."""
        x = as_array(x)
        right = (x > 0) == beside(as_answers(t, x, type(self).__name__) > 0.5, x)
        return number(right.reshape(len(x), -1).all(axis=1).sum(), int)
