"""The data that the page trains on: the embedded digits, and points in the plane."""

from typing import Any, NamedTuple

import numpy as np

from datasets import load_digits
from datasets.toy import TOYS
from page.inside.packing import packed
from page.inside.training.asked import Asked

TEST_SHARE = 4  # times as many points for training as for the test
AROUND = 0.08  # of the points' extent, around them
IMAGE = (8, 8)


class Data(NamedTuple):
    """Samples for training and for the test.

    Attributes
    ----------
    x_train, x_test : float32 array, shape (N, D)
    t_train, t_test : integer array, shape (N,)
    classes : int
    is_images : bool
    """

    x_train: np.ndarray
    t_train: np.ndarray
    x_test: np.ndarray
    t_test: np.ndarray
    classes: int
    is_images: bool

    @property
    def features(self) -> int:
        """How many numbers a sample has."""
        return int(self.x_train.shape[1])

    @property
    def extents(self) -> list[tuple[float, float]]:
        """From where to where the plane is shown, for both features."""
        points = np.concatenate([self.x_train, self.x_test]).astype(float)
        low, high = points.min(axis=0), points.max(axis=0)
        room = AROUND * np.maximum(high - low, 1e-6)
        return [(float(a), float(b)) for a, b in zip(low - room, high + room, strict=True)]

    def as_json(self) -> dict[str, Any]:
        """Return what the page draws of the data."""
        about: dict[str, Any] = {"classes": self.classes, "is_images": self.is_images, "features": self.features}
        about |= {"train": len(self.x_train), "test": len(self.x_test)}
        if self.is_images:
            rows = [np.flatnonzero(self.t_test == label)[:12] for label in range(self.classes)]
            chosen = np.concatenate(rows)
            return about | {
                "image": list(IMAGE),
                "examples": packed(np.round(255 * self.x_test[chosen]), "uint8"),
                "labels": packed(self.t_test[chosen], "uint8"),
            }
        return about | {
            "extents": self.extents,
            "x_train": packed(self.x_train),
            "t_train": packed(self.t_train, "uint8"),
            "x_test": packed(self.x_test),
            "t_test": packed(self.t_test, "uint8"),
        }


def data_of(asked: Asked) -> Data:
    """Return the data of a training.

    >>> data = data_of(Asked())
    >>> data.x_train.shape, data.x_test.shape, data.classes
    ((400, 2), (100, 2), 3)
    """
    if asked.data == "digits":
        (x_train, t_train), (x_test, t_test) = load_digits()
        return Data(x_train, t_train, x_test, t_test, 10, is_images=True)
    noise = {} if asked.noise is None else {"noise": asked.noise}
    toy = TOYS[asked.data]
    x_train, t_train = toy(asked.samples, seed=asked.data_seed, **noise)
    x_test, t_test = toy(max(1, asked.samples // TEST_SHARE), seed=asked.data_seed + 1, **noise)
    return Data(x_train, t_train, x_test, t_test, int(t_train.max()) + 1, is_images=False)
