"""Tables in ``.npz`` and ``.npy``: an array for the target, and the others for the inputs."""

from pathlib import Path

import numpy as np

from datasets.formats.columns import Column, Place
from datasets.formats.errors import DataError
from datasets.formats.kinds import NPY
from datasets.formats.npz_files import Arrays, listed, read_npy, read_npz
from language import _

TRAIN, TEST = "_train", "_test"


def read_array_table(path: Path, target: str, kind: str) -> tuple[dict[str, Column], str, Place, np.ndarray | None]:
    """Return the columns, which of them is the target, where they stand, and which rows are for the test, if any are.

    Each array of one axis is a column. One of two is as many as it has, called ``x[1]``, ``x[2]``, ... after it. Where
    all are called like ``x_train`` and ``x_test``, ``y_train`` and ``y_test``, that is the split, and ``y`` the target.
    """
    if kind == NPY:
        columns, place = columns_of_matrix(read_npy(path), path)
        return columns, target, place, None
    arrays = read_npz(path)
    held_out = None
    if arrays and all(name.endswith((TRAIN, TEST)) for name in arrays):
        arrays, held_out = joined(arrays, path)
        target = target.removesuffix(TRAIN).removesuffix(TEST)
    columns = columns_of(arrays, target, path)
    return columns, target, Place(path, range(1, rows_of(arrays, path) + 1), are_lines=False), held_out


def columns_of_matrix(matrix: np.ndarray, path: Path) -> tuple[dict[str, Column], Place]:
    """Return the columns of a matrix by their numbers."""
    if matrix.ndim != 2 or not matrix.size:
        raise DataError(
            _("{path}: expected an array (samples, columns), got shape {shape}", path=path, shape=matrix.shape)
        )
    columns = {str(number): checked(str(number), values, path) for number, values in enumerate(matrix.T, start=1)}
    return columns, Place(path, range(1, len(matrix) + 1), are_lines=False)


def joined(arrays: Arrays, path: Path) -> tuple[Arrays, np.ndarray]:
    """Return the arrays of training and test, one behind the other, and which rows are for the test."""
    stems = {name.removesuffix(TRAIN).removesuffix(TEST) for name in arrays}
    whole: Arrays = {}
    for stem in sorted(stems):
        pair = [arrays.get(stem + part) for part in (TRAIN, TEST)]
        if pair[0] is None or pair[1] is None or pair[0].shape[1:] != pair[1].shape[1:] or not pair[0].ndim:
            raise DataError(
                _(
                    "{path}: expected {stem}_train and {stem}_test with samples of one shape, got {found}",
                    path=path,
                    stem=stem,
                    found=listed(arrays),
                )
            )
        whole[stem] = np.concatenate([pair[0], pair[1]])
    counts = {(len(arrays[stem + TRAIN]), len(arrays[stem + TEST])) for stem in stems}
    if len(counts) > 1:
        raise DataError(
            _("{path}: the arrays differ in their number of samples: {found}", path=path, found=listed(arrays))
        )
    train, test = counts.pop()
    return whole, np.arange(train + test) >= train


def rows_of(arrays: Arrays, path: Path) -> int:
    """Return the number of samples, which must be that of every array."""
    counts = {array.shape[:1] for array in arrays.values()}
    if len(counts) != 1 or () in counts or (0,) in counts:
        raise DataError(
            _(
                "{path}: expected arrays with one number of samples, at least 1, got {found}",
                path=path,
                found=listed(arrays),
            )
        )
    return int(counts.pop()[0])


def columns_of(arrays: Arrays, target: str, path: Path) -> dict[str, Column]:
    """Return the columns by name."""
    rows_of(arrays, path)
    columns = {}
    for name, array in arrays.items():
        flat = array.reshape(len(array), -1)
        if flat.shape[1] == 1:
            columns[name] = checked(name, flat[:, 0], path)
        elif name == target:
            raise DataError(
                _(
                    "{path}: expected a target of one value for each sample, got {name} of shape {shape}",
                    path=path,
                    name=name,
                    shape=array.shape,
                )
            )
        else:
            for number, values in enumerate(flat.T, start=1):
                columns[f"{name}[{number}]"] = checked(f"{name}[{number}]", values, path)
    return columns


def checked(name: str, values: np.ndarray, path: Path) -> Column:
    """Return a column of numbers as float64, or of words; other kinds, and infinite numbers, are an error."""
    if values.dtype.kind in "US":
        words = values.astype(str) if values.dtype.kind == "U" else np.char.decode(values, "utf-8", "replace")
        return Column(name, words.astype(object))
    if values.dtype.kind not in "fiub":
        raise DataError(
            _("{path}, {name}: expected numbers or words, got {dtype}", path=path, name=name, dtype=values.dtype)
        )
    numbers = values.astype(np.float64)
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        raise DataError(
            _("{path}, {name}: sample {number} is infinite", path=path, name=name, number=int(infinite[0]) + 1)
        )
    return Column(name, numbers)
