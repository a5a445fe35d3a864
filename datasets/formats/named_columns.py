"""The columns of a text file by their names, or by their numbers where it has none."""

from pathlib import Path

from datasets.formats.columns import Column, Place, column_of
from datasets.formats.delimited import Rows
from datasets.formats.errors import DataError
from datasets.formats.number_rows import counting, is_number
from language import _


def named_columns(rows: Rows, target: str, path: Path) -> tuple[dict[str, Column], Place]:
    """Return the columns by name, and where their values stand."""
    names, first = names_of([one_line(cell) for cell in rows.cells[0]], target)
    cells, lines = rows.cells[first:], rows.lines[first:]
    names = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    check_names(names, path)
    if not cells:
        raise DataError(_("{path}: there are no lines below the one with the names", path=path))
    place = Place(path, lines)
    columns = {}
    for name, written, values in zip(names, rows.cells[0], zip(*cells, strict=True), strict=True):
        if first and not written and not any(values):
            continue  # each line ends with a separator
        columns[name] = column_of(name, values, rows.separator != ",", place)
    return columns, place


def one_line(name: str) -> str:
    r"""Return a name without line feeds, which spreadsheets allow, and other blanks that are not seen.

    >>> one_line("weight\n(kg)")
    'weight (kg)'
    """
    return " ".join(name.split())


def names_of(first: list[str], target: str) -> tuple[list[str], int]:
    """Return the columns' names, and how many lines they take.

    The first line has the names when the target's is among them and not all of them are numbers, when they count from 0
    or 1, or when none is a number and no two are the same. Otherwise the columns are called 1, 2, ...

    >>> names_of(["length", "width", "kind"], "kind")
    (['length', 'width', 'kind'], 1)
    >>> names_of(["5.1", "3.5", "setosa"], "3")
    (['1', '2', '3'], 0)
    """
    numbers = [is_number(cell) for cell in first]
    count = len(first)
    counts = first in (counting(0, count), counting(1, count))
    if counts or (target in first and not all(numbers)) or (not any(numbers) and len({*first}) == count):
        return first, 1
    return counting(1, count), 0


def check_names(names: list[str], path: Path) -> None:
    """Raise DataError when two columns bear the same name."""
    first: dict[str, int] = {}
    for number, name in enumerate(names):
        if first.setdefault(name, number) != number:
            raise DataError(
                _(
                    "{path}: columns {first} and {second} are both called {name}; give each a name of its own",
                    path=path,
                    first=first[name] + 1,
                    second=number + 1,
                    name=name,
                )
            )
