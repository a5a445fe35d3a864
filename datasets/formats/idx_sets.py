"""Four IDX files of any prefix, in one folder or, as Kaggle unpacks them, each in a folder of its own name.

QMNIST (C. Yadav, L. Bottou, 2019) has labels with eight columns, of which the first is the digit.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from datasets.formats.emnist import is_emnist, named, turned
from datasets.formats.errors import DataError
from datasets.formats.image_data import ImageData, as_pictures, check_fit, from_zero, labels_of, white_of
from datasets.formats.kinds import IDX, kind_of, kind_or_broken, refuse
from datasets.formats.parts import TEST, TRAIN, part_of
from datasets.idx import read_idx
from language import N_, _

IMAGES, LABELS = "images", "labels"
ROLES = [(part, what) for part in (TRAIN, TEST) for what in (IMAGES, LABELS)]
NAMED_SO = re.compile(r"[-.]idx\d", re.IGNORECASE)

CALLED = {
    (TRAIN, IMAGES): N_("the training images"),
    (TRAIN, LABELS): N_("the training labels"),
    (TEST, IMAGES): N_("the test images"),
    (TEST, LABELS): N_("the test labels"),
}
Role = tuple[str, str]
Set = dict[Role, Path]


def find_idx_sets(folder: Path) -> dict[str, Set]:
    """Return the sets of IDX files in a folder, by their prefixes."""
    sets: dict[str, Set] = {}
    for path in idx_files(folder):
        prefix, part = part_of(path.name)
        if part is not None:
            files = sets.setdefault(prefix, {})
            files.setdefault((part, what_is_in(path)), path)  # of two, the first: QMNIST has its labels twice
    return sets


def idx_files(folder: Path) -> Iterator[Path]:
    """Yield the files that are in the IDX format or should be by their name, also in folders of such a name."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_file() and (NAMED_SO.search(path.name) or kind_or_broken(path) == IDX):
            yield path
        elif path.is_dir() and NAMED_SO.search(path.name):
            yield from (inner for inner in sorted(path.iterdir()) if inner.is_file() and NAMED_SO.search(inner.name))


def what_is_in(path: Path) -> str:
    """Return whether a file holds images or labels: what its name says, or else its content."""
    if found := re.search(r"label|image|img", path.name, re.IGNORECASE):
        return LABELS if found[0].lower() == "label" else IMAGES
    return IMAGES if read_idx(path).ndim > 2 else LABELS


def read_idx_set(prefix: str, files: Set, folder: Path) -> ImageData:
    """Read the four files of a prefix."""
    missing = [_(CALLED[role]) for role in ROLES if role not in files]
    if missing:
        found = ", ".join(sorted(path.name for path in files.values()))
        raise DataError(
            _(
                "{folder} has {found}, but no file with {missing}",
                folder=folder,
                found=found,
                missing=", ".join(missing),
            )
        )
    train, test = ((read_images(files[part, IMAGES]), read_labels(files[part, LABELS])) for part in (TRAIN, TEST))
    check_fit(train, test, folder / f"{prefix}*")
    white, note = white_of(train[0], test[0])
    data = from_zero(ImageData(train, test, note, white))
    return named(turned(data), folder / f"{prefix}-mapping.txt") if is_emnist(prefix) else data


def read_images(path: Path) -> np.ndarray:
    """Read a file of images as bytes (N, H, W)."""
    array = read_as_idx(path)
    if array.ndim != 3 or array.dtype != np.uint8:
        raise DataError(
            _(
                "{path}: expected images (3 axes of bytes), got shape {shape} of {dtype}",
                path=path,
                shape=array.shape,
                dtype=array.dtype,
            )
        )
    return as_pictures(array, path)[0]


def read_labels(path: Path) -> np.ndarray:
    """Read a file of labels as bytes (N,)."""
    array = read_as_idx(path)
    if array.ndim == 2 and array.dtype.kind == "i" and array.shape[1] == 8:
        array = array[:, 0]  # QMNIST: the digit; then where it comes from
    return labels_of(array, path)


def read_as_idx(path: Path) -> np.ndarray:
    """Read an IDX file, of which one sample at least is expected."""
    if kind_of(path) != IDX:
        raise refuse(path, _("an IDX file"))
    array = read_idx(path)
    if array.size == 0:
        raise DataError(_("{path}: there are no samples in it (shape {shape})", path=path, shape=array.shape))
    return array
