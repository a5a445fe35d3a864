"""Columns of a table: what is a number, what is a word, and what is missing; and how they become inputs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from datasets.formats.errors import DataError
from datasets.formats.written_numbers import numbers_in, numbers_written
from language import _

MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "#n/a"}  # in small letters
SURE = 0.9  # the share of numbers from which on other values are mistakes
FEW, MANY = 10, 256  # different words that are never, and always, too many to be inputs


class Column(NamedTuple):
    """A column: numbers (N,), NaN where they are missing; or words, empty where they are missing."""

    name: str
    values: np.ndarray

    @property
    def is_words(self) -> bool:
        """Whether the values are words."""
        return self.values.dtype.kind not in "fiub"

    def missing(self) -> np.ndarray:
        """Return where values are missing, (N,) of bool."""
        return self.values == "" if self.is_words else np.isnan(self.values)

    def different(self) -> int:
        """Return how many different values there are; all that are missing are one."""
        return len(set(self.values) if self.is_words else np.unique(self.values))

    def of_rows(self, chosen: np.ndarray) -> "Column":
        """Return the column with some of its rows only."""
        return Column(self.name, self.values[chosen])


class Place(NamedTuple):
    """Where the rows of a table stand: the file, and the number of each line in it, or of each sample."""

    path: object
    lines: Sequence[int]
    are_lines: bool = True

    def of_rows(self, chosen: np.ndarray) -> "Place":
        """Return the places of some of the rows only."""
        return self._replace(lines=[self.lines[int(row)] for row in np.flatnonzero(chosen)])

    def of(self, row: int | np.integer) -> str:
        """Return what to call a row."""
        return (
            _("line {line}", line=self.lines[int(row)])
            if self.are_lines
            else _("sample {line}", line=self.lines[int(row)])
        )


def column_of(name: str, cells: Sequence[str], decimal_comma: bool, place: Place) -> Column:
    """Return a column of text as numbers, where they are some, else as words.

    Raises
    ------
    DataError
        When nearly all of the values are numbers, but not all; or a number is infinite.
    """
    numbers = numbers_in(cells)
    if np.isfinite(numbers).all():
        return Column(name, numbers)
    given = [("" if cell.lower() in MISSING else cell) for cell in cells]
    numbers = numbers_written(given, decimal_comma)
    words = np.array(given, object)
    no_number = np.flatnonzero(np.isnan(numbers) & (words != ""))
    count = len(given) - np.count_nonzero(words == "")
    if len(no_number) and len(no_number) > (1 - SURE) * count:
        return Column(name, words)
    for row in [*no_number, *np.flatnonzero(np.isinf(numbers))]:
        expected = _("a number, as in the other lines") if row in no_number else _("a finite number")
        raise DataError(
            _(
                "{path}: {line}, column {column}: expected {expected}, got {cell}",
                path=place.path,
                line=place.of(row),
                column=name,
                expected=expected,
                cell=given[row][:40],
            )
        )
    return Column(name, numbers)


def reason_to_leave_out(column: Column, training: np.ndarray) -> str | None:
    """Return why a column cannot be an input: it never changes, or is an identifier; None where it can."""
    different, count = column.different(), len(column.values)
    if different == 1:
        return _("the same everywhere")
    if column.of_rows(training).different() == 1:
        return _("the same in every line that is not held out")
    if column.is_words:
        if different == count:
            return _("another word in every line, as a name or an identifier")
        if different > MANY or (different > FEW and different > count / 2):
            return _("{different:,} different words in {count:,} lines", different=different, count=count)
    elif different == count and is_identifier(column.name) and np.all(column.values % 1 == 0):
        return _("another whole number in every line, under an identifier's name")
    return None


def is_identifier(name: str) -> bool:
    """Return whether a column's name is that of one that numbers the lines.

    >>> [is_identifier(name) for name in ("", "Unnamed: 0", "PassengerId", "customer_id", "humid", "grid")]
    [True, True, True, True, False, False]
    """
    return name.lower() in ("", "index", "unnamed: 0", "id", "column 1") or name.endswith(("Id", "ID", "_id", " id"))


def inputs_of(column: Column, training: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Return names and inputs (N, D): a number less its mean, over its deviation, in the training part; words one-hot.

    A word is one input for each different word, of which one is 1 and the others 0.
    """
    if column.is_words:
        words = sorted(set(column.values))
        return [f"{column.name} = {word}" for word in words], np.stack(
            [column.values == word for word in words], axis=1
        )
    known = ~np.isnan(column.values)
    scaled = scaled_by(column.values, *scale_of(column.values[training & known]))
    return [column.name], np.where(known, scaled, 0)[:, np.newaxis]  # what is filled in is the mean


def scale_of(values: np.ndarray) -> tuple[float, float]:
    """Return the mean and the standard deviation of numbers, the latter 1 where it is 0; of none, 0 and 1."""
    if not len(values):
        return 0.0, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        mean = float(values.mean())
        return mean, float((values - mean).std()) or 1.0


def scaled_by(values: np.ndarray, mean: float, deviation: float) -> np.ndarray:
    """Return numbers less a mean, over a deviation; those that are too large for it become NaN or infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        return ((values - mean) / deviation).astype(np.float32)
