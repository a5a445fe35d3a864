"""Text files of numbers, one sample a line, such as MNIST in CSV: 110 MB, of which a second is enough for most.

Nearly all numbers in them are whole ones from 0 to 255. A block of such lines is read with a few operations on all of
its bytes. Another block is read line by line, and whatever is wrong in it is found there.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.formats.errors import DataError
from datasets.idx import IdxError, chunks_of, unpacked
from language import _

BLOCK = 1 << 22  # bytes
SEPARATORS = (b"\t", b";", b",")
MARK = b"\xef\xbb\xbf"  # with which some programs begin a file in UTF-8
INDEX_NAMES = ("", "index", "unnamed: 0")  # of the column in which pandas counts the lines


class NumberRows(NamedTuple):
    """The names of the columns, where the first line has them, and the numbers (N, columns), uint8 or float32."""

    header: list[str] | None
    values: np.ndarray


class Layout(NamedTuple):
    """What the first line tells of the others."""

    separator: bytes
    header: list[str] | None
    columns: int
    counted: bool  # whether the first column counts the lines, and is left out


def read_number_rows(path: Path) -> NumberRows:
    """Read a text file of numbers, plain or compressed by gzip.

    Raises
    ------
    DataError
        When a line has another number of values than the first, or a value is missing or no number from 0 to 255.
    """
    blocks = whole_lines(path)
    first = next(blocks, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(_("{path} is in UTF-16: save it in UTF-8", path=path))
    layout = layout_of(first_line(first))
    line, parsed = 1, []
    if layout.header is not None:
        first, line = after_first_line(first), 2
    for block in chain([first.removeprefix(MARK)], blocks):
        parsed.append(parse(block, layout, line, path))
        line += block.count(b"\n")
    if not sum(map(len, parsed)):
        raise DataError(_("{path}: there are no lines with numbers in it", path=path))
    return NumberRows(layout.header, np.concatenate(parsed))


def read_layout(path: Path) -> Layout:
    """Return what the first line of a file tells, and read no more."""
    return layout_of(first_line(next(whole_lines(path, least=1 << 12), b"")))


def whole_lines(path: Path, least: int = BLOCK) -> Iterator[bytes]:
    """Yield a file's content in blocks of whole lines, each with its line feed."""
    waiting: list[bytes] = []
    size = 0
    try:
        with open(path, "rb") as file:
            for piece in unpacked(chunks_of(file))[0]:
                waiting.append(piece)
                size += len(piece)
                if size >= least and b"\n" in piece:
                    block, _feed, rest = b"".join(waiting).rpartition(b"\n")
                    waiting, size = [rest], len(rest)
                    yield unix_lines(block) + b"\n"
    except (IdxError, zlib.error) as error:
        raise DataError(_("{path}: corrupt gzip file ({error})", path=path, error=error)) from None
    if rest := b"".join(waiting):
        yield unix_lines(rest).rstrip(b"\n") + b"\n"


def unix_lines(block: bytes) -> bytes:
    """Return text whose lines end as on Unix."""
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in block else block


def first_line(block: bytes) -> str:
    """Return the first line, without the mark of UTF-8."""
    return block.partition(b"\n")[0].removeprefix(MARK).decode("utf-8", "replace")


def after_first_line(block: bytes) -> bytes:
    """Return a block without its first line."""
    return block.partition(b"\n")[2]


def layout_of(line: str) -> Layout:
    """Return what the first line tells: the separator, the names where it has them, the number of columns.

    >>> layout_of("label,pixel0,pixel1").header
    ['label', 'pixel0', 'pixel1']
    >>> layout_of("5;0;255")
    Layout(separator=b';', header=None, columns=3, counted=False)
    """
    separator = next((known for known in SEPARATORS if known.decode() in line), b",")
    cells = [cell.strip().strip('"').strip() for cell in line.split(separator.decode())]
    is_header = not all(map(is_number, cells)) or cells in (counting(0, len(cells)), counting(1, len(cells)))
    if not is_header:
        return Layout(separator, None, len(cells), counted=False)
    counted = cells[0].lower() in INDEX_NAMES
    return Layout(separator, cells[1:] if counted else cells, len(cells) - counted, counted)


