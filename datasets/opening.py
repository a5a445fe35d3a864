"""A data set by its name: what the commands train and check on. Images are kept as bytes."""

import functools
import hashlib
import math
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from datasets.arrange import Split
from datasets.digits import WHITE, load_digits
from datasets.formats.choices import ERROR
from datasets.formats.parts import part_of
from datasets.images import ScaledImages
from datasets.mnist import FILES, arranged, find_mnist, locate_mnist, read_data
from datasets.toy import TOYS
from language import N_, _, ngettext

IN_PACKAGE = N_("the package")  # the source of the embedded data
TOY_TRAIN, TOY_TEST = 400, 100  # points


class Dataset(NamedTuple):
    """Training and test samples, and where they came from.

    Attributes
    ----------
    name, source : str
    image_shape : (int, int) or None
        Height and width where the samples are images.
    x_train, x_test : ScaledImages or float32 array, shape (N, D)
    t_train, t_test : ndarray
        Labels, integers of shape (N,); for regression float32 of shape (N, M).
    kind : {"classes", "values"}
        What is learned: classification or regression.
    class_names : tuple of str, optional
        In the order of the labels.
    feature_names : tuple of str, optional
    target_name : str, optional
    notes : tuple of str
        Sentences that say what was made of the data, for whoever trains on them.
    x_validation, t_validation : optional
        Training samples that were held out (:func:`datasets.splitting.hold_out`), like the others.
    """

    name: str
    source: str
    image_shape: tuple[int, int] | None
    x_train: Any
    t_train: np.ndarray
    x_test: Any
    t_test: np.ndarray
    kind: str = "classes"
    class_names: tuple[str, ...] | None = None
    feature_names: tuple[str, ...] | None = None
    target_name: str | None = None
    notes: tuple[str, ...] = ()
    x_validation: Any = None
    t_validation: np.ndarray | None = None

    @property
    def classes(self) -> int:
        """The number of classes; 0 in regression."""
        if self.kind != "classes":
            return 0
        return max(int(max(self.t_train.max(), self.t_test.max())) + 1, len(self.class_names or ()))

    @property
    def outputs(self) -> int:
        """How many outputs a network needs: one for each class, or for each value of a target."""
        return self.classes or math.prod(self.t_train.shape[1:])

    @property
    def features(self) -> int:
        """How many numbers a sample has, such as the pixels of an image."""
        return math.prod(self.x_train.shape[1:])

    def checksum(self) -> str:
        """Return a short text that is another one when any sample, label or name of a class is."""
        arrays = (self.x_train, self.t_train, self.x_test, self.t_test, self.x_validation, self.t_validation)
        parts: list[Any] = [*map(stored, arrays), "\n".join(self.class_names or ()).encode()]
        return format(functools.reduce(lambda sum_, part: zlib.crc32(part, sum_), parts, 0), "08x")

    def as_images(self) -> "Dataset":
        """Return the same data with samples of shape (1, H, W), as convolutions want them."""
        if self.image_shape is None:
            raise ValueError(_("the samples of {name} are no images", name=self.name))
        shaped = {name: in_shape(getattr(self, name), (1, *self.image_shape)) for name in SAMPLES}
        return self._replace(**shaped)

    def without_training_images(self) -> "Dataset":
        """Return what the pictures of a run need: of MNIST, 47 MB less."""
        return self if self.image_shape is None else self._replace(x_train=None, x_validation=None)

    def __str__(self) -> str:
        counts = {"name": self.name, "source": _(self.source), "train": len(self.x_train), "test": len(self.x_test)}
        if self.image_shape is not None and self.classes:
            return _(
                "{name} from {source}: {train:,} training and {test:,} test images of {size}, {classes} classes",
                size=" x ".join(map(str, self.image_shape)),
                classes=self.classes,
                **counts,
            )
        return _(
            "{name} from {source}: {train:,} training and {test:,} test {samples}, {answer}",
            samples=self.samples_in_words(),
            answer=self.answer_in_words(),
            **counts,
        )

    def samples_in_words(self) -> str:
        """Return what the samples are, in the plural."""
        if self.image_shape is not None:
            return _("images of {size}", size=" x ".join(map(str, self.image_shape)))
        if self.features == 2:
            return _("points in the plane")
        return ngettext("samples of {count:,} feature", "samples of {count:,} features", self.features)

    def answer_in_words(self) -> str:
        """Return what is learned of a sample."""
        if self.classes:
            return ngettext("{count:,} class", "{count:,} classes", self.classes)
        return ngettext("{count:,} value to predict", "{count:,} values to predict", self.outputs)


