"""What a gradient check of ``TwoLayerNet`` 784-50-10 takes, beside the textbook's loop over the same network.

::

    python -m benchmarks.check_time [PAIRS]

Three samples, 39,760 parameters. The textbook's loop, ``numerical_gradient``, moves one parameter after the other and
computes the whole network's loss twice for each.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.processes import pairs_of_command_line
from gradient_check import check_network
from networks import TwoLayerNet


def main(pairs: int) -> None:
    """Measure and print."""
    rng = np.random.default_rng(0)
    network, x, t = TwoLayerNet(784, 50, 10, dtype=np.float64, seed=0), rng.random((3, 784)), rng.integers(0, 10, 3)
    jobs: dict[str, Callable[[], object]] = {
        "defaults": lambda: check_network(network, x, t),
        "full": lambda: check_network(network, x, t, full=True),
        "textbook": lambda: network.numerical_gradient(x, t),
    }
    seconds = [{name: timed(job) for name, job in jobs.items()} for _ in range(pairs + 1)][1:]
    print(f"{'':<10}{'seconds':>9}{'ratio to the textbook':>24}   (medians of {pairs} runs in turn)")
    for name in jobs:
        ratio = statistics.median(run[name] / run["textbook"] for run in seconds)
        print(f"{name:<10}{statistics.median(run[name] for run in seconds):>9.2f}{ratio:>24.3f}")


def timed(job: Callable[[], object]) -> float:
    """Return the seconds a job takes."""
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=5))