def counting(first: int, count: int) -> list[str]:
    """Return so many numbers as text, each one more than the one before."""
    return [str(number) for number in range(first, first + count)]


def is_number(text: str) -> bool:
    """Return whether a text is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def parse(block: bytes, layout: Layout, line: int, path: Path) -> np.ndarray:
    """Return the numbers of a block's lines, (lines, columns); ``line`` is the number of the first."""
    if layout.counted:
        block = re.sub(rb"(?m)^[^\n%b]*%b" % (layout.separator, layout.separator), b"", block)
    whole = parse_bytes(block if layout.separator == b"," else block.replace(layout.separator, b","), layout.columns)
    return parse_lines(block, layout, line, path) if whole is None else whole


def parse_bytes(block: bytes, columns: int) -> np.ndarray | None:
    """Return the numbers of lines in which each is whole, from 0 to 255, and nothing else; None of others.

    ::

        ends       places of the commas and line feeds; a number is the digits before one
        value      digit[end - 1] + 10 digit[end - 2] + 100 digit[end - 3], as many as it has
    """
    content = np.frombuffer(block, np.uint8)
    digit = content - np.uint8(ord("0"))  # of another letter it is above 9
    ends = np.flatnonzero(digit > 9)
    if not len(ends) or len(ends) % columns:
        return None
    marks = content[ends].reshape(-1, columns)
    if np.any(marks[:, -1] != ord("\n")) or np.any(marks[:, :-1] != ord(",")):
        return None
    length = np.diff(ends, prepend=-1) - 1
    if length.min() < 1 or length.max() > 3:
        return None
    value = digit[ends - 1].astype(np.uint16)
    for place, weight in ((2, 10), (3, 100)):
        longer = np.flatnonzero(length >= place)
        value[longer] += np.uint16(weight) * digit[ends[longer] - place]
    return value.astype(np.uint8).reshape(-1, columns) if value.max() <= 255 else None


def parse_lines(block: bytes, layout: Layout, line: int, path: Path) -> np.ndarray:
    """Return the numbers of lines, blank ones left out, or raise DataError for the first that is wrong."""
    rows = []
    for number, text in enumerate(block.split(b"\n"), start=line):
        if text.strip():
            cells = text.replace(b'"', b"").split(layout.separator)
            if len(cells) != layout.columns:
                raise DataError(
                    _(
                        "{path}: line {line} has {count} values, expected {columns} as in the first line",
                        path=path,
                        line=number,
                        count=len(cells) + layout.counted,
                        columns=layout.columns + layout.counted,
                    )
                )
            rows.append(numbers_of(cells, layout, number, path))
    values = np.array(rows, np.float32).reshape(-1, layout.columns)
    return values if np.any(values % 1) else values.astype(np.uint8)


def numbers_of(cells: list[bytes], layout: Layout, line: int, path: Path) -> list[float]:
    """Return the numbers of a line, each from 0 to 255."""
    try:
        numbers = list(map(float, cells))
        if min(numbers) >= 0 and max(numbers) <= 255 and sum(numbers) == sum(numbers):  # a sum with NaN is not itself
            return numbers
    except ValueError:
        pass
    place, cell = next((place, cell.strip()) for place, cell in enumerate(cells) if not is_pixel(cell))
    named = layout.header[place] if layout.header else str(place + 1 + layout.counted)
    if not cell:
        raise DataError(
            _("{path}: line {line}, column {column}: the value is missing", path=path, line=line, column=named)
        )
    said = cell.decode("utf-8", "backslashreplace")[:40]
    raise DataError(
        _(
            "{path}: line {line}, column {column}: expected a number from 0 to 255, got {cell}",
            path=path,
            line=line,
            column=named,
            cell=said,
        )
    )


def is_pixel(cell: bytes) -> bool:
    """Return whether a text is a number from 0 to 255."""
    try:
        return 0 <= float(cell) <= 255
    except ValueError:
        return False
