"""What a run was set to, as its page tells it to others."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OF_ONE_TIME = ("--out", "--quiet")  # a run never writes into the folder of another
LEFT_OUT = ("arguments", "notes")  # which the command tells; in which there are paths of the data


def settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a run's configuration with a command that can be given again, and without the way to its author's data.

    >>> settings({"command": "python train.py --epochs 3 --out my_run", "source": "/home/kim/letters"})
    {'command': 'python train.py --epochs 3', 'source': 'letters'}
    """
    told = {name: value for name, value in config.items() if name not in LEFT_OUT}
    if isinstance(told.get("command"), str):
        told["command"] = repeatable(told["command"])
    if isinstance(told.get("source"), str):
        told["source"] = Path(told["source"]).name
    return told


def repeatable(command: str) -> str:
    """Return a command without the options that were for one time only.

    >>> repeatable("python train.py --quiet --out 'my run' --out=other --seed 1")
    'python train.py --seed 1'
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return command
    if shlex.join(words) != command:  # not as train.py writes it
        return command
    kept = []
    remaining = iter(words)
    for word in remaining:
        option, equals, _ = word.partition("=")
        if option not in OF_ONE_TIME:
            kept.append(word)
        elif option == "--out" and not equals:
            next(remaining, None)
    return shlex.join(kept)
