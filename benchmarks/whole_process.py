"""From typing the command to 97 % on MNIST, side by side with the same job written in PyTorch.

::

    CHAINRULE_DATA=... python -m benchmarks.whole_process [PAIRS]

784-50-10, batches of 100, plain SGD with learning rate 0.1, until the test accuracy reaches 97 %: importing, loading,
training, measuring both accuracies after each epoch, writing model and history (ours checkpoints too), and no pictures.
Both start from the same weights and draw the same batches; each pair takes the next seed. Where the target is nearly
reached, rounding decides whether an epoch reaches it: seeds with which the two need different numbers of epochs are not
the same work, and are passed over.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import Cost, measure, pairs_of_command_line, report
from datasets import find_mnist

ROOT = Path(__file__).resolve().parent.parent
TARGET = "0.97"
SEEDS_A_PAIR = 4  # so many at most, for each pair with the same work


def main(pairs: int) -> None:
    """Measure and print."""
    if find_mnist() is None:
        sys.exit("benchmarks.whole_process: MNIST is not on this machine; set CHAINRULE_DATA")
    print(f"to {float(TARGET):.0%} on MNIST, medians over {pairs} seeds\n")
    print(report(("train.py", "PyTorch"), measure_pairs(pairs)))


def measure_pairs(pairs: int) -> list[tuple[Cost, Cost]]:
    """Return what both processes cost, pair by pair, after one that warms up.

    Raises
    ------
    RuntimeError
        When one of them fails or does not reach the target, or there are not enough seeds with the same work.
    """
    folder, costs = find_mnist(), []
    with tempfile.TemporaryDirectory() as runs:
        for seed in range(SEEDS_A_PAIR * (pairs + 1)):
            ours, theirs = Path(runs, f"ours-{seed}"), Path(runs, f"theirs-{seed}")
            cost = measure(our_command(folder, ours, seed)), measure(their_command(folder, theirs, seed))
            if same_epochs(seed, read(ours)["epochs"], read(theirs)):
                costs.append(cost)
            if len(costs) == pairs + 1:
                return costs[1:]
    raise RuntimeError(f"only {len(costs)} seeds took both the same number of epochs")


def read(run: Path) -> Any:
    """Return what a run wrote of itself."""
    return json.loads((run / "history.json").read_text(encoding="utf-8"))


def same_epochs(seed: int, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    """Return whether both took as many epochs; raise RuntimeError when one did not reach the target."""
    for name, history in (("train.py", ours), ("PyTorch", theirs)):
        if history[-1]["test_accuracy"] < float(TARGET):
            raise RuntimeError(f"{name} did not reach {TARGET} with seed {seed}")
    return len(ours) == len(theirs)


def ratios(costs: list[tuple[Cost, Cost]]) -> dict[str, float]:
    """Return the medians of the pairs' ratios, ours / theirs."""
    return {
        "wall time": statistics.median(ours.seconds / theirs.seconds for ours, theirs in costs),
        "peak memory": statistics.median(ours.megabytes / theirs.megabytes for ours, theirs in costs),
    }


def our_command(folder: Path, out: Path, seed: int) -> list[str]:
    """Return the job as ``train.py`` does it."""
    options = {"--data-dir": folder, "--hidden": 50, "--lr": 0.1, "--batch-size": 100, "--epochs": 20}
    options |= {"--target-accuracy": TARGET, "--seed": seed, "--out": out}
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, str(ROOT / "train.py"), "--no-pictures", *words]


def their_command(folder: Path, out: Path, seed: int) -> list[str]:
    """Return the job as PyTorch does it."""
    script = Path(__file__).with_name("pytorch_train.py")
    return [sys.executable, str(script), str(folder), str(out), TARGET, str(seed)]


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=5))
