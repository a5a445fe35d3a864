"""Loops that never end: after some seconds they are left by an exception, so that it can be said which line it is.

Python 3.12 tells of each jump of a program. Where it does not, and in a loop that catches whatever is raised, the page
ends Python after some more seconds.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS, LATER = 8.0, 1.0  # that a call may take: the first ones, and those after one that did not end
TOOL = 4  # a number that no debugger or profiler has


class Endless(BaseException):
    """Raised in a loop that runs too long."""


class Patience:
    """How long the calls of a student's code may take.

    Parameters
    ----------
    file : str
        The name under which the code is compiled.

    Attributes
    ----------
    line : int
        The line of the loop that was left last; 0 where none was.
    """

    def __init__(self, file: str) -> None:
        self.file, self.line = file, 0
        self.seconds, self.end = SECONDS, float("inf")

    @contextmanager
    def call(self) -> Iterator[None]:
        """Let a loop of the file that runs within for too long be left by :class:`Endless`."""
        monitoring: Any = getattr(sys, "monitoring", None)
        if monitoring is None or monitoring.get_tool(TOOL) is not None:
            yield
            return
        self.end = time.monotonic() + self.seconds
        monitoring.use_tool_id(TOOL, "chainrule")
        monitoring.register_callback(TOOL, monitoring.events.JUMP, self.jumped)
        monitoring.set_events(TOOL, monitoring.events.JUMP)
        try:
            yield
        finally:
            monitoring.set_events(TOOL, 0)
            monitoring.register_callback(TOOL, monitoring.events.JUMP, None)
            monitoring.free_tool_id(TOOL)

    def jumped(self, code: Any, place: int, target: int) -> Any:
        """Leave a loop whose time is over."""
        if code.co_filename != self.file:
            return sys.monitoring.DISABLE  # type: ignore[attr-defined]
        if target < place and time.monotonic() > self.end:
            lines = (line for start, end, line in code.co_lines() if start <= target < end)
            self.line, self.seconds = next(lines, None) or code.co_firstlineno, LATER
            raise Endless
        return None
