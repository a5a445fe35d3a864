"""What a student's code prints: the beginning is kept, however much it is."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MOST = 10_000  # letters that are kept


class Printed(io.TextIOBase):
    """A stream that keeps the first letters, and passes them on at once: so what never ends is heard of, too.

    Parameters
    ----------
    most : int
    further : bool
        Whether they are passed on to where all is printed now.

    Attributes
    ----------
    is_cut : bool
        Whether there was more.
    """

    def __init__(self, most: int = MOST, further: bool = False) -> None:
        self.most, self.further = most, sys.stdout if further else None
        self.pieces: list[str] = []
        self.length, self.is_cut = 0, False

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the text, as far as there is room."""
        room = self.most - self.length
        self.is_cut |= len(text) > room
        if room > 0 and text:
            kept = str(text[:room])
            self.pieces.append(kept)
            self.length += len(kept)
            if self.further is not None:
                self.further.write(kept)
                self.further.flush()
        return len(text)

    @property
    def text(self) -> str:
        """What was kept."""
        return "".join(self.pieces)


@contextmanager
def printing_into(stream: Any) -> Iterator[None]:
    """Let all that is printed go into a stream."""
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = stream
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class Shown:
    """What of all that a file prints is shown: its loading, and one forward and backward of each class or function.

    A check calls them hundreds of times. While it is tried out how something is called, what is printed is shown where
    nothing else is.
    """

    def __init__(self) -> None:
        self.loaded, self.tried, self.run = Printed(further=True), Printed(further=True), Printed()
        self.ran: set[str] = set()

    def stream_of(self, request: dict[str, Any], doing: str) -> Printed:
        """Return where it goes what is printed while a request is answered."""
        if "do" in request:
            return self.loaded if request["do"] == "load" else self.tried
        if request.get("call") != "run" or doing in self.ran:
            return Printed(0)
        self.ran.add(doing)
        return self.run

    @property
    def text(self) -> str:
        """What is shown."""
        return (self.loaded.text + (self.run.text or self.tried.text))[:MOST]

    @property
    def is_cut(self) -> bool:
        """Whether there was more."""
        last = self.run if self.run.text else self.tried
        return self.loaded.is_cut or last.is_cut or len(self.loaded.text + last.text) > MOST
