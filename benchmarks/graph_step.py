"""What a gradient through the graph of single operations takes, beside the layers' own.

::

    python -m benchmarks.graph_step [PAIRS]

``TwoLayerNet`` 784-50-10, batch 100, float32: loss and all gradients, once by ``network.gradient``, once recorded and
differentiated by the graph. Then 10,000 chained operations, forward and backward.
"""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from timeit import timeit

import numpy as np

from benchmarks.processes import pairs_of_command_line
from graph import Variable
from networks import TwoLayerNet

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from graph_formulas.expressions import network_expression

STEPS = 20  # what one of a pair is the time of
OPERATIONS = 10_000


def main(pairs: int) -> None:
    """Measure and print."""
    rng = np.random.default_rng(0)
    network = TwoLayerNet(784, 50, 10, seed=0)
    x, t = rng.random((100, 784), dtype=np.float32), rng.integers(0, 10, 100)
    jobs: dict[str, Callable[[], object]] = {
        "layers": lambda: network.gradient(x, t),
        "graph": lambda: graph_gradient(network, x, t),
    }
    seconds = [{name: timeit(job, number=STEPS) / STEPS for name, job in jobs.items()} for _ in range(pairs + 1)][1:]
    ratio = statistics.median(pair["graph"] / pair["layers"] for pair in seconds)
    for name in jobs:
        print(f"a step through the {name:<8}{1e6 * statistics.median(pair[name] for pair in seconds):>8.0f} us")
    print(f"ratio                     {ratio:>8.2f}    (medians of {pairs} pairs in turn)")
    chain = statistics.median(timeit(differentiate_chain, number=1) for _ in range(5))
    print(f"{OPERATIONS:,} chained operations {chain:>8.2f} s")


def graph_gradient(network: TwoLayerNet, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
    """Return what ``network.gradient`` returns, through the graph."""
    loss, params = network_expression(network, x, t)
    loss.backward()
    return {name: param.grad for name, param in params.items()}


def differentiate_chain() -> float:
    """Return the slope of so many operations, one behind the other."""
    x = y = Variable(1.0)
    for _ in range(OPERATIONS // 2):
        y = y * 0.999 + 0.001
    y.backward()
    return x.grad


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=20))
