"""Whether operations are recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recording: ContextVar[bool] = ContextVar("recording", default=True)


def is_recording() -> bool:
    """Return whether operations are recorded here and now."""
    return _recording.get()


@contextmanager
def no_grad() -> Iterator[None]:
    """Record nothing inside of ``with no_grad():``, where gradients are not wanted: less memory, and no graph.

    It holds for the thread (or the asynchronous task) that enters it, and ends with the block, however that ends. It
    may stand in front of a function too, ``@no_grad()``.

    Examples
    --------
    >>> from graph import Variable
    >>> w = Variable(3.0, "w")
    >>> with no_grad():
    ...     y = w * w
    >>> print(y.data, y.creator)
    9.0 None
    """
    token = _recording.set(False)
    try:
        yield
    finally:
        _recording.reset(token)
