"""EMNIST, which stores its images with rows and columns exchanged, and its letters from 1 on.

Source: G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017.
"""

import re
from pathlib import Path

import numpy as np

from datasets.formats.image_data import ImageData
from language import _

FEWEST_TO_JUDGE = 20  # images, from which on their outlines tell whether they are transposed


def is_emnist(name: str) -> bool:
    """Return whether a file's or a set's name is one of EMNIST's.

    >>> is_emnist("emnist-letters"), is_emnist("qmnist"), is_emnist("femnist")
    (True, False, False)
    """
    return re.search(r"(?<![a-z])emnist(?![a-z])", name, re.IGNORECASE) is not None


def turned(data: ImageData) -> ImageData:
    """Return EMNIST's images upright: rows and columns change places where the images are wider than high.

    Letters and digits, written by many, are higher than wide on average; MNIST's outlines are 19.7 by 15.7 pixels.
    """
    height, width = outline(data.train[0])
    if len(data.train[0]) >= FEWEST_TO_JUDGE and height > width:
        return data.noting(
            _("the images, which EMNIST stores transposed, stand upright in these files and are left so")
        )
    (x_train, t_train), (x_test, t_test) = data.train, data.test
    upright = data._replace(train=(transposed(x_train), t_train), test=(transposed(x_test), t_test))
    return upright.noting(_("the images were turned: EMNIST stores them with rows and columns exchanged"))


def named(data: ImageData, mapping: Path) -> ImageData:
    """Return images with the characters that their labels stand for, where EMNIST's own list of them is there.

    A line of it is a label, the code of the character, and in ``letters`` that of the small letter too.
    """
    try:
        rows = [
            list(map(int, line.split())) for line in mapping.read_text(encoding="ascii").splitlines() if line.strip()
        ]
        names = tuple(chr(row[1]) for row in sorted(rows))
        first, labels = min(rows)[0], [row[0] for row in sorted(rows)]
    except (OSError, ValueError, IndexError, OverflowError):
        return data
    counted = labels == list(range(first, first + len(names)))
    fits = first in (0, 1) and counted and len(names) > max(data.train[1].max(), data.test[1].max())
    return data._replace(class_names=names) if fits else data


def outline(x: np.ndarray) -> tuple[float, float]:
    """Return the mean number of rows, and of columns, of the first images in which there is ink."""
    ink = x[:2000] > 0
    return float(ink.any(axis=2).sum(axis=1).mean()), float(ink.any(axis=1).sum(axis=1).mean())


def transposed(x: np.ndarray) -> np.ndarray:
    """Return images with rows and columns exchanged; of square ones in the same memory."""
    if x.shape[1] != x.shape[2]:
        return np.ascontiguousarray(x.transpose(0, 2, 1))
    for start in range(0, len(x), 1000):
        x[start : start + 1000] = x[start : start + 1000].transpose(0, 2, 1).copy()
    return x
