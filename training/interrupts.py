"""Ctrl-C, put off until something that belongs together is done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c_deferred() -> Iterator[None]:
    """Let the body finish before Ctrl-C takes effect as KeyboardInterrupt.

    Only the main thread receives Ctrl-C, so elsewhere this does nothing.

    >>> with ctrl_c_deferred():
    ...     pass
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed = []
    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
