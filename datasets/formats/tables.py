"""Tables for classification and regression: CSV with a line for each sample, or arrays in ``.npz``."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.formats.array_tables import read_array_table
from datasets.formats.choices import CLASSES, ERROR, KINDS, VALUES
from datasets.formats.columns import Column, Place, inputs_of, reason_to_leave_out, scale_of, scaled_by
from datasets.formats.delimited import read_rows
from datasets.formats.errors import DataError
from datasets.formats.held_out import SHARE, hold_out
from datasets.formats.kinds import EMPTY, NPY, NPZ, TEXT, foreign, head_of, kind_of, refuse
from datasets.formats.missing import seen_to
from datasets.formats.named_columns import named_columns, one_line
from datasets.formats.targets import Target, target_of
from language import N_, _, ngettext

MOST_NAMED, MOST_SHOWN = 40, 10  # columns, in an error and in a note
HELD_OUT_OF_CLASSES = N_(
    "{count:,} of {all:,} lines are held out as the test set, {share:.0%} of each class, always the same ones"
)
HELD_OUT_OF_VALUES = N_(
    "{count:,} of {all:,} lines are held out as the test set, of small and large values alike, always the same ones"
)


class Table(NamedTuple):
    """A table as arrays that a network learns from.

    Attributes
    ----------
    x_train, x_test : ndarray of float32, shape (N, D)
    t_train, t_test : ndarray
        Labels (N,) of int64, or values (N, 1) of float32, scaled by the training part's mean and deviation.
    kind : str
        "classes" or "values".
    feature_names : tuple of str
        A name for each of the D inputs.
    class_names : tuple of str or None
        What each label stands for.
    target_scale : (float, float) or None
        Mean and deviation of the values: ``t * deviation + mean`` is what stands in the file.
    notes : tuple of str
        A sentence for each thing that was done to the data.
    """

    x_train: np.ndarray
    t_train: np.ndarray
    x_test: np.ndarray
    t_test: np.ndarray
    kind: str
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...] | None
    target_scale: tuple[float, float] | None
    notes: tuple[str, ...]


def read_table(
    path: str | os.PathLike[str],
    target: str,
    kind: str | None = None,
    missing: str = ERROR,
    without: Sequence[str] = (),
    encoding: str | None = None,
) -> Table:
    """Read a table, and hold a fifth of it out for the test, the same for everybody, in proportion to the target.

    Numbers are scaled to mean 0 and deviation 1 in the training part. Words become one input for each different word.
    What cannot be an input, such as a name that is another in every line, is left out, and this is said in ``notes``.

    Parameters
    ----------
    path : path
        A text file with a comma, a semicolon, a tab or blanks between its values, or ``.npz`` or ``.npy``.
    target : str
        The name of the column that is to be learned; its number, from 1, where the file has no line with names.
    kind : {None, "classes", "values"}
        What is learned. None: words are classes, and so are whole numbers of which at most 20, and at most half as many
        as there are lines, are different; other numbers are values.
    missing : {"error", "leave-out", "fill"}
        What is done where values are missing: an error that names the lines; the lines are left out; or numbers become
        the mean of the training part, and words one more word.
    without : sequence of str
        Names of columns to leave out.
    encoding : str, optional
        That of the text; None is UTF-8, or what it seems to be where it is not.

    Raises
    ------
    DataError
        When the file is damaged, has no such column, or has values that cannot be used; the message names the line.
    OSError
        When it cannot be read.
    """
    path = Path(path)
    if kind not in (None, *KINDS):
        raise ValueError(f"kind must be one of {(None, *KINDS)}, got {kind!r}")
    columns, target, place, given, notes = read_columns(path, str(target), encoding)
    columns = without_named(columns, target, without, path)
    columns, place, given, of_missing = seen_to(missing, columns, target, place, given)
    learned = target_of(columns.pop(target), kind, place)
    held_out = hold_out(learned.t) if given is None else given
    if not held_out.any() or held_out.all():
        raise DataError(_("{path}: expected at least two samples, one of them for the test", path=path))
    said = () if given is not None else (of_held_out(held_out, learned.kind),)
    return assembled(columns, learned, held_out, place, (*notes, *of_missing, *said))


def read_columns(
    path: Path, target: str, encoding: str | None
) -> tuple[dict[str, Column], str, Place, np.ndarray | None, tuple[str, ...]]:
    """Return a file's columns, which is the target, where they stand, which rows are for the test, and what to say."""
    file_kind = kind_of(path)
    if file_kind in (NPZ, NPY):
        return (*read_array_table(path, target, file_kind), ())
    if file_kind not in (TEXT, EMPTY) or foreign(head_of(path)):
        raise refuse(path, _("a table in CSV or .npz"))
    rows, target = read_rows(path, encoding), one_line(target)
    columns, place = named_columns(rows, target, path)
    return columns, target, place, None, rows.notes


