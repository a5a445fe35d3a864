"""Images and labels from whatever is there: the format is found out, and read."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datasets.formats.class_folders import find_class_folders, read_class_folders
from datasets.formats.csv_images import find_csv_sets, is_csv_of_images, read_csv_set, read_labelled, set_of
from datasets.formats.errors import DataError
from datasets.formats.idx_sets import find_idx_sets, read_idx_set
from datasets.formats.image_data import ImageData
from datasets.formats.kinds import IDX, NPY, NPZ, PICKLE, PICTURE, TEXT, kind_of, refuse, refuse_pickle
from datasets.formats.npz_files import read_npy, read_npz_images
from datasets.formats.parts import part_of
from language import N_, _

EXPECTED = N_("four IDX files, an .npz archive, CSV with a label and pixels, or a folder of pictures by class")


def read_images(path: str | os.PathLike[str]) -> ImageData:
    """Read images and labels in any of the formats, told apart by their content.

    Parameters
    ----------
    path : path
        A folder with one set of data, or a file of it.

    Returns
    -------
    ImageData
        ``train``, ``test``, ``white``, ``class_names``; and ``notes``, the sentences that say what was changed.

    Raises
    ------
    DataError
        When nothing is found there, or several sets, or what is there is damaged.
    OSError
        When it cannot be read.
    """
    path = Path(path)
    data = read_folder(path) if path.is_dir() else read_file(path)
    if data is None:
        raise DataError(_("there are no data in {folder}; expected {expected}", folder=path, expected=_(EXPECTED)))
    return data


def read_folder(folder: Path) -> ImageData | None:
    """Return the data in a folder, or None where there are none.

    Of several formats, the first is read that is there: IDX, archives, CSV, pictures; a pickle is refused.
    """
    idx = find_idx_sets(folder)
    if idx:
        prefix, files = only_one(idx, folder, lambda files: next(iter(files.values())))
        return read_idx_set(prefix, files, folder)
    if archives := {path.name: path for path in files_of_kind(folder, NPZ)}:
        return read_npz_images(only_one(archives, folder, lambda path: path)[1])
    if tables := find_csv_sets(folder):
        return read_csv_set(only_one(tables, folder, lambda files: next(iter(files.values())))[1])
    if parts := find_class_folders(folder):
        return read_class_folders(parts)
    if pickle := next(files_of_kind(folder, PICKLE), None):
        raise refuse_pickle(pickle)
    return None


def only_one(sets: dict[str, Any], folder: Path, path_of: Any) -> tuple[str, Any]:
    """Return the only set with its name, or raise DataError that lists them all."""
    if len(sets) == 1:
        return next(iter(sets.items()))
    listed = ", ".join(sorted(name or _("(no prefix)") for name in sets))
    example = path_of(sets[min(sets)])
    raise DataError(
        _(
            "{folder} holds {count} sets: {listed}; pass a file of the one that you mean, such as {example}",
            folder=folder,
            count=len(sets),
            listed=listed,
            example=example,
        )
    )


def files_of_kind(folder: Path, kind: str) -> Iterator[Path]:
    """Yield the files of a kind in a folder, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and kind_of(path) == kind:
            yield path


def read_file(path: Path) -> ImageData:
    """Return the data of a file, with those in the files beside it that belong to the same set."""
    kind = kind_of(path)
    if kind == IDX:
        return read_idx_beside(path)
    if kind == NPZ:
        return read_npz_images(path)
    if kind == TEXT and is_csv_of_images(path):
        return read_csv_set(set_of(path))
    if kind == PICTURE:
        raise DataError(_("{path} is a single picture; pass the folder above those of the classes", path=path))
    if kind == NPY:
        read_npy(path)
        raise DataError(
            _("{path} is a single array; save images and labels with numpy.savez(..., x=..., y=...)", path=path)
        )
    if kind == TEXT:
        read_labelled(path)
    raise refuse(path, _(EXPECTED))


def read_idx_beside(path: Path) -> ImageData:
    """Return the set of IDX files of which one is given."""
    prefix = part_of(path.name).prefix
    folder = path.parent
    sets = find_idx_sets(folder)
    if prefix not in sets:
        raise DataError(
            _(
                "{path}: expected a name with train or test in it, which tells what the file is for",
                path=path,
            )
        )
    return read_idx_set(prefix, sets[prefix], folder)
