"""A call watched line by line: after which line of a file an array is first to be seen."""

import os
import sys
import time
from dataclasses import dataclass, field
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from gradients.locating.sight import Path, in_sight

SECONDS = 2.0  # that a call is watched
MOST_LINES = 20_000  # that are watched
FEW = 4
RETURNED = "return"  # what stands for the name of a variable where a value is returned; no variable is called so


@dataclass
class Sighting:
    """An object with the values that are looked for, and the line after which it was first seen.

    Attributes
    ----------
    value : object
    path : tuple
        Where it was seen first: the name of a variable, then attributes, keys and places.
    lines : list of (code, int)
        The line, and those of the callers in the same file, the innermost first.
    """

    value: Any
    path: Path
    lines: list[tuple[CodeType, int]]


@dataclass
class Watched:
    """Some values that are looked for.

    Attributes
    ----------
    values : ndarray
    sightings : list of Sighting
        The objects that have them, each once, in the order in which they were seen.
    is_given : bool
        Whether something had them before any line ran.
    """

    values: np.ndarray
    sightings: list[Sighting] = field(default_factory=list)
    is_given: bool = False

    def __post_init__(self) -> None:
        self.values = np.ravel(np.asarray(self.values, float))

    def matches(self, values: np.ndarray) -> bool:
        """Return whether an array has these values, in this order, in whatever shape."""
        if values.size != self.values.size:
            return False
        first = values.flat[:FEW]  # of a large array they are seldom the same, and seldom is all of it looked at
        if not np.array_equal(first, self.values[:FEW], equal_nan=True):
            return False
        return bool(np.array_equal(values.ravel(), self.values, equal_nan=True))

    def knows(self, value: Any) -> bool:
        """Return whether an object has been seen."""
        return any(sighting.value is value for sighting in self.sightings)


@dataclass
class Visit:
    """A call of a function: the line that is running, and where the values stood when it was called."""

    line: int
    given: set[tuple[int, Path]]


class Watch:
    """Watches what runs within ``with``, as far as it stands in a file.

    Parameters
    ----------
    file : str
    watched : list of Watched

    Attributes
    ----------
    callers : dict of code to set of (code, line)
        From where in the file each function was called.
    """

    def __init__(self, file: str, watched: list[Watched]) -> None:
        self.file, self.watched = file, watched
        self.callers: dict[CodeType, set[tuple[CodeType, int]]] = {}
        self.visits: dict[FrameType, Visit] = {}
        self.own: dict[str, bool] = {}
        self.count = 0
        self.sizes = {one.values.size for one in watched}

    def __enter__(self) -> "Watch":
        self.end = time.monotonic() + SECONDS
        self.before = sys.gettrace()
        if self.watched:
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
            caller = self.lines_from(frame.f_back)[:1]
            self.callers.setdefault(frame.f_code, set()).update(caller)
            given = self.matching(frame.f_locals)
            self.visits[frame] = Visit(frame.f_lineno, {(number, path) for number, path, _ in given})
            for number, _, value in given:
                self.watched[number].is_given |= not self.watched[number].knows(value)
        except Exception:
            return None
        return self.step

    def step(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Look at what the line that has just run left."""
        self.count += 1
        if self.count > MOST_LINES or time.monotonic() > self.end:
            sys.settrace(None)
            return None
        try:
            if event in ("line", "return"):
                self.look(frame, {RETURNED: argument} if event == "return" else {})
                self.visits[frame].line = frame.f_lineno
            if event == "return":
                del self.visits[frame]
        except Exception:
            return None
        return self.step

    def look(self, frame: FrameType, further: dict[str, Any]) -> None:
        """Note what has the values that are looked for and was not seen before."""
        visit = self.visits[frame]
        for number, path, value in self.matching({**frame.f_locals, **further}):
            watched = self.watched[number]
            if (number, path) not in visit.given and not watched.knows(value):
                lines = [(frame.f_code, visit.line), *self.lines_from(frame.f_back)]
                watched.sightings.append(Sighting(value, path, lines))

    def matching(self, variables: dict[str, Any]) -> list[tuple[int, Path, Any]]:
        """Return what in some variables has the values that are looked for: which, the way to it, and the object."""
        return [
            (number, path, value)
            for path, value, values in in_sight(variables)
            if values.size in self.sizes
            for number, watched in enumerate(self.watched)
            if watched.matches(values)
        ]

    def lines_from(self, frame: FrameType | None) -> list[tuple[CodeType, int]]:
        """Return the lines of the file that are running, from a frame outwards."""
        lines = []
        while frame is not None:
            if frame in self.visits:
                lines.append((frame.f_code, frame.f_lineno))
            frame = frame.f_back
        return lines

    def is_own(self, code: CodeType) -> bool:
        """Return whether some code stands in the file."""
        name = code.co_filename
        if name not in self.own:
            self.own[name] = name == self.file or os.path.realpath(name) == os.path.realpath(self.file)
        return self.own[name]
