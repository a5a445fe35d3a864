"""Where the time goes from typing the command to 97 % on MNIST, in ``train.py`` and in PyTorch.

::

    CHAINRULE_DATA=... python -m benchmarks.whole_profile [SEED] [--target-accuracy 0.97]

The two processes of :mod:`benchmarks.whole_process`, once each, with a clock around their parts.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.whole_process import ROOT, our_command, target_option, their_command
from datasets import find_mnist
from training.command.command_line import Parser, seed_number


def main() -> None:
    """Measure and print."""
    options, folder = parse(), find_mnist()
    if folder is None:
        sys.exit("benchmarks.whole_profile: MNIST is not on this machine; set CHAINRULE_DATA")
    job = (options.seed, options.target_accuracy)
    with tempfile.TemporaryDirectory() as runs:
        try:
            ours = profile("train", our_command(folder, Path(runs, "ours"), *job))
            theirs = profile("pytorch", their_command(folder, Path(runs, "theirs"), *job))
        except RuntimeError as error:
            sys.exit(f"benchmarks.whole_profile: {error}")
    print(f"{'':<22}{'train.py':>10}{'PyTorch':>12}")
    for part, seconds in ours.items():
        print(f"{part:<22}{seconds:>8.2f} s{theirs[part]:>10.2f} s")
    print(f"{'together':<22}{sum(ours.values()):>8.2f} s{sum(theirs.values()):>10.2f} s")


def parse() -> argparse.Namespace:
    """Return the options."""
    parser = Parser(prog="python -m benchmarks.whole_profile", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("seed", type=seed_number, nargs="?", default=0, help="(%(default)s)")
    target_option(parser)
    return parser.parse_args()


def profile(training: str, command: list[str]) -> dict[str, float]:
    """Return the seconds of the parts of a training whose command is ``python script arguments...``.

    Raises
    ------
    RuntimeError
        When it fails, with what it said.
    """
    started = time.perf_counter()
    clocked = [sys.executable, "-m", "benchmarks.clocked_process", training, *command[2:]]
    result = subprocess.run(clocked, cwd=ROOT, capture_output=True, text=True)
    whole = time.perf_counter() - started
    if result.returncode:
        raise RuntimeError(f"{training} failed:\n{result.stderr}")
    parts = json.loads(result.stdout.splitlines()[-1])
    return {"starting and ending": whole - sum(parts.values()), **parts}


if __name__ == "__main__":
    main()
