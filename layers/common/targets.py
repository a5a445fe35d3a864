"""Labels, as integers or one-hot, made ready for a loss."""

import numpy as np


def as_one_hot(t: np.ndarray, x: np.ndarray, who: str = "SoftmaxWithLoss") -> np.ndarray:
    """Return the labels as rows that sum to 1, in the shape and dtype of the scores.

    In memory they lie by columns, class by class (:func:`layers.common.columns.by_columns`).

    Parameters
    ----------
    t : ndarray, shape (N,) or (N, K)
        Integers in 0..K-1, or rows that sum to 1.
    x : ndarray, shape (N, K)
        The scores.
    who : str
        Who asks; begins the error messages.

    Raises
    ------
    ValueError
        For shapes that do not fit, labels outside 0..K-1, and rows that do not sum to 1.
    TypeError
        For labels that are not integers.

    Examples
    --------
    >>> as_one_hot([2, 0], np.zeros((2, 3)))
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    t = np.asarray(t)
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


def as_labels(t: np.ndarray, x: np.ndarray, who: str) -> np.ndarray:
    """Return the labels as integers, shape (N,); arguments and errors as for :func:`as_one_hot`."""
    t = np.asarray(t)
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
