"""What ``import layers`` costs beyond ``import numpy``, under both of its names; ``chainrule --help``.

::

    python -m benchmarks.import_time [PAIRS]

All with compiled modules at hand (``__pycache__``), as from the second time on.
"""

import os
import statistics
import sys

from benchmarks.processes import pairs_of_command_line, side_by_side


def main(pairs: int) -> None:
    """Measure and print."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in ("layers", "chainrule.layers"):
        ours, numpy = ([sys.executable, "-c", f"import {module}"] for module in (name, "numpy"))
        costs = side_by_side(ours, numpy, pairs)
        extra = [1e3 * (mine.seconds - theirs.seconds) for mine, theirs in costs]
        for module, side in zip((name, "numpy"), zip(*costs, strict=True), strict=True):
            print(f"import {module:<17}{1e3 * statistics.median(cost.seconds for cost in side):8.1f} ms")
        print(f"difference              {statistics.median(extra):8.1f} ms (median of {pairs} pairs)\n")
    helps = side_by_side([sys.executable, "-m", "chainrule", "--help"], [sys.executable, "-c", ""], pairs)
    for name, side in zip(("chainrule --help", "python alone"), zip(*helps, strict=True), strict=True):
        print(f"{name:<24}{1e3 * statistics.median(cost.seconds for cost in side):8.1f} ms")


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=20))
