"""Text files of values between separators: their letters, their separator, their lines.

The separator is a tab, a semicolon or a comma: of those that cut the first lines into equally many values, the first.
Where there is none of them, it is any number of blanks.
Values may stand in double quotes, and then contain separators and line feeds.
"""

import csv
import io
import re
import zlib
from pathlib import Path
from typing import NamedTuple

from datasets.formats.errors import DataError
from datasets.idx import IdxError, chunks_of, unpacked
from language import _, ngettext

SEPARATORS = "\t;,"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # at a file's beginning
SHOWN = 3  # lines that are named where many are wrong


class Rows(NamedTuple):
    """The values of each line, the number of the line in the file, and what to say of how they were read."""

    cells: list[list[str]]
    lines: list[int]
    separator: str
    notes: tuple[str, ...]


def read_rows(path: Path, encoding: str | None = None) -> Rows:
    """Read the lines of a text file, plain or compressed by gzip, all of one length; blank ones are left out.

    Raises
    ------
    DataError
        When it is no text, or its lines differ in the number of their values.
    """
    text, notes = decoded(read_bytes(path), encoding, path)
    cells: list[list[str]] = []
    if text.strip():
        text = with_tabs(text)
        told = re.match(r"sep=(.)\s*?\n", text)  # a line that Excel puts first
        separator = told[1] if told else separator_of(text, path)
        cells, lines = cut(text, separator, path)
        cells, lines = (cells[1:], lines[1:]) if told else (cells, lines)
    if not cells:
        raise DataError(_("{path} is empty; expected lines of values", path=path))
    check_lengths(cells, lines, path)
    return Rows(cells, lines, separator, notes)


def read_bytes(path: Path) -> bytes:
    """Return a file's content, unpacked where it is gzip."""
    try:
        with open(path, "rb") as file:
            return b"".join(unpacked(chunks_of(file))[0])
    except (IdxError, zlib.error) as error:
        raise DataError(_("{path}: corrupt gzip file ({error})", path=path, error=error)) from None


def decoded(content: bytes, encoding: str | None, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return text in UTF-8, in the encoding asked for, or in the one that it seems to be, and then say so."""
    notes: tuple[str, ...] = ()
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    try:
        text = content.decode(encoding or marked or "utf-8")
    except LookupError:
        raise DataError(_("{path}: there is no encoding called {encoding}", path=path, encoding=encoding)) from None
    except UnicodeError as error:
        if encoding or marked:
            raise DataError(
                _("{path} is not in {encoding}: {error}", path=path, encoding=encoding or marked, error=error)
            ) from None
        text, encoding = guessed(content)
        notes = (_("{path} is not in UTF-8; it is read as {encoding}", path=path, encoding=encoding),)
    if "\0" in text:
        raise DataError(_("{path} is no text: it holds bytes that are zero", path=path))
    return text.removeprefix("\ufeff"), notes


def guessed(content: bytes) -> tuple[str, str]:
    """Return text that is not UTF-8, and its encoding: Korean where that makes Hangul of it, else Western European."""
    try:
        text = content.decode("cp949")
        foreign = [letter for letter in text if letter > "\x7f"]
        if sum("가" <= letter <= "힣" for letter in foreign) > len(foreign) / 2:
            return text, "cp949"
    except UnicodeError:
        pass
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeError:
        return content.decode("latin-1"), "latin-1"


def with_tabs(text: str) -> str:
    """Return text whose first line is cut by nothing but blanks with a tab in their place."""
    first = text.lstrip().partition("\n")[0].rstrip()
    if '"' in text or " " not in first or any(known in first for known in SEPARATORS):
        return text
    return re.sub(" +", "\t", re.sub("(?m)^ +| +$", "", text))


def separator_of(text: str, path: Path) -> str:
    """Return the separator that cuts the first two lines into equally many values, or at least the first."""
    first = [line for line in unquoted(text[: 1 << 16]).splitlines() if line.strip()][:2]
    lengths = {known: [len(line.split(known)) for line in first] for known in SEPARATORS}
    several = [known for known, counts in lengths.items() if counts and counts[0] > 1]
    alike = [known for known in several if len(set(lengths[known])) == 1]
    if several:
        return (alike or several)[0]
    raise DataError(
        _(
            "{path}: there is no comma, semicolon, tab or blank in its first line, so a line has one value only",
            path=path,
        )
    )


def unquoted(text: str) -> str:
    """Return a text without what stands in double quotes, which may be separators and line feeds."""
    return "".join(text.split('"')[::2])


def cut(text: str, separator: str, path: Path) -> tuple[list[list[str]], list[int]]:
    """Return the values of each line that is not blank, and the line's number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    cells, lines, line, blanks = [], [], 1, " " in text or "\t" in text
    try:
        for row in reader:
            if row and any(map(str.strip, row[:1] if len(row) == 1 else row)):
                cells.append([cell.strip() for cell in row] if blanks else row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            _(
                "{path}: line {line} cannot be cut into values; is a quote not closed? ({error})",
                path=path,
                line=line,
                error=error,
            )
        ) from None
    return cells, lines


def check_lengths(cells: list[list[str]], lines: list[int], path: Path) -> None:
    """Raise DataError that names the lines with another number of values than the first."""
    columns = len(cells[0])
    wrong = [(line, len(row)) for row, line in zip(cells, lines, strict=True) if len(row) != columns]
    if wrong:
        named = ", ".join(_("line {line} has {count}", line=line, count=count) for line, count in wrong[:SHOWN]) + (
            ", ..." if len(wrong) > SHOWN else ""
        )
        raise DataError(
            ngettext(
                "{path}: expected {columns} values in each line, as in the first; {count} line has another number: "
                "{named}",
                "{path}: expected {columns} values in each line, as in the first; {count} lines have other numbers: "
                "{named}",
                len(wrong),
                path=path,
                columns=columns,
                named=named,
            )
        )
