"""Images and labels, whatever file they came from."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from datasets.arrange import Pair
from datasets.formats.errors import DataError
from datasets.formats.held_out import SHARE, hold_out
from language import N_, _

WHITE = 255
GREY = np.array([0.299, 0.587, 0.114])  # what red, green and blue add to brightness; ITU-R BT.601

HELD_OUT = N_(
    "{count:,} of {all:,} images are held out as the test set, {share:.0%} of each class, always the same ones"
)
NO_BYTE = N_("{path}: pixels up to {highest} should be whole numbers from 0 to 255, but image {number:,} has {pixel}")
MOVED = N_("the labels are {first}..{last} in the files; they became {new_first}..{new_last}")


TRAIN_FIT = N_("{path}: there are {images:,} training images, but {labels:,} labels")
TEST_FIT = N_("{path}: there are {images:,} test images, but {labels:,} labels")


class ImageData(NamedTuple):
    """Images and labels as bytes, and what was done to them on the way.

    Attributes
    ----------
    train, test : (images, labels)
        uint8 arrays of shapes (N, H, W) and (N,).
    notes : tuple of str
        A sentence for each thing that is not as it stands in the files.
    white : int
        The pixel value that becomes 1.
    class_names : tuple of str or None
        A name for each label, where the data have names.
    """

    train: Pair
    test: Pair
    notes: tuple[str, ...] = ()
    white: int = WHITE
    class_names: tuple[str, ...] | None = None

    def noting(self, *notes: str) -> "ImageData":
        """Return the same data with more notes."""
        return self._replace(notes=self.notes + notes)


def check_fit(train: Pair, test: Pair, source: object) -> None:
    """Raise DataError when images and labels differ in number, or the images of training and test in size."""
    for text, (x, t) in ((TRAIN_FIT, train), (TEST_FIT, test)):
        if len(x) != len(t):
            raise DataError(_(text, path=source, images=len(x), labels=len(t)))
    if train[0].shape[1:] != test[0].shape[1:]:
        sizes = {"train": size_of(train[0].shape[1:]), "test": size_of(test[0].shape[1:])}
        raise DataError(
            _("{path}: the training images are {train} pixels, the test images {test}", path=source, **sizes)
        )


def size_of(shape: tuple[int, ...]) -> str:
    """Return an image's width and height as they are usually written.

    >>> size_of((28, 20))
    '20 x 28'
    """
    return f"{shape[1]} x {shape[0]}"


def from_zero(data: ImageData) -> ImageData:
    """Return the data with labels that begin at 1 moved to 0; others are left."""
    t_train, t_test = data.train[1], data.test[1]
    first, last = min(t_train.min(), t_test.min()), max(t_train.max(), t_test.max())
    if first != 1:
        return data
    note = _(MOVED, first=first, last=last, new_first=first - 1, new_last=last - 1)
    moved = data._replace(train=(data.train[0], t_train - 1), test=(data.test[0], t_test - 1))
    return moved.noting(note)


def split_off(x: np.ndarray, t: np.ndarray, source: object) -> ImageData:
    """Return the images with a test set held out of them."""
    held_out = hold_out(t)
    if not held_out.any():
        raise DataError(
            _("{path}: no class has two images, of which one could be held out as the test set", path=source)
        )
    note = _(HELD_OUT, count=int(held_out.sum()), all=len(t), share=SHARE)
    return ImageData((x[~held_out], t[~held_out]), (x[held_out], t[held_out]), (note,))


def labels_of(t: np.ndarray, source: object) -> np.ndarray:
    """Return labels (N,) as bytes, of whole numbers in any form: (N,), (N, 1), or rows with a single 1.

    Raises
    ------
    DataError
        When they are something else, or no whole numbers of 0 to 255.
    """
    if t.ndim == 2 and t.shape[1] == 1:
        t = t[:, 0]
    elif t.ndim == 2 and t.dtype.kind in "iufb" and np.all((t == 0) | (t == 1)) and np.all(t.sum(axis=1) == 1):
        t = t.argmax(axis=1)
    if t.ndim != 1 or t.dtype.kind not in "iufb":
        raise DataError(
            _(
                "{path}: expected labels (N,) of whole numbers, got shape {shape} of {dtype}",
                path=source,
                shape=t.shape,
                dtype=t.dtype,
            )
        )
    wrong = np.flatnonzero(~((t >= 0) & (t <= 255) & (t == np.floor(t))))
    if len(wrong):
        place = int(wrong[0])
        raise DataError(
            _(
                "{path}: labels are whole numbers from 0 to 255, but number {place} is {label}",
                path=source,
                place=place + 1,
                label=t[place],
            )
        )
    return t.astype(np.uint8)


def as_pictures(x: np.ndarray, source: object) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return images as bytes (N, H, W), and what was done to make them so.

    They may be (N, H, W), (N, H * W) where that is a square, (N, H, W, 1) or (N, 1, H, W), or in colour (N, H, W, 3);
    of whole numbers from 0 to 255, or of numbers from 0 to 1.
    """
    if x.dtype.kind not in "iufb":
        raise DataError(_("{path}: expected images of numbers, got {dtype}", path=source, dtype=x.dtype))
    values, notes = as_bytes(x, source)
    if values.ndim == 4 and values.shape[3] == 3:
        return in_grey(values), (*notes, _("the coloured images became grey"))
    return one_channel(values, source), notes


