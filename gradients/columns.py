"""Text in columns: letters of Chinese, Japanese and Korean are two columns wide on a terminal."""

import textwrap
from unicodedata import east_asian_width

SECOND_HALF = "\u2060"  # stands behind a wide letter while lines are broken: no text has it


def width(text: str) -> int:
    """Return how many columns a text takes.

    >>> width("gradient"), width("기울기")
    (8, 6)
    """
    return len(doubled(text))


def left(text: str, columns: int) -> str:
    """Return a text with spaces behind it, up to a number of columns."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """Return a text with spaces before it, up to a number of columns."""
    return " " * (columns - width(text)) + text


def cut(text: str, columns: int) -> str:
    """Return the beginning of a text that takes no more than a number of columns.

    >>> cut("gradient", 4), cut("기울기", 4), cut("기울기", 5)
    ('grad', '기울', '기울')
    """
    wide = doubled(text)
    end = columns - 1 if wide[columns : columns + 1] == SECOND_HALF else columns
    return wide[:end].replace(SECOND_HALF, "")


def filled(text: str, columns: int, later: str = "") -> str:
    """Return a paragraph in lines of at most that many columns; ``later`` stands before each but the first."""
    return textwrap.fill(doubled(text), columns, subsequent_indent=later).replace(SECOND_HALF, "")


def doubled(text: str) -> str:
    """Return a text in which every wide letter is followed by one that stands for its second half."""
    if text.isascii():
        return text
    return "".join(letter + SECOND_HALF if east_asian_width(letter) in "WF" else letter for letter in text)
