"""How long the parts of something take. Python's own modules are all that it imports, so as to add nothing to it."""

import time
from collections.abc import Callable
from typing import Any

Clock = dict[str, float]  # seconds by part


def timed(clock: Clock, part: str, do: Callable[[], Any]) -> Any:
    """Do something, and add the seconds it takes to a part."""
    started = time.perf_counter()
    result = do()
    add(clock, part, time.perf_counter() - started)
    return result


def clocked(clock: Clock, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function so that the seconds it takes are added to a part."""

    def run(*arguments: Any, **named: Any) -> Any:
        return timed(clock, part, lambda: function(*arguments, **named))

    return run


def add(clock: Clock, part: str, seconds: float) -> None:
    """Add seconds to a part."""
    clock[part] = clock.get(part, 0.0) + seconds
