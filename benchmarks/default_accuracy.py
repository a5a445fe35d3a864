"""What ``train.py`` reaches at its defaults, with every seed from 0 to 9.

::

    python -m benchmarks.default_accuracy {mnist,digits}
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import measure

ROOT = Path(__file__).resolve().parent.parent
SEEDS = range(10)


def main(dataset: str) -> None:
    """Measure and print."""
    accuracies = []
    with tempfile.TemporaryDirectory() as runs:
        for seed in SEEDS:
            out = Path(runs, str(seed))
            options = ["--dataset", dataset, "--seed", str(seed), "--out", str(out), "--quiet"]
            seconds, _ = measure([sys.executable, str(ROOT / "train.py"), *options])
            accuracies.append(json.loads((out / "history.json").read_text())["final_test_accuracy"])
            print(f"seed {seed}  test accuracy {accuracies[-1]:.2%}  {seconds:.1f} s", flush=True)
    print(f"lowest {min(accuracies):.2%}, mean {sum(accuracies) / len(accuracies):.2%}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dataset", choices=["mnist", "digits"])
    main(parser.parse_args().dataset)
