"""Images and labels from whatever is there: the format is found out, and read."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from datasets.formats.class_folders import find_class_folders, read_class_folders, subfolders
from datasets.formats.csv_images import find_csv_sets, is_csv_of_images, read_csv_set, read_labelled, set_of
from datasets.formats.errors import DataError
from datasets.formats.idx_sets import find_idx_sets, read_idx_set
from datasets.formats.image_data import ImageData
from datasets.formats.kinds import (
    BROKEN,
    EMPTY,
    IDX,
    NPY,
    NPZ,
    PICKLE,
    PICTURE,
    TEXT,
    foreign,
    head_of,
    kind_of,
    kind_or_broken,
    refuse,
)
from datasets.formats.npz_files import read_npy, read_npz_images
from datasets.formats.parts import part_of
from language import N_, _

EXPECTED = N_("four IDX files, an .npz archive, CSV with a label and pixels, or a folder of pictures by class")
IS_THAT = N_("there is a folder {found}: is that the one?")
DATA_SUFFIXES = {".csv", ".npz", ".npy", ".gz", ".pkl"}
MOST_LOOKED_INTO = 20  # folders within a folder


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
        text = _("there are no data in {folder}; expected {expected}", folder=path, expected=_(EXPECTED))
        found = folder_with_data(path)
        raise DataError(f"{text}; {_(IS_THAT, found=found)}" if found else text)
    return data


def read_folder(folder: Path) -> ImageData | None:
    """Return the data in a folder, or None where there are none.

    Of several formats, the first is read that is there: IDX, archives, CSV, pictures.
    """
    read = reader_of(folder)
    if read is None:
        check_nothing_lost(folder)
        return None
    return read()


def reader_of(folder: Path) -> Callable[[], ImageData] | None:
    """Return what reads the data of a folder, None where there are none."""
    if idx := find_idx_sets(folder):
        return lambda: read_idx_set(*only_one(idx, folder, lambda files: next(iter(files.values()))), folder)
    if archives := {path.name: path for path in files_of_kind(folder, NPZ)}:
        return lambda: read_npz_images(only_one(archives, folder, lambda path: path)[1])
    if tables := find_csv_sets(folder):
        return lambda: read_csv_set(only_one(tables, folder, lambda files: next(iter(files.values())))[1])
    if parts := find_class_folders(folder):
        return lambda: read_class_folders(parts)
    return None


def folder_with_data(folder: Path) -> Path | None:
    """Return a folder within another in which there are data, None where there is none."""
    return next((path for path in subfolders(folder)[:MOST_LOOKED_INTO] if reader_of(path)), None)


def check_nothing_lost(folder: Path) -> None:
    """Raise DataError when a folder has no data but a file in which there may be some, and say why it is not read."""
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        kind = kind_or_broken(path)
        if kind == BROKEN:
            kind_of(path)  # which says what is wrong
        if kind in (PICKLE, NPY) or (kind == EMPTY and path.suffix in DATA_SUFFIXES) or foreign(head_of(path)):
            read_file(path)
        if kind == PICTURE:
            raise DataError(
                _(
                    "{folder} has pictures, such as {name}; expected a folder of them for each class",
                    folder=folder,
                    name=path.name,
                )
            )


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
        if path.is_file() and not path.name.startswith(".") and kind_or_broken(path) == kind:
            yield path


def read_file(path: Path) -> ImageData:
    """Return the data of a file, with those in the files beside it that belong to the same set."""
    if not path.is_file():  # such as a pipe, of which the first bytes would be gone when they have been looked at
        raise DataError(_("{path} is neither a file nor a folder", path=path))
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
    if kind == TEXT and not foreign(head_of(path)):
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
