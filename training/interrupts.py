"""Ctrl-C, a closed terminal and a polite kill, held back while something is done that belongs together."""

import signal
import threading
from types import FrameType
from typing import Any

# What asks a program to end: Ctrl-C, kill, and a terminal that is closed (which Windows does not tell).
REQUESTS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
NAMES = {"SIGTERM": "asked to end (SIGTERM)", "SIGHUP": "the terminal was closed (SIGHUP)"}


class Interrupted(KeyboardInterrupt):
    """The program was asked to end, by the signal ``number``."""

    def __init__(self, *messages: str, number: int = signal.SIGINT) -> None:
        super().__init__(*messages)
        self.number = number


class Interrupts:
    """Turns what asks the program to end into :class:`Interrupted`, between steps and never within one.

    Only the main thread of a program receives signals, so elsewhere this does nothing. What the program ignores, as
    under ``nohup``, it goes on ignoring.

    Parameters
    ----------
    all_requests : bool
        Whether to take those too that would end the program without asking it, as a closed terminal does by default.

    Examples
    --------
    >>> with Interrupts() as interrupts:
    ...     for _ in range(3):
    ...         with interrupts.held_back:
    ...             pass  # a step, which is done as a whole
    """

    def __init__(self, all_requests: bool = False) -> None:
        self.all_requests = all_requests
        self.held_back = HeldBack()
        self.before: dict[int, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            for number in REQUESTS:
                handler = signal.getsignal(number)
                if callable(handler) or (self.all_requests and handler == signal.SIG_DFL):
                    self.before[number] = signal.signal(number, self.held_back.receive)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


class HeldBack:
    """A block of code before whose end no interrupt takes effect."""

    def __init__(self) -> None:
        self.inside = 0
        self.pending: int | None = None

    def __enter__(self) -> None:
        self.inside += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.inside -= 1
        if self.pending is not None and self.inside == 0 and kind is None:  # an error on its way is not replaced
            number, self.pending = self.pending, None
            raise interrupted(number)

    def receive(self, number: int, frame: FrameType | None) -> None:
        """Raise, or remember to raise at the end of the block."""
        if not self.inside:
            raise interrupted(number)
        self.pending = number


def interrupted(number: int) -> Interrupted:
    """Return the exception for a signal, which names it unless it is Ctrl-C."""
    said = NAMES.get(signal.Signals(number).name)
    return Interrupted(*([said] if said else []), number=number)
