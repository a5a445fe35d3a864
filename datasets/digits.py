"""Digits: 1,797 handwritten digits, 8 x 8 pixels, ten classes, shipped with the package.

Source: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, 1998, doi 10.24432/C50P49, CC BY 4.0. The images and the split are written by
``datasets/make_digits.py``.
"""

import os
from pathlib import Path

import numpy as np

from datasets.arrange import Split, arrange

WHITE = 16


def load_digits(
    normalize: bool = True,
    flatten: bool = True,
    one_hot_label: bool = False,
    data_dir: str | os.PathLike[str] | None = None,
) -> Split:
    """Load the digits, with the signature of :func:`datasets.load_mnist`.

    1,438 are for training and 359 held out for the test, the same for everybody, each class in proportion.

    Parameters
    ----------
    normalize : bool
        float32 pixels in 0..1; otherwise uint8 in 0..16.
    flatten : bool
        Images of shape (N, 64); otherwise (N, 1, 8, 8).
    one_hot_label : bool
        Labels of shape (N, 10), float32; otherwise (N,), integers.
    data_dir : path, optional
        A folder with another ``digits.npz``; otherwise the one in the package.

    Returns
    -------
    (x_train, t_train), (x_test, t_test)

    Raises
    ------
    FileNotFoundError
        When the folder has no ``digits.npz``.
    ValueError
        When that file is damaged or holds something else.

    Examples
    --------
    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> x_train.shape, t_train.shape, x_test.shape
    ((1438, 64), (1438,), (359, 64))
    """
    path = Path(data_dir or Path(__file__).parent, "digits.npz")
    if not path.is_file():
        raise FileNotFoundError(f"there is no digits.npz in {path.parent}")
    try:
        with open(path, "rb") as file:
            arrays = np.load(file, allow_pickle=False)
            train, test = ((arrays[f"x_{part}"], arrays[f"t_{part}"]) for part in ("train", "test"))
        for x, t in (train, test):
            if x.ndim != 3 or t.ndim != 1 or x.dtype != np.uint8 or t.dtype != np.uint8:
                raise ValueError(f"expected bytes (N, H, W) and (N,), got {x.dtype} {x.shape} and {t.dtype} {t.shape}")
        return arrange(train, test, WHITE, normalize, flatten, one_hot_label)
    except Exception as error:  # a damaged archive raises whatever its first damaged part makes fail
        raise ValueError(f"{path} is not a whole file of digits: {error}") from None
