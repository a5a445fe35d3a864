"""What ``import layers`` costs beyond ``import numpy``.

::

    python -m benchmarks.import_time [PAIRS]

Both with compiled modules at hand (``__pycache__``), as from the second time on.
"""

import os
import statistics
import sys

from benchmarks.processes import pairs_of_command_line, side_by_side


def main(pairs: int) -> None:
    """Measure and print."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    layers, numpy = ([sys.executable, "-c", f"import {module}"] for module in ("layers", "numpy"))
    costs = side_by_side(layers, numpy, pairs)
    extra = [1e3 * (ours.seconds - theirs.seconds) for ours, theirs in costs]
    for module, side in zip(("layers", "numpy"), zip(*costs, strict=True), strict=True):
        print(f"import {module:<7}{1e3 * statistics.median(cost.seconds for cost in side):8.1f} ms")
    print(f"difference    {statistics.median(extra):8.1f} ms (median of {pairs} pairs)")


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=20))
