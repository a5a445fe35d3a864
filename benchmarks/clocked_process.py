"""A process of :mod:`benchmarks.whole_profile`: one of the two trainings, with a clock around its parts.

::

    python -m benchmarks.clocked_process train|pytorch ARGUMENTS...

The last line that it prints is the seconds of the parts, as JSON. It imports nothing that the training does not.
"""

import importlib
import json
import sys
import time

from benchmarks.clock import Clock, clocked

TRAININGS = {  # the module, its function that trains, and the functions that are timed
    "train": (
        "train",
        "main",
        {"loading": "choose_dataset", "steps": "Trainer.train_on_batches", "accuracies": "Trainer.accuracy"},
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
    clock: Clock = {"importing": time.perf_counter() - started, **dict.fromkeys(timed, 0.0)}
    for part, place in timed.items():
        *owners, method = place.split(".")
        owner = getattr(module, owners[0]) if owners else module
        setattr(owner, method, clocked(clock, part, getattr(owner, method)))
    getattr(module, function)(list(arguments))
    clock["all the rest"] = time.perf_counter() - started - sum(clock.values())
    print(json.dumps(clock))


if __name__ == "__main__":
    main(*sys.argv[1:])
