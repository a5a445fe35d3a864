"""A look now and then at a process that is waited for: one that stops in the middle of a message is ended."""

from collections.abc import Callable
from threading import Event, Thread

from gradients.apart.limits import end_group
from gradients.apart.starting import Started

EVERY = 0.2  # seconds between two looks


class Watch(Thread):
    """Ends a process when it has taken too much.

    Parameters
    ----------
    started : Started
    is_too_much : callable
        Says so.
    """

    def __init__(self, started: Started, is_too_much: Callable[[], bool]) -> None:
        super().__init__(daemon=True)
        self.started, self.is_too_much, self.over = started, is_too_much, Event()

    def __enter__(self) -> "Watch":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()

    def run(self) -> None:
        """Look now and then, until there is no need any more."""
        while not self.over.wait(EVERY):
            if self.is_too_much():
                end_group(self.started.process)
                return
