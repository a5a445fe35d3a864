"""Whole processes side by side: wall time and peak memory, in pairs, so that a drifting machine hits both alike.

POSIX only: the peak memory of a finished process comes from ``os.wait4``.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

BUSY = """
import os

parent = os.getppid()
while os.getppid() == parent:  # it never outlives who wanted it, however that one ends
    for _ in range(1_000_000):
        pass
"""


class Cost(NamedTuple):
    """What a process took: seconds from start to end, and the largest resident memory in MB."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end, and return what it cost.

    Raises
    ------
    RuntimeError
        When it fails, with what it said.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output.decode()}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(seconds, usage.ru_maxrss / unit)


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """Keep so many processes busy, each of which would like a core for itself."""
    with ExitStack() as at_the_end:
        for _ in range(count):
            busy = at_the_end.enter_context(subprocess.Popen([sys.executable, "-c", BUSY]))
            at_the_end.callback(busy.kill)
        yield


def beside(count: int) -> str:
    """Return in words beside how many busy processes something is measured.

    >>> beside(0), beside(2)
    ('', ', beside 2 busy processes')
    """
    return f", beside {count} busy process{'es' * (count > 1)}" if count else ""


def side_by_side(ours: Sequence[str], theirs: Sequence[str], pairs: int) -> list[tuple[Cost, Cost]]:
    """Run both commands in turn, once to warm up and then ``pairs`` times, and return the costs pair by pair."""
    costs = [(measure(ours), measure(theirs)) for _ in range(pairs + 1)]
    return costs[1:]


def report(names: tuple[str, str], costs: list[tuple[Cost, Cost]]) -> str:
    """Return a table of medians, with the median of the pairs' ratios."""
    rows = [f"{'':<14}{names[0]:>14}{names[1]:>14}{'ratio':>8}"]
    for field, unit in (("seconds", "s"), ("megabytes", "MB")):
        first, second = ([getattr(cost, field) for cost in side] for side in zip(*costs, strict=True))
        ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
        label = "wall time" if field == "seconds" else "peak memory"
        values = (f"{statistics.median(side):,.2f} {unit}" for side in (first, second))
        rows.append(f"{label:<14}" + "".join(f"{value:>14}" for value in values) + f"{ratio:>8.2f}")
    return "\n".join(rows)


def pairs_of_command_line(description: str, default: int) -> int:
    """Return the number of pairs that the command line asks for."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("pairs", type=int, nargs="?", default=default, help="pairs after the warm-up (%(default)s)")
    pairs = parser.parse_args().pairs
    if pairs < 1:
        parser.error(f"expected at least 1 pair, got {pairs}")
    return pairs
