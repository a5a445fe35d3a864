"""From images and labels as stored to the arrays that a network learns from."""

import numpy as np

from datasets.minibatches import check_samples
from language import N_, _

Pair = tuple[np.ndarray, np.ndarray]
Split = tuple[Pair, Pair]

OF_TRAINING = N_("training images and labels do not fit: {error}")
OF_TEST = N_("test images and labels do not fit: {error}")


def arrange(train: Pair, test: Pair, white: int, normalize: bool, flatten: bool, one_hot_label: bool) -> Split:
    """Return ``(x_train, t_train), (x_test, t_test)`` in the form that the loaders' options ask for.

    Parameters
    ----------
    train, test : (images, labels)
        uint8 arrays of shapes (N, H, W) and (N,).
    white : int
        The pixel value that becomes 1.
    normalize, flatten, one_hot_label : bool
        As for :func:`datasets.load_mnist`.

    Raises
    ------
    ValueError
        When the numbers of images and labels, or the sizes of training and test images, differ.
    """
    for text, (x, t) in ((OF_TRAINING, train), (OF_TEST, test)):
        try:
            check_samples(x, t)
        except ValueError as error:
            raise ValueError(_(text, error=error)) from None
    if train[0].shape[1:] != test[0].shape[1:]:
        raise ValueError(
            _("training images are {train}, test images {test}", train=train[0].shape[1:], test=test[0].shape[1:])
        )
    classes = int(max(train[1].max(), test[1].max())) + 1

    def arranged(x: np.ndarray, t: np.ndarray) -> Pair:
        x = x.reshape(len(x), -1) if flatten else x[:, np.newaxis]
        if normalize:
            x = np.divide(x, np.float32(white), dtype=np.float32)
        return x, one_hot(t, classes) if one_hot_label else t.astype(np.int64)

    return arranged(*train), arranged(*test)


def one_hot(t: np.ndarray, classes: int) -> np.ndarray:
    """Return labels (N,) as rows (N, classes) of zeros with a 1 at the label.

    >>> one_hot(np.array([1, 0]), 3)
    array([[0., 1., 0.],
           [1., 0., 0.]], dtype=float32)
    """
    return np.eye(classes, dtype=np.float32)[t]