SAMPLES = ("x_train", "x_test", "x_validation")


def stored(samples: Any) -> Any:
    """Return the bytes of samples or labels as they are kept; none where there are none."""
    if samples is None:
        return memoryview(b"")
    return np.ascontiguousarray(samples.pixels if isinstance(samples, ScaledImages) else samples).data


def in_shape(samples: Any, shape: tuple[int, ...]) -> Any:
    """Return samples of another shape, with the same values; None where there are none."""
    if samples is None or isinstance(samples, ScaledImages):
        return samples and samples.reshape(*shape)
    return samples.reshape(len(samples), *shape)


def open_mnist(data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Return MNIST, or the data set in ``data_dir`` in one of the formats, which bears its folder's or file's name.

    Errors are those of :func:`datasets.load_mnist`.
    """
    path = locate_mnist(data_dir)
    images = read_data(path)
    split = arranged(images, path, normalize=False, flatten=False, one_hot_label=False)
    name = "mnist" if data_dir is None or is_mnist(split) else name_of(path.resolve())
    data = open_split(name, str(path), split, images.white)
    return data._replace(class_names=images.class_names, notes=images.notes)


def name_of(path: Path) -> str:
    """Return a data set's name: that of its folder, or what is left of its file's without endings and the part.

    >>> name_of(Path("qmnist-test-labels-idx1-ubyte.gz"))
    'qmnist'
    """
    return path.name if path.is_dir() else part_of(path.name).prefix or path.parent.name or "images"


def is_mnist(split: Split) -> bool:
    """Return whether the test labels are those of MNIST, and not of a data set in its format."""
    labels = split[1][1].astype(np.uint8)
    header = bytes([0, 0, 8, 1]) + len(labels).to_bytes(4, "big")
    return hashlib.sha256(header + labels.tobytes()).hexdigest() == FILES["t10k-labels-idx1-ubyte"].sha256


def open_digits(data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Return the embedded digits; arguments and errors as :func:`datasets.load_digits`."""
    source = str(Path(data_dir)) if data_dir else IN_PACKAGE
    return open_split("digits", source, load_digits(False, False, data_dir=data_dir), WHITE)


def open_toy(name: str) -> Dataset:
    """Return a toy set by its name in :data:`datasets.toy.TOYS`: 400 points for training and 100 others for the test.

    >>> print(open_toy("spiral"))
    spiral from the package: 400 training and 100 test points in the plane, 3 classes
    >>> open_toy("curve").outputs
    1
    """
    (x_train, t_train), (x_test, t_test) = TOYS[name](TOY_TRAIN, seed=0), TOYS[name](TOY_TEST, seed=1)
    if t_train.ndim == 1:
        return Dataset(name, IN_PACKAGE, None, x_train, t_train, x_test, t_test, feature_names=("x1", "x2"))
    notes = (_("x was stretched from 0..1 to -1..1: what lies around 0 is learned more easily"),)
    x_train, x_test = 2 * x_train - 1, 2 * x_test - 1
    return Dataset(name, IN_PACKAGE, None, x_train, t_train, x_test, t_test, "values", None, ("x",), "t", notes)


def open_table(
    path: str | os.PathLike[str],
    target: str,
    kind: str | None = None,
    missing: str = ERROR,
    without: Sequence[str] = (),
) -> Dataset:
    """Return a table, which bears its file's name; arguments and errors as :func:`datasets.read_table`."""
    from datasets.formats.tables import read_table  # here, because few need it

    table = read_table(path, target, kind, missing, without)
    samples = (table.x_train, table.t_train, table.x_test, table.t_test)
    scaled = f"{target} (scaled)" if table.kind == "values" else target
    return Dataset(
        Path(path).name.split(".")[0] or "table",
        str(Path(path)),
        None,
        *samples,
        kind=table.kind,
        class_names=table.class_names,
        feature_names=tuple(name if " = " in name else f"{name} (scaled)" for name in table.feature_names),
        target_name=scaled,
        notes=table.notes,
    )


def open_available() -> Dataset:
    """Return MNIST where it is on this machine, else the embedded digits; nothing is downloaded."""
    return open_mnist() if find_mnist() else open_digits()


def open_split(name: str, source: str, split: Split, white: int) -> Dataset:
    """Return a data set of the split's images (N, 1, H, W), flattened."""
    (x_train, t_train), (x_test, t_test) = split
    flat = [ScaledImages(x.reshape(len(x), -1), white) for x in (x_train, x_test)]
    height, width = x_train.shape[2:]
    return Dataset(name, source, (height, width), flat[0], t_train, flat[1], t_test)
