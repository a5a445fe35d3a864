"""After which line of a file an array is first to be seen."""

from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

import numpy as np

from gradients.locating.sight import Path, in_sight
from gradients.locating.stepping import LineWatch, Running, Visit

FEW = 4  # elements that are compared first


@dataclass
class Sighting:
    """An object with the values that are looked for, and the line after which it was first seen.

    Attributes
    ----------
    value : object
    path : tuple
        Where it was seen first: the name of a variable, then attributes, keys and places.
    lines : list of Running
        The line, and those of the callers in the same file, the innermost first.
    """

    value: Any
    path: Path
    lines: list[Running]


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
        if values.size != self.values.size or not same_values(values.flat[:FEW], self.values[:FEW]):
            return False
        return same_values(values, self.values.reshape(values.shape))

    def knows(self, value: Any) -> bool:
        """Return whether an object has been seen."""
        return any(sighting.value is value for sighting in self.sightings)


def same_values(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays hold the same; NaN equals NaN.

    No copy of them is left in free memory, where what is watched would find it with np.empty.
    """
    return bool(((one == other) | ((one != one) & (other != other))).all())


class ValueWatch(LineWatch):
    """Watches for objects with some values.

    Parameters
    ----------
    file : str
    watched : list of Watched

    Attributes
    ----------
    callers : dict of code to set of (code, int)
        The functions and lines from which each function was called.
    """

    def __init__(self, file: str, watched: list[Watched]) -> None:
        super().__init__(file, bool(watched))
        self.watched = watched
        self.callers: dict[CodeType, set[tuple[CodeType, int]]] = {}
        self.sizes = {one.values.size for one in watched}

    def arrive(self, frame: FrameType, visit: Visit) -> None:
        """Note from where a function is called, and which of the values it is given."""
        callers = self.lines_from(frame.f_back)[:1]
        self.callers.setdefault(frame.f_code, set()).update((caller.code, caller.line) for caller in callers)
        for number, path, value in self.matching(frame.f_locals):
            visit.given.add((number, path))
            self.watched[number].is_given |= not self.watched[number].knows(value)

    def look(self, frame: FrameType, visit: Visit, further: dict[str, Any]) -> None:
        """Note what has the values and was not seen before."""
        for number, path, value in self.matching({**frame.f_locals, **further}):
            watched = self.watched[number]
            if (number, path) not in visit.given and not watched.knows(value):
                watched.sightings.append(Sighting(value, path, self.lines_running(frame, visit)))

    def matching(self, variables: dict[str, Any]) -> list[tuple[int, Path, Any]]:
        """Return what in some variables has the values that are looked for: which, the way to it, and the object."""
        return [
            (number, path, value)
            for path, value, values in in_sight(variables)
            if values.size in self.sizes
            for number, watched in enumerate(self.watched)
            if watched.matches(values)
        ]