def without_named(columns: dict[str, Column], target: str, without: Sequence[str], path: Path) -> dict[str, Column]:
    """Return the columns but those that are to be left out."""
    without = [name if name in columns else one_line(name) for name in without]
    for name in (target, *without):
        if name not in columns:
            raise DataError(_(no_column(columns), path=path, name=name, known=listed(columns)))
    if target in without:
        raise DataError(_("{path}: column {name} is the target and cannot be left out", path=path, name=target))
    return {name: column for name, column in columns.items() if name not in without}


def no_column(columns: dict[str, Column]) -> str:
    """Return the message about a column that there is not, with {path}, {name} and {known}."""
    if list(columns) == [str(number) for number in range(1, len(columns) + 1)]:
        return N_("{path} has no column {name}; its first line has no names, so that they are called {known}")
    return N_("{path} has no column {name}; it has {known}")


def listed(columns: dict[str, Column]) -> str:
    """Return the names of the columns, the first of many."""
    return ", ".join(list(columns)[:MOST_NAMED]) + (", ..." if len(columns) > MOST_NAMED else "")


def assembled(
    columns: dict[str, Column], learned: Target, held_out: np.ndarray, place: Place, notes: tuple[str, ...]
) -> Table:
    """Return the table of the columns that can be inputs."""
    names: list[str] = []
    inputs = []
    left_out: dict[str, list[str]] = {}  # by the reason
    for column in columns.values():
        if reason := reason_to_leave_out(column, ~held_out):
            left_out.setdefault(reason, []).append(column.name)
            continue
        more, values = inputs_of(column, ~held_out)
        names += more
        inputs.append(values.astype(np.float32))
    notes = (*notes, *(of_left_out(reason, given) for reason, given in left_out.items()))
    if not inputs:
        said = "; ".join(notes)
        raise DataError(_("{path}: there is no column left to learn from ({said})", path=place.path, said=said))
    x, t = np.concatenate(inputs, axis=1), learned.t
    if not np.isfinite(x).all():
        name = names[int(np.flatnonzero(~np.isfinite(x).all(axis=0))[0])]
        raise DataError(_("{path}, column {name}: its numbers are too large to be scaled", path=place.path, name=name))
    scale = None
    if learned.kind == VALUES:
        scale = scale_of(t[~held_out])
        t = scaled_by(t, *scale)[:, np.newaxis]
        if not (np.isfinite(t).all() and np.isfinite(scale).all()):
            raise DataError(_("{path}: the numbers of the target are too large to be scaled", path=place.path))
        notes = (*notes, _("the target is (value - {mean:g}) / {deviation:g}", mean=scale[0], deviation=scale[1]))
    return Table(
        x[~held_out], t[~held_out], x[held_out], t[held_out], learned.kind, tuple(names), learned.names, scale, notes
    )


def of_left_out(reason: str, names: list[str]) -> str:
    """Return the sentence that tells of columns that are left out for one reason."""
    shown = ", ".join(names[:MOST_SHOWN]) + (", ..." if len(names) > MOST_SHOWN else "")
    return ngettext(
        "column {names} is left out ({reason})",
        "{count} columns are left out ({reason}): {names}",
        len(names),
        names=shown,
        reason=reason,
    )


def of_held_out(held_out: np.ndarray, kind: str) -> str:
    """Return the sentence that tells of the test set."""
    text = HELD_OUT_OF_CLASSES if kind == CLASSES else HELD_OUT_OF_VALUES
    return _(text, count=int(held_out.sum()), all=len(held_out), share=SHARE)
