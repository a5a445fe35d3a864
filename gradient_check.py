"""Compare backpropagation with numerical differentiation, for every parameter of a two-layer network.

::

    python gradient_check.py

Three real digits go through ``TwoLayerNet`` in float64. ``backward`` is right when its gradients agree with
those of numerical differentiation, which is slow and too simple to be wrong.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from datasets.opening import open_what_is_here
from gradients import Comparison, compare, numerical_gradient, rounding_noise
from networks import TwoLayerNet
from training.command_line import Parser, run

__all__ = ["main", "numerical_gradient"]

SAMPLES = 3
HIDDEN = 50
TOLERANCE = 1e-7


def main(arguments: list[str] | None = None) -> int:
    """Check the two-layer network; return 0 when all gradients agree, else 1."""
    parser = Parser(prog="gradient_check.py", description=(__doc__ or "").split("\n")[0], allow_abbrev=False)
    parser.parse_args(arguments)
    data = open_what_is_here()
    x, t = data.x_train[:SAMPLES], data.t_train[:SAMPLES]
    network = TwoLayerNet(x.shape[1], HIDDEN, data.classes, dtype=np.float64, seed=0)
    count = sum(param.size for param in network.params.values())
    print(f"{data}")
    print(f"{type(network).__name__} {x.shape[1]}-{HIDDEN}-{data.classes}, {count:,} parameters, {SAMPLES} samples\n")

    analytic, backward_seconds = timed(lambda: network.gradient(x, t))
    numerical, numerical_seconds = timed(lambda: network.numerical_gradient(x, t))
    noise = rounding_noise(network.loss(x, t))
    comparisons = [compare(name, analytic[name], numerical[name], TOLERANCE, noise) for name in network.params]
    print(table(comparisons))
    print(
        f"\nbackpropagation took {backward_seconds * 1e3:.2f} ms, numerical differentiation "
        f"{numerical_seconds:.2f} s: {numerical_seconds / backward_seconds:,.0f} times faster"
    )
    return 0 if all(comparison.ok for comparison in comparisons) else 1


def timed(compute: Callable[[], Any]) -> tuple[Any, float]:
    """Return the result and the seconds it took."""
    started = time.perf_counter()
    result = compute()
    return result, time.perf_counter() - started


def table(comparisons: list[Comparison]) -> str:
    """Return a row for each parameter: how far its two gradients are apart, and the verdict."""
    head = f"{'parameter':<11}{'shape':<12}{'mean abs. difference':>22}{'largest rel. error':>20}  verdict"
    rows = [
        f"{c.name:<11}{c.shape!s:<12}{c.mean_absolute_difference:>22.2e}{c.max_relative_error:>20.2e}  {verdict(c)}"
        for c in comparisons
    ]
    return "\n".join([head, *rows])


def verdict(comparison: Comparison) -> str:
    """Return the verdict in words."""
    return "agree" if comparison.ok else f"DIFFER, most at {list(comparison.worst_index)}"


if __name__ == "__main__":
    sys.exit(run("gradient_check.py", main))