def one_channel(x: np.ndarray, source: object) -> np.ndarray:
    """Return images of one channel as (N, H, W)."""
    if x.ndim == 4 and 1 in (x.shape[1], x.shape[3]):
        return x.reshape(len(x), *(x.shape[1:3] if x.shape[3] == 1 else x.shape[2:]))
    if x.ndim == 2 and (side := side_of(x.shape[1])):
        return x.reshape(len(x), side, side)
    if x.ndim != 3:
        raise DataError(
            _(
                "{path}: expected images (N, H, W), or (N, pixels) of a square, got shape {shape}",
                path=source,
                shape=x.shape,
            )
        )
    return x


def in_grey(x: np.ndarray) -> np.ndarray:
    """Return the brightness (N, H, W) of bytes (N, H, W, 3)."""
    grey = np.empty(x.shape[:3], np.uint8)
    for part in parts_of(x):
        grey[part] = np.rint(x[part] @ GREY)
    return grey


def as_bytes(x: np.ndarray, source: object) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return pixels as bytes, of whole numbers from 0 to 255 or of any from 0 to 1, which become 0..255."""
    if x.dtype == np.uint8 or x.size == 0:
        return x.astype(np.uint8, copy=False), ()
    lowest, highest = x.min(), x.max()
    if not (lowest >= 0 and highest <= WHITE):  # NaN is neither
        raise DataError(
            _(
                "{path}: pixels are numbers from 0 to 255, or from 0 to 1, but these go from {lowest} to {highest}",
                path=source,
                lowest=lowest,
                highest=highest,
            )
        )
    if x.dtype.kind in "iub" or not any(np.any(x[part] % 1) for part in parts_of(x)):
        return x.astype(np.uint8), ()
    if highest > 1:
        broken = x.reshape(len(x), -1) % 1 != 0
        number = int(broken.any(axis=1).argmax())
        pixel = x.reshape(len(x), -1)[number][broken[number]][0]
        raise DataError(_(NO_BYTE, path=source, highest=f"{highest:g}", number=number + 1, pixel=f"{pixel:g}"))
    return in_steps(x)


def in_steps(x: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return pixels from 0 to 1 as bytes, with a note that says whether they had to be rounded."""
    values, exact = np.empty(x.shape, np.uint8), True
    for part in parts_of(x):
        steps = x[part] * WHITE
        values[part] = np.rint(steps)
        exact = exact and np.abs(steps - values[part]).max() < 0.01  # as printed with four digits
    note = N_("the pixels from 0 to 1 became 0..255") if exact else N_("the pixels from 0 to 1 were rounded to 0..255")
    return values, (_(note),)


def parts_of(x: np.ndarray) -> Iterator[slice]:
    """Yield slices of samples, of which each is small beside all of them, as is what is computed of it."""
    for start in range(0, len(x), 1000):
        yield slice(start, start + 1000)


def white_of(*images: np.ndarray) -> tuple[int, tuple[str, ...]]:
    """Return the value that stands for white, 255 unless no pixel is above 16 or 1, and what to say of it."""
    highest = max(int(x.max()) for x in images)
    white = next(white for white in (1, 16, WHITE) if highest <= white)
    return white, () if white == WHITE else (
        _("no pixel is above {highest}, so {white} is white", highest=highest, white=white),
    )


def side_of(pixels: int) -> int | None:
    """Return the side of a square of so many pixels, or None where there is none.

    >>> side_of(784), side_of(785)
    (28, None)
    """
    side = math.isqrt(pixels)
    return side if side and side * side == pixels else None
