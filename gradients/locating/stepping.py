"""What runs within ``with``, looked at after every line of a file."""

import os
import sys
import time
from dataclasses import dataclass, field
from types import CodeType, FrameType, TracebackType
from typing import Any, NamedTuple

SECONDS = 2.0  # that a call is watched
MOST_LINES = 20_000  # that are watched
RETURNED = "return"  # what stands for the name of a variable where a value is returned; no variable is called so


@dataclass
class Visit:
    """A call of a function: the line that is running, and what was seen when it was called."""

    line: int
    given: set[Any] = field(default_factory=set)


class Running(NamedTuple):
    """A line that is running: the function, the number of the line, and whether the file itself called the function."""

    code: CodeType
    line: int
    is_called_directly: bool


class LineWatch:
    """Looks at what every line of a file leaves; it gives up after some time.

    Nothing that it does reaches what it watches: what it raises itself is dropped, and the function that watched before
    it, of a debugger perhaps, is put back.

    Parameters
    ----------
    file : str
    is_needed : bool
        Whether there is anything to be looked for.

    Attributes
    ----------
    visits : dict of frame to Visit
        The calls that are running.
    """

    def __init__(self, file: str, is_needed: bool = True) -> None:
        self.file, self.is_needed = file, is_needed
        self.visits: dict[FrameType, Visit] = {}
        self.own: dict[str, bool] = {}
        self.count = 0

    def __enter__(self) -> "LineWatch":
        self.end = time.process_time() + SECONDS
        self.before = sys.gettrace()
        if self.is_needed:
            sys.settrace(self.enter)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.settrace(self.before)
        self.visits.clear()

    def enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Begin to watch a call, where the function stands in the file."""
        if not self.is_own(frame.f_code):
            return None
        try:
            self.visits[frame] = Visit(frame.f_lineno)
            self.arrive(frame, self.visits[frame])
        except Exception:
            return None
        return self.step

    def step(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Look at what the line that has just run left."""
        self.count += 1
        if self.count > MOST_LINES or time.process_time() > self.end:
            sys.settrace(None)
            return None
        try:
            if event in ("line", "return"):
                self.look(frame, self.visits[frame], {RETURNED: argument} if event == "return" else {})
                self.visits[frame].line = frame.f_lineno
            if event == "return":
                del self.visits[frame]
        except Exception:
            return None
        return self.step

    def arrive(self, frame: FrameType, visit: Visit) -> None:
        """Look at what a function is given."""

    def look(self, frame: FrameType, visit: Visit, further: dict[str, Any]) -> None:
        """Look at what the line of a visit left in the variables, and at what is returned."""

    def lines_running(self, frame: FrameType, visit: Visit) -> list[Running]:
        """Return the line of a visit, and those of its callers in the file, the innermost first."""
        return [Running(frame.f_code, visit.line, frame.f_back in self.visits), *self.lines_from(frame.f_back)]

    def lines_from(self, frame: FrameType | None) -> list[Running]:
        """Return the lines of the file that are running, from a frame outwards."""
        lines = []
        while frame is not None:
            if frame in self.visits:
                lines.append(Running(frame.f_code, frame.f_lineno, frame.f_back in self.visits))
            frame = frame.f_back
        return lines

    def is_own(self, code: CodeType) -> bool:
        """Return whether some code stands in the file."""
        name = code.co_filename
        if name not in self.own:
            self.own[name] = name == self.file or os.path.realpath(name) == os.path.realpath(self.file)
        return self.own[name]
