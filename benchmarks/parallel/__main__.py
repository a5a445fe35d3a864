"""How long a step takes that several processes share by MPI, against one that makes it alone.

::

    python -m benchmarks.parallel [RANKS ...] [--shards 12]

A network 784-512-512-10, batches of 240, one BLAS thread each; processes in turns, the median of each.
"""

import argparse
import statistics

from benchmarks.parallel.launching import measured

TURNS = 3


def main() -> None:
    """Print the milliseconds of a step, and its share of what one process takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parallel", description=__doc__.partition("\n")[0])
    parser.add_argument("ranks", nargs="*", type=int, default=[1, 2])
    parser.add_argument("--shards", type=int, default=12)
    options = parser.parse_args()
    counts = sorted({1, *options.ranks})
    job = {"do": "steps", "hidden": [512, 512], "batch": 240, "shards": options.shards}
    taken: dict[int, list[float]] = {ranks: [] for ranks in counts}
    for _turn in range(TURNS):
        for ranks in counts:
            taken[ranks].append(measured(job, ranks)["step"])
    alone = statistics.median(taken[1])
    for ranks, seconds in taken.items():
        step = statistics.median(seconds)
        print(f"ranks {ranks:2}  {1e3 * step:6.2f} ms a step  {step / alone:.2f}")


if __name__ == "__main__":
    main()
