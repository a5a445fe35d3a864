"""Numbers as people and programs write them in a column of text: 1234.5, 1,234.5, 1.234,5 or 1 234,5."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

BLANKS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")  # that break no line, between thousands
COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # between thousands
POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?")
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+(e[+-]?\d+)?", re.IGNORECASE)


def numbers_written(cells: Sequence[str], decimal_comma: bool) -> np.ndarray:
    """Return the numbers (N,) that the cells of a column are, NaN for those that are none.

    What a comma means, the column tells where it can: in ``0,5`` or ``1.234,5`` it begins the decimals, in ``1,234.5``
    it stands between thousands. ``1,234`` alone may be either, and is what ``decimal_comma`` says.

    >>> numbers_written(["1.234,5", "999"], False), numbers_written(["1,234"], False), numbers_written(["1,234"], True)
    (array([1234.5,  999. ]), array([1234.]), array([1.234]))
    """
    cells = [BLANKS.sub("", cell) for cell in cells]
    read = writing_of([cell for cell in cells if "," in cell or "." in cell], decimal_comma)
    return numbers_in([read(cell) for cell in cells])


def writing_of(cells: Sequence[str], decimal_comma: bool) -> Callable[[str], str]:
    """Return what turns the numbers of a column into those of Python."""
    comma = any(DECIMAL_COMMA.fullmatch(cell) and not COMMAS.fullmatch(cell) for cell in cells)
    comma = comma or any(POINTS.fullmatch(cell) and (cell.count(".") > 1 or "," in cell) for cell in cells)
    point = any(DECIMAL_POINT.fullmatch(cell) and not POINTS.fullmatch(cell) for cell in cells)
    point = point or any(COMMAS.fullmatch(cell) and (cell.count(",") > 1 or "." in cell) for cell in cells)
    if comma == point:
        return with_either if comma or decimal_comma else with_decimal_point
    return with_decimal_comma if comma else with_decimal_point


def with_decimal_point(cell: str) -> str:
    """Return a number without the commas between its thousands."""
    return cell.replace(",", "") if COMMAS.fullmatch(cell) else cell


def with_decimal_comma(cell: str) -> str:
    """Return a number without the points between its thousands, and with a point for its comma."""
    return (cell.replace(".", "") if POINTS.fullmatch(cell) else cell).replace(",", ".")


def with_either(cell: str) -> str:
    """Return a number with a point for its comma, where it has not both."""
    return cell if "." in cell else cell.replace(",", ".")


def numbers_in(cells: Sequence[str]) -> np.ndarray:
    """Return the numbers (N,) that texts are for Python, NaN for those that are none."""
    try:
        if "_" not in "".join(cells):  # which Python would take for a mark between digits
            return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        pass
    return np.array([number_in(cell) for cell in cells], np.float64)


def number_in(cell: str) -> float:
    """Return the number that a text is, NaN where it is none.

    >>> number_in("-1.5e3"), number_in("1_000")
    (-1500.0, nan)
    """
    try:
        return math.nan if "_" in cell else float(cell)
    except ValueError:
        return math.nan
