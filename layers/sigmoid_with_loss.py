"""Sigmoid and the binary cross entropy, as one layer."""

import numpy as np

from layers.common.base import Layer
from layers.common.checks import computing_dtype, require_forward
from layers.sigmoid import sigmoid
from layers.softplus import softplus


class SigmoidWithLoss(Layer):
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
        x = np.asarray(x, computing_dtype(self, (x,)))
        self.t = as_answers(t, x)
        self.y = sigmoid(x)
        losses = self.t * softplus(-x) + (1 - self.t) * softplus(x)
        return float(losses.sum(dtype=float)) / len(x)

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """Return dL/dx with x's shape, times dout."""
        require_forward(self, "y")
        return (self.y - self.t) * (float(dout) / len(self.y))

    def count_right(self, x: np.ndarray, t: np.ndarray) -> int:
        """Return for how many samples every answer is right: yes, with more than 1/2, where the score is positive."""
        x = np.asarray(x)
        right = (x > 0) == (as_answers(t, x) > 0.5)
        return int(right.reshape(len(x), -1).all(axis=1).sum())


def as_answers(t: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the answers as a new array in the shape and dtype of the scores x; errors as in forward.

    >>> as_answers([True, False], np.zeros((2, 1)))
    array([[1.],
           [0.]])
    """
    t = np.asarray(t)
    if x.ndim not in (1, 2) or x.size == 0:
        raise ValueError(f"SigmoidWithLoss: expected scores x of shape (N,) or (N, K), got x.shape {x.shape}")
    if x.shape[1:] == (1,) and t.shape == x.shape[:1]:
        t = t[:, np.newaxis]
    if t.shape != x.shape:
        raise ValueError(
            "SigmoidWithLoss: each score needs its answer, so t needs the shape of x; "
            f"got x.shape {x.shape} and t.shape {t.shape}"
        )
    if t.dtype.kind not in "fbiu":
        raise TypeError(f"SigmoidWithLoss: answers must be numbers in 0..1, got an array of {t.dtype}")
    wrong = ~((t >= 0) & (t <= 1))
    if wrong.any():
        first = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"sample {first[0]}" + (f", output {first[1]}" if x.shape[1:] > (1,) else "")
        raise ValueError(f"SigmoidWithLoss: answers must lie in 0..1, got {t[first]} at {place}")
    return t.astype(x.dtype)
