"""What a network says to every sample of a test set, and where it is wrong."""

from typing import Any, NamedTuple

import numpy as np

from layers import softmax
from layers.common.devices import to_numpy
from layers.common.options import is_whole_number
from layers.common.targets import as_labels


class Evaluation(NamedTuple):
    """A network's answers to N samples of K classes.

    Attributes
    ----------
    labels : ndarray, shape (N,)
        The true classes.
    probabilities : ndarray, shape (N, K)
        The softmax of the scores.
    predicted : ndarray, shape (N,)
        The classes with the highest score.
    confusion : ndarray, shape (K, K)
        How many samples of the class of the row were taken for the class of the column.
    """

    labels: np.ndarray
    probabilities: np.ndarray
    predicted: np.ndarray
    confusion: np.ndarray

    @property
    def accuracy(self) -> float:
        """The share of samples that were predicted right."""
        return float(np.mean(self.predicted == self.labels))

    @property
    def confidence(self) -> np.ndarray:
        """The probability of the predicted class of each sample, shape (N,)."""
        return self.probabilities[np.arange(len(self.labels)), self.predicted]


def evaluate(network: Any, x: np.ndarray, t: np.ndarray, chunk_size: int = 500) -> Evaluation:
    """Return a network's answers to all samples; x is worked through in chunks, so that memory stays small.

    Parameters
    ----------
    network : object
        Anything with ``predict(x)``, which gives scores of shape (N, K).
    x : array, shape (N, ...)
        An ndarray, or anything with a length that slices select from.
    t : array, shape (N,) or one-hot (N, K)
    chunk_size : int

    Raises
    ------
    ValueError
        When x and t differ in length or are empty, the network does regression, the chunk size is less than 1, or t
        holds neither labels in 0..K-1 nor one-hot rows.
    TypeError
        When labels of shape (N,) are not integers.

    Examples
    --------
    >>> from layers import Affine, SoftmaxWithLoss
    >>> from networks import Network
    >>> network = Network([Affine(np.eye(2), np.zeros(2))], SoftmaxWithLoss())
    >>> evaluation = evaluate(network, np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 3.0]]), np.array([0, 1, 1]))
    >>> evaluation.confusion
    array([[1, 0],
           [1, 1]])
    >>> evaluation.predicted
    array([0, 0, 1])
    """
    if len(x) != len(t) or len(x) == 0:
        raise ValueError(f"evaluate needs as many labels as samples, got {len(x)} samples and {len(t)} labels")
    if not is_whole_number(chunk_size, least=1):
        raise ValueError(f"the chunk size must be at least 1, got {chunk_size}; expected a whole number")
    if not getattr(network, "counts_labels", True):
        raise ValueError(f"evaluate counts labels; {type(network.loss_layer).__name__} is for regression")
    scores = answers_to(network, x, chunk_size)
    labels = as_labels(t, scores, who="evaluate")
    with np.errstate(invalid="ignore", over="ignore"):  # a network that diverged gives scores that are not finite
        probabilities = softmax(scores)
    predicted = scores.argmax(axis=1)
    return Evaluation(labels, probabilities, predicted, count_pairs(labels, predicted, scores.shape[1]))


def answers_to(network: Any, x: np.ndarray, chunk_size: int = 500) -> np.ndarray:
    """Return what a network predicts for all samples, so many of them at a time."""
    starts = range(0, len(x), chunk_size)
    with np.errstate(invalid="ignore", over="ignore"):  # a network that diverged gives scores that are not finite
        return np.concatenate([to_numpy(network.predict(x[start : start + chunk_size])) for start in starts])


def count_pairs(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Return how often each label (row) met each prediction (column), shape (classes, classes).

    >>> count_pairs(np.array([0, 1, 1]), np.array([0, 0, 0]), 2)
    array([[1, 0],
           [2, 0]])
    """
    pairs = labels.astype(int) * classes + predicted
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def most_confident_mistakes(evaluation: Evaluation, count: int) -> np.ndarray:
    """Return the indices of wrongly predicted samples, at most ``count``, the most confident first.

    >>> labels, probabilities = np.array([0, 0, 1]), np.array([[0.4, 0.6], [0.1, 0.9], [0.2, 0.8]])
    >>> most_confident_mistakes(Evaluation(labels, probabilities, np.array([1, 1, 1]), np.array([[0, 2], [0, 1]])), 5)
    array([1, 0])
    """
    wrong = np.flatnonzero(evaluation.predicted != evaluation.labels)
    return wrong[np.argsort(-evaluation.confidence[wrong], kind="stable")][:count]
