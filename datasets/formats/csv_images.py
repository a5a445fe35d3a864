"""Images in text files: a line for each, with its label and its pixels, as Kaggle has MNIST in ``mnist_train.csv``.

The label is the first column or the last. There may be a line with the names of the columns. A file of the test without
labels, as contests have it, is left out, and a part of the other is held out in its place.
"""

from pathlib import Path

import numpy as np

from datasets.formats.emnist import is_emnist, named, turned
from datasets.formats.errors import DataError
from datasets.formats.image_data import (
    ImageData,
    as_pictures,
    check_fit,
    from_zero,
    labels_of,
    side_of,
    split_off,
    white_of,
)
from datasets.formats.kinds import TEXT, kind_or_broken
from datasets.formats.number_rows import NumberRows, read_layout, read_number_rows
from datasets.formats.parts import TEST, TRAIN, Part, part_of
from language import _

FEWEST_PIXELS = 16  # a table with fewer columns is hardly one of images
LABEL_NAMES = {"label", "labels", "class", "target", "digit", "y", "t"}
SUFFIXES = {".csv", ".tsv", ".txt", ".data", ".gz", ""}

Labelled = tuple[np.ndarray, np.ndarray, tuple[str, ...]]  # images, labels, notes
Set = dict[str | None, Path]


def pixels_of(columns: int) -> int | None:
    """Return how many pixels a line has, besides its label where it has one; None where that is no square.

    >>> pixels_of(785), pixels_of(784), pixels_of(12)
    (784, 784, None)
    """
    return next((pixels for pixels in (columns, columns - 1) if pixels >= FEWEST_PIXELS and side_of(pixels)), None)


def has_labels(columns: int) -> bool:
    """Return whether lines of so many columns have a label besides the pixels of a square."""
    return pixels_of(columns) != columns


def is_csv_of_images(path: Path) -> bool:
    """Return whether the first line of a text file is one of an image's."""
    return kind_or_broken(path) == TEXT and pixels_of(read_layout(path).columns) is not None


def find_csv_sets(folder: Path) -> dict[str, Set]:
    """Return the files of images in a folder, by the names that are left without their part of the set."""
    sets: dict[str, Set] = {}
    for path in sorted(folder.iterdir()):
        if (
            path.is_file()
            and path.suffix.lower() in SUFFIXES
            and not path.name.startswith(".")
            and is_csv_of_images(path)
        ):
            prefix, part = part_of(path.name)
            sets.setdefault(prefix, {}).setdefault(part, path)
    return sets


def set_of(path: Path) -> Set:
    """Return the set to which a file belongs: with that of the other part beside it, where there is one."""
    prefix, part = part_of(path.name)
    if part is None:
        return {None: path}
    other = Part(prefix, TEST if part == TRAIN else TRAIN)
    named_so = (beside for beside in sorted(path.parent.iterdir()) if part_of(beside.name) == other)
    found = next((beside for beside in named_so if beside.is_file() and is_csv_of_images(beside)), None)
    return {part: path} | ({other.part: found} if found else {})


def read_csv_set(files: Set) -> ImageData:
    """Read a file of training images, and that of the test where there is one with labels."""
    main = files.get(TRAIN) or files.get(None)
    if main is None:
        raise DataError(
            _("{path}: there are images for the test, but no file with those for training beside it", path=files[TEST])
        )
    x, t, notes = read_labelled(main)
    test = files.get(TEST)
    if test is not None and has_labels(read_layout(test).columns):
        x_test, t_test, _notes = read_labelled(test)
        white, of_white = white_of(x, x_test)
        check_fit((x, t), (x_test, t_test), main.parent)
        data = ImageData((x, t), (x_test, t_test), (*notes, *of_white), white)
    else:
        white, of_white = white_of(x)
        data = split_off(x, t, main)._replace(white=white).noting(*notes, *of_white)
        if test is not None:
            data = data.noting(_("{path} has no labels and is left out", path=test))
    data, prefix = from_zero(data), part_of(main.name).prefix
    return named(turned(data), main.parent / f"{prefix}-mapping.txt") if is_emnist(prefix) else data


def read_labelled(path: Path) -> Labelled:
    """Read images and their labels from one file."""
    columns = read_layout(path).columns
    if pixels_of(columns) == columns:
        raise DataError(
            _(
                "{path}: a line has {pixels} values, which are the pixels of an image; there is no label besides them",
                path=path,
                pixels=columns,
            )
        )
    if pixels_of(columns) is None:
        raise DataError(
            _(
                "{path}: expected lines of 785 values, say (a label and the pixels of a square image), got {count}; a "
                "table of another kind is read with --data and --target",
                path=path,
                count=columns,
            )
        )
    rows = read_number_rows(path)
    place, note = label_column(rows)
    images, notes = as_pictures(np.delete(rows.values, place, axis=1), path)
    return images, labels_of(rows.values[:, place], path), (*note, *notes)


def label_column(rows: NumberRows) -> tuple[int, tuple[str, ...]]:
    """Return the column of the labels, and what to say of it: the first or the last, by its name or its content."""
    last = rows.values.shape[1] - 1
    if rows.header is not None:
        for place in (0, last):
            if rows.header[place].lower() in LABEL_NAMES:
                return place, ()
    place = max((0, last), key=lambda place: evenness(rows.values[:, place]))
    note = (
        _("the labels are taken to be the first column")
        if place == 0
        else _("the labels are taken to be the last column")
    )
    return place, (note,)


def evenness(values: np.ndarray) -> float:
    """Return how far a column looks like labels: their entropy over the largest it could be; 0 where it cannot be.

    Labels fill the numbers from 0 or 1 to their number, about equally. Pixels of a corner are mostly of one value.
    """
    found, counts = np.unique(values, return_counts=True)
    first = found[0]
    if len(found) < 2 or first not in (0, 1) or not np.array_equal(found, np.arange(first, first + len(found))):
        return 0.0
    share = counts / counts.sum()
    return float(-(share * np.log(share)).sum() / np.log(len(found)))
