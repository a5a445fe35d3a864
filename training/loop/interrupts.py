"""Ctrl-C, a closed terminal and a polite kill, held back while something is done that belongs together."""

import signal
import threading
from types import FrameType
from typing import Any

from language import N_, _

# What asks a program to end: Ctrl-C, kill, and a terminal that is closed (which Windows does not tell).
REQUESTS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
NAMES = {"SIGTERM": N_("asked to end (SIGTERM)"), "SIGHUP": N_("the terminal was closed (SIGHUP)")}


class Interrupted(KeyboardInterrupt):
    """The program was asked to end, by the signal ``number``."""

    def __init__(self, *messages: str, number: int = signal.SIGINT) -> None:
        super().__init__(*messages)
        self.number = number


class Interrupts:
    """Turns what asks the program to end into :class:`Interrupted`, between steps and never within one.

    It raises once: until the next block begins, further requests change nothing, so that a second Ctrl-C does not cut
    short what the program does to end in good order. One within another is part of it: they hold back, and raise,
    together.

    Only the main thread of a program receives signals, so elsewhere this does nothing. What the program ignores, as
    under ``nohup``, it goes on ignoring, and what it handles in a way of its own stays its own.

    Parameters
    ----------
    all_requests : bool
        Whether to take those too that would end the program without asking it, as a closed terminal does by default. A
        program that asks for all of them ends when it is interrupted, and ignores further requests on its last steps.

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
            handlers = {number: signal.getsignal(number) for number in REQUESTS}
            around = {number: owner for number, handler in handlers.items() if (owner := held_back_by(handler))}
            self.held_back = next(iter(around.values()), self.held_back)
            for number in handlers.keys() - around.keys():
                handler = handlers[number]
                if handler is signal.default_int_handler or (self.all_requests and handler == signal.SIG_DFL):
                    self.before[number] = signal.signal(number, self.held_back.receive)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        is_ending = self.all_requests and kind is not None and issubclass(kind, Interrupted)
        for number, handler in self.before.items():
            signal.signal(number, signal.SIG_IGN if is_ending else handler)


class HeldBack:
    """A block of code before whose end no interrupt takes effect."""

    def __init__(self) -> None:
        self.inside = 0
        self.pending: int | None = None
        self.raised = False

    def __enter__(self) -> None:
        self.inside += 1
        self.raised = False

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.inside -= 1
        if self.pending is not None and self.inside == 0 and kind is None:  # an error on its way is not replaced
            number, self.pending = self.pending, None
            self.interrupt(number)

    def receive(self, number: int, frame: FrameType | None) -> None:
        """Raise, or remember to raise at the end of the block."""
        if self.raised:
            return
        if self.inside:
            self.pending = number
        else:
            self.interrupt(number)

    def interrupt(self, number: int) -> None:
        """Raise the exception for a signal, which names it unless it is Ctrl-C."""
        self.raised = True
        said = _(NAMES.get(signal.Signals(number).name, ""))
        raise Interrupted(*([said] if said else []), number=number)


def held_back_by(handler: Any) -> HeldBack | None:
    """Return the block that receives the signals of a handler, if it is the one of another :class:`Interrupts`."""
    owner = getattr(handler, "__self__", None)
    return owner if isinstance(owner, HeldBack) else None
