"""A data set by its name, with its images kept as bytes: what the commands train and check on."""

import functools
import hashlib
import math
import os
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.arrange import Split
from datasets.digits import WHITE, load_digits
from datasets.images import ScaledImages
from datasets.mnist import FILES, find_mnist, load_mnist, locate_mnist
from language import N_, _

IN_PACKAGE = N_("the package")  # the source of the embedded data


class Dataset(NamedTuple):
    """Training and test samples, and where they came from."""

    name: str
    source: str
    image_shape: tuple[int, int]
    x_train: ScaledImages
    t_train: np.ndarray
    x_test: ScaledImages
    t_test: np.ndarray

    @property
    def classes(self) -> int:
        """The number of classes."""
        return int(max(self.t_train.max(), self.t_test.max())) + 1

    @property
    def pixels(self) -> int:
        """The number of pixels of an image."""
        return math.prod(self.image_shape)

    def checksum(self) -> str:
        """Return a short text that is another one when any image or label is."""
        parts = (self.x_train.pixels, self.t_train, self.x_test.pixels, self.t_test)
        return format(
            functools.reduce(lambda sum_, part: zlib.crc32(np.ascontiguousarray(part).data, sum_), parts, 0), "08x"
        )

    def as_images(self) -> "Dataset":
        """Return the same data with samples of shape (1, H, W), as convolutions want them."""
        return self._replace(
            x_train=self.x_train.reshape(1, *self.image_shape), x_test=self.x_test.reshape(1, *self.image_shape)
        )

    def __str__(self) -> str:
        size = " x ".join(map(str, self.image_shape))
        return _(
            "{name} from {source}: {train:,} training and {test:,} test images of {size}, {classes} classes",
            name=self.name,
            source=_(self.source),
            train=len(self.x_train),
            test=len(self.x_test),
            size=size,
            classes=self.classes,
        )


def open_mnist(data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Return MNIST, or the data set in its format in ``data_dir``, which bears its folder's name.

    Errors are those of :func:`datasets.load_mnist`.
    """
    folder = locate_mnist(data_dir)
    split = load_mnist(False, False, data_dir=folder)
    name = "mnist" if data_dir is None or is_mnist(split) else folder.resolve().name
    return open_split(name, str(folder), split, white=255)


def is_mnist(split: Split) -> bool:
    """Return whether the test labels are those of MNIST, and not of a data set in its format."""
    labels = split[1][1].astype(np.uint8)
    header = bytes([0, 0, 8, 1]) + len(labels).to_bytes(4, "big")
    return hashlib.sha256(header + labels.tobytes()).hexdigest() == FILES["t10k-labels-idx1-ubyte"].sha256


def open_digits(data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Return the embedded digits; arguments and errors as :func:`datasets.load_digits`."""
    source = str(Path(data_dir)) if data_dir else IN_PACKAGE
    return open_split("digits", source, load_digits(False, False, data_dir=data_dir), WHITE)


def open_available() -> Dataset:
    """Return MNIST where it is on this machine, else the embedded digits; nothing is downloaded."""
    return open_mnist() if find_mnist() else open_digits()


def open_split(name: str, source: str, split: Split, white: int) -> Dataset:
    """Return a data set of the split's images (N, 1, H, W), flattened."""
    (x_train, t_train), (x_test, t_test) = split
    flat = [ScaledImages(x.reshape(len(x), -1), white) for x in (x_train, x_test)]
    height, width = x_train.shape[2:]
    return Dataset(name, source, (height, width), flat[0], t_train, flat[1], t_test)
