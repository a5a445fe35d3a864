"""One line on the terminal that says what is being looked at, where that takes a while; it is erased at the end."""

import shutil
import sys
import time
from contextlib import suppress
from typing import TextIO

from gradients.columns import cut, left, width
from language import _

AFTER = 2.0  # seconds in which nothing is shown
EVERY = 0.2  # seconds from one line to the next


class Progress:
    """The line of one file; nothing is shown where the stream is no terminal.

    Parameters
    ----------
    stream : text file, optional
        Standard error where there is none.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = sys.stderr if stream is None else stream
        self.stream = stream if stream is not None and stream.isatty() else None
        self.started, self.last, self.length = time.monotonic(), 0.0, 0

    def start(self) -> None:
        """Begin to count the seconds of a unit."""
        self.started = time.monotonic()

    def show(self, what: str) -> None:
        """Show what is being looked at, unless that was done just now."""
        now = time.monotonic()
        if self.stream is not None and now - self.started > AFTER and now - self.last > EVERY:
            self.last = now
            line = _("{what}, {seconds:.0f} s", what=what, seconds=now - self.started)
            shown = "".join(letter if letter.isprintable() else "?" for letter in line)
            self.write(cut(shown, shutil.get_terminal_size().columns - 1))

    def erase(self) -> None:
        """Leave nothing of the line."""
        if self.length:
            self.write("")

    def write(self, line: str) -> None:
        """Write a line over the last one."""
        assert self.stream is not None
        with suppress(OSError):  # the terminal has gone
            self.stream.write(f"\r{left(line, self.length)}" if line else f"\r{' ' * self.length}\r")
            self.stream.flush()
        self.length = width(line)


def in_words(request: dict) -> str:
    """Return what is asked of the process, in few words.

    >>> in_words({"call": "forward_each", "moved": {"dW": None, "db": None}})
    'how the output changes with dW and db'
    """
    if "moved" in request:
        return _("how the output changes with {arrays}", arrays=_(" and ").join(request["moved"]) or _("nothing"))
    named = {"load": "", "prepare": _("finding out how it is called"), "run": _("forward and backward")}
    return named.get(request.get("do") or request.get("call", ""), "forward")
