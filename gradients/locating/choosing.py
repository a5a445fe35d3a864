"""Of all that was seen while a call was watched, the line at which an array was computed."""

from typing import Any

import numpy as np

from gradients.locating.stepping import Running
from gradients.locating.watching import Sighting, ValueWatch, Watched

COMMON = (-1.0, 0.0, 1.0)  # numbers that stand in many places


def choose(watched: Watched, value: Any, others: list[Watched]) -> Sighting | None:
    """Return the sighting of an array that was computed by the line after which it was seen; None where there is none.

    That is the first with its values. Where others may have the same values by chance, it is the first of this very
    object.

    Parameters
    ----------
    watched : Watched
    value : object
        What the call left in the end.
    others : list of Watched
        What else was looked for.
    """
    same = [sighting for sighting in watched.sightings if is_the_same(sighting.value, value)]
    if watched.is_given and is_common(watched.values):
        return None
    if watched.is_given:
        return next(iter(same), None) or (watched.sightings or [None])[-1]
    if is_common(watched.values) or any(other.matches(watched.values) for other in others if other is not watched):
        return next(iter(same or watched.sightings), None)
    return next(iter(watched.sightings), None)


def is_the_same(one: Any, other: Any) -> bool:
    """Return whether two objects are one, or arrays in the same memory."""
    if one is other:
        return True
    return isinstance(one, np.ndarray) and isinstance(other, np.ndarray) and np.may_share_memory(one, other)


def is_common(values: np.ndarray) -> bool:
    """Return whether some values say little about where they come from: all of them the same, as zeros are."""
    return values.size > 0 and bool((values == values[0]).all()) and (values.size > 1 or values[0] in COMMON)


def line_of(sighting: Sighting, watch: ValueWatch) -> tuple[int, bool]:
    """Return the line of a sighting, and whether it is the one after which it was seen and not that of a caller."""
    tools = [place for place, running in enumerate(sighting.lines[:-1]) if is_tool(running, watch)]
    place = tools[-1] + 1 if tools else 0
    return sighting.lines[place].line, place == 0


def is_tool(running: Running, watch: ValueWatch) -> bool:
    """Return whether a function is a tool, so that the line that calls it says more than its own.

    It is one if it was called from several lines, itself left aside, by way of another file, or as an operator.
    """
    code = running.code
    lines = {line for caller, line in watch.callers.get(code, ()) if caller is not code}
    is_operator = code.co_name.startswith("__") and code.co_name != "__call__"
    return len(lines) > 1 or not running.is_called_directly or is_operator
