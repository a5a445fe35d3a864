"""What ``train.py`` reaches, at its defaults or with options of one's choice, with the seeds 0, 1, 2, ...

::

    python -m benchmarks.default_accuracy {mnist,digits} [--seeds N] [options of train.py]
    python -m benchmarks.default_accuracy mnist --seeds 3 --network MultiLayerNet --batch-norm
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import measure

ROOT = Path(__file__).resolve().parent.parent


def main(dataset: str, seeds: int, more: list[str]) -> None:
    """Measure and print."""
    accuracies = []
    with tempfile.TemporaryDirectory() as runs:
        for seed in range(seeds):
            out = Path(runs, str(seed))
            options = ["--dataset", dataset, "--seed", str(seed), "--out", str(out), "--quiet", *more]
            seconds, _ = measure([sys.executable, str(ROOT / "train.py"), *options])
            accuracies.append(json.loads((out / "history.json").read_text())["final_test_accuracy"])
            print(f"seed {seed}  test accuracy {accuracies[-1]:.2%}  {seconds:.1f} s", flush=True)
    print(f"lowest {min(accuracies):.2%}, mean {sum(accuracies) / len(accuracies):.2%}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dataset", choices=["mnist", "digits"])
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="how many (%(default)s)")
    options, others = parser.parse_known_args()
    main(options.dataset, options.seeds, others)
