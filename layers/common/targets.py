"""Labels, answers and targets, checked and in the form in which the formula of a loss wants them."""

from typing import Any

import numpy as np

from layers.common.devices import beside, to_numpy
from layers.common.scores import column_major


def one_hot(loss: Any, x: np.ndarray, t: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return scores (N, K), and labels (integers or rows) as rows that sum to 1; both in column-major order."""
    return column_major(x), beside(as_one_hot(t, x, type(loss).__name__), x)


def answers(loss: Any, x: np.ndarray, t: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return scores, and answers between 0 (no) and 1 (yes) as an array of the scores' shape and dtype."""
    return x, beside(as_answers(t, x, type(loss).__name__), x)


def like_outputs(loss: Any, x: np.ndarray, t: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return outputs, and targets of the same shape and dtype."""
    t = beside(t, x, x.dtype)
    if x.shape != t.shape or x.ndim == 0 or x.size == 0:
        raise ValueError(
            f"{type(loss).__name__}: targets need the outputs' shape, with the batch first; "
            f"got x.shape {x.shape} and t.shape {t.shape}"
        )
    return x, t


def as_one_hot(t: Any, x: np.ndarray, who: str) -> np.ndarray:
    """Return the labels as rows that sum to 1, in the shape and dtype of the scores.

    They are in column-major order (:mod:`layers.common.scores`). ``who`` begins the messages of the errors: ValueError
    for wrong shapes, labels outside 0..K-1 and rows that do not sum to 1, TypeError for labels that are not integers.

    >>> as_one_hot([2, 0], np.zeros((2, 3)), "SoftmaxWithLoss")
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    t = to_numpy(t)
    if x.ndim != 2 or x.size == 0:
        raise ValueError(f"{who}: expected scores x of shape (N, K), got x.shape {x.shape}")
    if t.shape == (len(x), 1) != x.shape and t.dtype.kind in "iu":
        t = t[:, 0]  # a column of labels
    if t.shape == x.shape:
        return checked_rows(t.astype(x.dtype, order="F"), who)
    if t.shape != x.shape[:1]:
        raise ValueError(
            f"{who}: x has {len(x)} samples and {x.shape[1]} classes, so the labels t need shape "
            f"{x.shape[:1]} (integers) or {x.shape} (one-hot), got t.shape {t.shape}"
        )
    by_class = np.arange(x.shape[1])[:, np.newaxis] == t
    if t.dtype.kind not in "iu" or np.count_nonzero(by_class) != len(t):  # each label is that of one class
        check_labels(t, x.shape[1], who)
    return by_class.astype(x.dtype).T


def as_labels(t: Any, x: np.ndarray, who: str) -> np.ndarray:
    """Return the labels as integers, shape (N,); arguments and errors as for :func:`as_one_hot`."""
    t = to_numpy(t)
    if x.ndim == 2 and t.shape == x.shape[:1]:
        check_labels(t, x.shape[1], who)
        return t
    return as_one_hot(t, x, who).argmax(axis=1)


def check_labels(t: np.ndarray, classes: int, who: str) -> None:
    """Raise unless the labels are integers in 0..classes-1."""
    if t.dtype.kind not in "iu":
        raise TypeError(f"{who}: labels of shape (N,) must be integers, got {t.dtype}")
    if t.max() >= classes or (t.dtype.kind == "i" and t.min() < 0):
        sample = int(((t < 0) | (t >= classes)).argmax())
        raise ValueError(
            f"{who}: labels must lie in 0..{classes - 1} (x has {classes} classes), got {t[sample]} at sample {sample}"
        )


def checked_rows(t: np.ndarray, who: str) -> np.ndarray:
    """Return one-hot rows, or raise ValueError where one is negative or does not sum to 1."""
    wrong = ~np.isclose(t.sum(axis=1), 1, atol=1e-3) | (t < 0).any(axis=1)
    if wrong.any():
        sample = int(wrong.argmax())
        raise ValueError(
            f"{who}: each row of one-hot labels must sum to 1, without negative entries; row {sample} is {t[sample]}"
        )
    return t


def as_answers(t: Any, x: np.ndarray, who: str) -> np.ndarray:
    """Return the answers as a new array in the shape and dtype of the scores x; errors as in forward.

    >>> as_answers([True, False], np.zeros((2, 1)), "SigmoidWithLoss")
    array([[1.],
           [0.]])
    """
    t = to_numpy(t)
    if x.ndim not in (1, 2) or x.size == 0:
        raise ValueError(f"{who}: expected scores x of shape (N,) or (N, K), got x.shape {x.shape}")
    if x.shape[1:] == (1,) and t.shape == x.shape[:1]:
        t = t[:, np.newaxis]
    if t.shape != x.shape:
        raise ValueError(
            f"{who}: each score needs its answer, so t needs the shape of x; "
            f"got x.shape {x.shape} and t.shape {t.shape}"
        )
    if t.dtype.kind not in "fbiu":
        raise TypeError(f"{who}: answers must be numbers in 0..1, got an array of {t.dtype}")
    wrong = ~((t >= 0) & (t <= 1))
    if wrong.any():
        first = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"sample {first[0]}" + (f", output {first[1]}" if x.shape[1:] > (1,) else "")
        raise ValueError(f"{who}: answers must lie in 0..1, got {t[first]} at {place}")
    return t.astype(x.dtype)
