"""What a network is asked for: classes, or values."""

from typing import Any

import numpy as np

MOST_CLASSES = 200


def labels_of(t: Any, network: Any) -> np.ndarray | None:
    """Return the class of each sample as integers from 0, or None in regression.

    Taken as classes are whole numbers or words (N,) or (N, 1), rows of zeros with one 1 (N, K), and zeros and ones.

    >>> print(labels_of(np.array([[0, 1], [1, 0]]), None), labels_of(np.array([0.5, 2.0]), None))
    [1 0] None
    """
    if not getattr(network, "counts_labels", True):
        return None
    t = np.asarray(t)
    t = np.array(t.tolist()) if t.dtype.kind == "O" else t
    if t.dtype.kind in "US":
        t = np.unique(t, return_inverse=True)[1].reshape(t.shape)
    if t.ndim == 2 and t.shape[1] > 1:
        one_hot = bool(np.isin(t, (0, 1)).all() and (t.sum(axis=1) == 1).all())
        return t.argmax(axis=1) if one_hot else None
    flat = t.reshape(len(t), -1)
    if flat.shape[1] != 1 or not len(flat):
        return None
    flat = flat[:, 0]
    if flat.dtype.kind not in "iub":
        if flat.dtype.kind != "f" or not np.isin(flat, (0.0, 1.0)).all():
            return None
    elif hasattr(network, "params") and not hasattr(network, "accuracy") and len(np.unique(flat)) > 20:
        return None
    labels = flat.astype(int)
    return labels - min(0, labels.min()) if np.ptp(labels) < MOST_CLASSES else None


def shares_of(labels: np.ndarray) -> np.ndarray:
    """Return the share of each class."""
    counts = np.bincount(labels)
    return counts / counts.sum()


def entropy_of(labels: np.ndarray) -> float:
    """Return the cross entropy of answering with the classes' shares, whatever the sample: what guessing gives.

    >>> round(entropy_of(np.array([0, 1])), 4)
    0.6931
    """
    shares = shares_of(labels)
    shares = shares[shares > 0]
    return abs(float((shares * np.log(shares)).sum()))
