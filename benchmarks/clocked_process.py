"""A process of :mod:`benchmarks.whole_profile`: one of the two trainings, with a clock around its parts.

::

    python -m benchmarks.clocked_process train|pytorch ARGUMENTS...

The last line that it prints is the seconds of the parts, as JSON. It imports nothing that the training does not.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

TRAININGS = {  # the module, its function that trains, and the functions that are timed
    "train": (
        "train",
        "main",
        {"loading": "choose_dataset", "steps": "Trainer.take_steps", "accuracies": "Trainer.accuracy"},
    ),
    "pytorch": (
        "benchmarks.pytorch_train",
        "command_line",
        {"loading": "load", "steps": "take_steps", "accuracies": "accuracy"},
    ),
}


def main(name: str, *arguments: str) -> None:
    """Train, and say how long it took."""
    started = time.perf_counter()
    module_name, function, timed = TRAININGS[name]
    module = importlib.import_module(module_name)
    clock = {"importing": time.perf_counter() - started}
    for part, place in timed.items():
        *owners, method = place.split(".")
        owner = getattr(module, owners[0]) if owners else module
        clock[part] = 0.0
        setattr(owner, method, clocked(clock, part, getattr(owner, method)))
    getattr(module, function)(list(arguments))
    clock["all the rest"] = time.perf_counter() - started - sum(clock.values())
    print(json.dumps(clock))


def clocked(clock: dict[str, float], part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its time added to a part."""

    def run(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        result = function(*arguments, **named)
        clock[part] += time.perf_counter() - started
        return result

    return run


if __name__ == "__main__":
    main(*sys.argv[1:])
