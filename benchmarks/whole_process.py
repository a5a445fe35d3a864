"""From typing the command to 97 % on MNIST, side by side with the same job written in PyTorch.

::

    CHAINRULE_DATA=... python -m benchmarks.whole_process [PAIRS] [--target-accuracy 0.97] [--busy 1]

784-50-10, batches of 100, plain SGD with learning rate 0.1, until the test accuracy reaches 97 %: importing, loading,
training, measuring both accuracies after each epoch, writing model and history (ours checkpoints too), and no pictures.
At the end comes our peak memory with them. Both start from the same weights and draw the same batches; each pair takes
the next seed. Where the target is nearly reached, rounding decides whether an epoch reaches it: seeds with which they
need different numbers of epochs are not the same work, and are passed over.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import Cost, beside, busy_processes, measure, report
from datasets import find_mnist
from training.command.command_line import Parser, number, whole_number

ROOT = Path(__file__).resolve().parent.parent
TARGET = 0.97
NO_PICTURES = "--no-pictures"
NO_DIAGNOSIS = "--no-diagnosis"  # with which PyTorch has nothing to compare
SEEDS_A_PAIR = 4  # so many at most, for each pair with the same work


def main() -> None:
    """Measure and print."""
    options = parse()
    if find_mnist() is None:
        sys.exit("benchmarks.whole_process: MNIST is not on this machine; set CHAINRULE_DATA")
    said = f"to {options.target_accuracy:.0%} on MNIST, medians over {options.pairs} seeds{beside(options.busy)}"
    print(f"{said}\n")
    try:
        costs = measure_pairs(options.pairs, options.target_accuracy, options.busy)
        print(report(("train.py", "PyTorch"), costs))
        ours, ratio = with_pictures(statistics.median(theirs.megabytes for _, theirs in costs), options.target_accuracy)
    except RuntimeError as error:
        sys.exit(f"benchmarks.whole_process: {error}")
    print(f"{'with pictures':<14}{f'{ours:,.2f} MB':>14}{'':>14}{ratio:>8.2f}")


def parse() -> argparse.Namespace:
    """Return the options."""
    parser = Parser(prog="python -m benchmarks.whole_process", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pairs", type=whole_number, nargs="?", default=5, help="pairs after the warm-up (%(default)s)")
    parser.add_argument("--busy", type=whole_number, default=0, metavar="N", help="beside so many busy processes")
    target_option(parser)
    return parser.parse_args()


def target_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where to stop."""
    accuracy = number("an accuracy in (0, 1]", lambda value: 0 < value <= 1)
    parser.add_argument("--target-accuracy", type=accuracy, default=TARGET, metavar="X", help="(%(default)s)")


def measure_pairs(pairs: int, target: float = TARGET, busy: int = 0) -> list[tuple[Cost, Cost]]:
    """Return what both processes cost beside so many busy ones, pair by pair, after one that warms up.

    Raises
    ------
    RuntimeError
        When one of them fails or does not reach the target, or there are not enough seeds with the same work.
    """
    folder, costs = find_mnist(), []
    with tempfile.TemporaryDirectory() as runs:
        for seed in range(SEEDS_A_PAIR * (pairs + 1)):
            ours, theirs = Path(runs, f"ours-{seed}"), Path(runs, f"theirs-{seed}")
            commands = our_command(folder, ours, seed, target), their_command(folder, theirs, seed, target)
            with busy_processes(busy):
                pair = measure(commands[0]), measure(commands[1])
            if same_epochs(seed, target, read(ours)["epochs"], read(theirs)):
                costs.append(pair)
            if len(costs) == pairs + 1:
                return costs[1:]
    raise RuntimeError(f"only {len(costs)} seeds took both the same number of epochs")


def read(run: Path) -> Any:
    """Return what a run wrote of itself."""
    return json.loads((run / "history.json").read_text(encoding="utf-8"))


def same_epochs(seed: int, target: float, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    """Return whether both took as many epochs; raise RuntimeError when one did not reach the target."""
    for name, history in (("train.py", ours), ("PyTorch", theirs)):
        if history[-1]["test_accuracy"] < target:
            raise RuntimeError(f"{name} did not reach {target} with seed {seed}")
    return len(ours) == len(theirs)


def ratios(costs: list[tuple[Cost, Cost]]) -> dict[str, float]:
    """Return the medians of the pairs' ratios, ours / theirs."""
    return {
        "wall time": statistics.median(ours.seconds / theirs.seconds for ours, theirs in costs),
        "peak memory": statistics.median(ours.megabytes / theirs.megabytes for ours, theirs in costs),
    }


def with_pictures(theirs: float, target: float = TARGET) -> tuple[float, float]:
    """Return our peak memory in MB with pictures and report, and its ratio to theirs."""
    with tempfile.TemporaryDirectory() as runs:
        command = our_command(find_mnist(), Path(runs, "ours"), 0, target)
        ours = measure([word for word in command if word != NO_PICTURES]).megabytes
    return ours, ours / theirs


def our_command(folder: Path, out: Path, seed: int, target: float) -> list[str]:
    """Return the job as ``train.py`` does it."""
    options = {"--data-dir": folder, "--hidden": 50, "--lr": 0.1, "--batch-size": 100, "--epochs": 20}
    options |= {"--target-accuracy": target, "--seed": seed, "--out": out}
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, str(ROOT / "train.py"), *words, NO_PICTURES, NO_DIAGNOSIS]


def their_command(folder: Path, out: Path, seed: int, target: float) -> list[str]:
    """Return the job as PyTorch does it."""
    script = Path(__file__).with_name("pytorch_train.py")
    return [sys.executable, str(script), str(folder), str(out), str(target), str(seed)]


if __name__ == "__main__":
    main()
