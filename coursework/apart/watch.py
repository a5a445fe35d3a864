"""A look at a student's process while it is waited for: it is ended after its time, or when its files are too large."""

import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from gradients.apart.limits import end_group
from gradients.apart.starting import Started

EVERY = 0.2  # seconds between two looks
MOST_BYTES = 50_000_000  # of all of its files


class Watch(Thread):
    """Ends a process after some seconds, also one that stops in the middle of a message, or reads none.

    Parameters
    ----------
    started : Started
    seconds : float
    """

    def __init__(self, started: Started, seconds: float) -> None:
        super().__init__(daemon=True)
        self.started, self.until, self.over = started, time.monotonic() + seconds, Event()

    def __enter__(self) -> "Watch":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()

    def run(self) -> None:
        """Look now and then, until the answer is there."""
        home = Path(self.started.folder.name, "home")
        while not self.over.wait(EVERY):
            if time.monotonic() > self.until or bytes_in(home) > MOST_BYTES:
                end_group(self.started.process)
                return


def bytes_in(folder: Path) -> int:
    """Return how large the files of a folder are together, as far as they are there."""
    total = 0
    with suppress(OSError):
        for path in folder.rglob("*"):
            with suppress(OSError):
                total += path.stat().st_size
    return total
