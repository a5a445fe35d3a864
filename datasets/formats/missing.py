"""What is done where values are missing."""

from typing import NamedTuple

import numpy as np

from datasets.formats.choices import FILL, LEAVE_OUT, WAYS
from datasets.formats.columns import Column, Place
from datasets.formats.errors import DataError
from language import _, ngettext

SHOWN = 5  # lines that are named of a column

Missing = dict[str, np.ndarray]  # the rows, by the column


class Seen(NamedTuple):
    """The columns without missing values, where they stand, which rows are for the test, and what to say."""

    columns: dict[str, Column]
    place: Place
    held_out: np.ndarray | None
    notes: tuple[str, ...]


def seen_to(way: str, columns: dict[str, Column], target: str, place: Place, held_out: np.ndarray | None) -> Seen:
    """Return the columns with their missing values seen to in one of the ways.

    A target is never filled in. A number that is filled in is NaN still: its mean is known when the test is held out.
    """
    if way not in WAYS:
        raise ValueError(f"missing must be one of {WAYS}, got {way!r}")
    missing = {name: np.flatnonzero(column.missing()) for name, column in columns.items()}
    missing = {name: rows for name, rows in missing.items() if len(rows)}
    if not missing:
        return Seen(columns, place, held_out, ())
    if way == LEAVE_OUT:
        return left_out(columns, place, held_out, missing)
    if way == FILL:
        return filled_in(columns, target, place, held_out, missing)
    raise DataError(
        _(
            "{path}: values are missing: {listed}. With --missing leave-out these lines are left out, with "
            "--missing fill the values filled in (in Python, missing='leave-out' or 'fill'); --without leaves a "
            "column out",
            path=place.path,
            listed=listed(missing, place),
        )
    )


def left_out(columns: dict[str, Column], place: Place, held_out: np.ndarray | None, missing: Missing) -> Seen:
    """Return the columns without the lines in which a value is missing."""
    whole = ~np.any([column.missing() for column in columns.values()], axis=0)
    if not whole.any():
        raise DataError(
            _("{path}: in every line a value is missing: {listed}", path=place.path, listed=listed(missing, place))
        )
    note = ngettext(
        "{count:,} line is left out, in which values are missing: {listed}",
        "{count:,} lines are left out, in which values are missing: {listed}",
        int(np.count_nonzero(~whole)),
        listed=listed(missing, place),
    )
    kept = {name: column.of_rows(whole) for name, column in columns.items()}
    return Seen(kept, place.of_rows(whole), None if held_out is None else held_out[whole], (note,))


def filled_in(
    columns: dict[str, Column], target: str, place: Place, held_out: np.ndarray | None, missing: Missing
) -> Seen:
    """Return the columns with a word in place of missing words, and a sentence that tells of the numbers too."""
    if target in missing:
        raise DataError(
            _(
                "{path}: the target {name} is missing in {lines}, and is not filled in",
                path=place.path,
                name=target,
                lines=lines_of(missing[target], place),
            )
        )
    note = ngettext(
        "{count:,} missing value is filled in: {listed}",
        "{count:,} missing values are filled in: {listed}",
        sum(map(len, missing.values())),
        listed=listed(missing, place),
    )
    return Seen({name: filled(column) for name, column in columns.items()}, place, held_out, (note,))


def listed(missing: Missing, place: Place) -> str:
    """Return the columns with the lines in which their values are missing."""
    return "; ".join(f"{name}: {lines_of(rows, place)}" for name, rows in missing.items())


def lines_of(rows: np.ndarray, place: Place) -> str:
    """Return the numbers of lines, the first of many."""
    shown = ", ".join(str(place.lines[row]) for row in rows[:SHOWN])
    if len(rows) > SHOWN:
        shown = _("{shown}, and {more:,} more", shown=shown, more=len(rows) - SHOWN)
    if not place.are_lines:
        return ngettext("sample {shown}", "samples {shown}", len(rows), shown=shown)
    return ngettext("line {shown}", "lines {shown}", len(rows), shown=shown)


def filled(column: Column) -> Column:
    """Return a column in which a missing word is a word; numbers are as they were."""
    if not column.is_words:
        return column
    return Column(column.name, np.where(column.missing(), "(missing)", column.values))
