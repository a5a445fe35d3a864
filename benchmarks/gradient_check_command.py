"""From typing ``python gradient_check.py FILE`` to its report: for a small layer, and for layers written in loops.

::

    python -m benchmarks.gradient_check_command [PAIRS] [--small]

The small layer is measured in pairs with ``import numpy``, the least that any such command can take. The slow layers
are those of ``tests/commands/slow_layers``, each once, with the seconds that one of its forwards takes.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import report, side_by_side
from training.command.command_line import Parser, whole_number

ROOT = Path(__file__).resolve().parent.parent
SMALL = """import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
"""
LAYERS = (
    ("attention.py", "5,6,16"),
    ("convolution.py", "2,3,32,32"),
    ("lstm.py", "2,50,8"),
    ("network.py", None),
)


def main() -> None:
    """Measure and print."""
    options = parse()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "small.py")
        file.write_text(SMALL, encoding="utf-8")
        costs = side_by_side(command(str(file)), [sys.executable, "-c", "import numpy"], options.pairs)
    print(report(("small layer", "import numpy"), costs))
    extra = statistics.median(ours.seconds - numpy.seconds for ours, numpy in costs)
    print(f"{'difference':<14}{extra:>12,.2f} s\n")
    if not options.small:
        print(f"{'slow layer':<32}{'a forward':>12}{'the report':>12}")
        for name, inputs in LAYERS:
            print(slow_layer(name, inputs), flush=True)


def parse() -> argparse.Namespace:
    """Return the options."""
    parser = Parser(prog="python -m benchmarks.gradient_check_command", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pairs", type=whole_number, nargs="?", default=10, help="pairs after the warm-up (%(default)s)")
    parser.add_argument("--small", action="store_true", help="the small layer alone")
    return parser.parse_args()


def command(*arguments: str) -> list[str]:
    """Return the command with its arguments."""
    return [sys.executable, str(ROOT / "gradient_check.py"), *arguments]


def slow_layer(name: str, inputs: str | None) -> str:
    """Return a row on a slow layer: the seconds of a forward, as the report says them, and of the whole command."""
    file = str(ROOT / "tests" / "commands" / "slow_layers" / name)
    started = time.perf_counter()
    result = subprocess.run(command(file, *(["--input", inputs] if inputs else [])), capture_output=True, text=True)
    seconds = time.perf_counter() - started
    said = re.search(r"one forward takes (\S+ s)", result.stdout)
    about = f"{name} {inputs or ''}".strip()
    return f"{about:<32}{said[1] if said else '-':>12}{f'{seconds:.1f} s':>12}"


if __name__ == "__main__":
    main()
