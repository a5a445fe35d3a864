"""How long a step takes that several processes share by MPI, against one that makes it alone.

::

    python -m benchmarks.parallel [RANKS ...]

A network 784-512-512-10, batches of 240 in 12 shards, one BLAS thread each; processes in turns, the median of each.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from layers.common.threads import blas_threads
from networks import MultiLayerNet
from training import SGD
from training.loop.memory import keep_freed_memory
from training.parallel.ranks import ranks_of

SHARDS, BATCH, WARM, STEPS, TURNS = 12, 240, 10, 100, 3
WORKER = "--one-of-them"


def print_seconds_of_a_step() -> None:
    """Make steps together with the other processes; let one of them print the median of their seconds."""
    from mpi4py import MPI

    rng = np.random.default_rng(0)
    x, t = rng.random((BATCH, 784), dtype=np.float32), rng.integers(0, 10, BATCH)
    network, optimizer = MultiLayerNet(784, [512, 512], 10, seed=0), SGD(lr=0.01)
    shared = ranks_of(network, BATCH // SHARDS, MPI.COMM_WORLD, lends=True)
    taken = []
    keep_freed_memory()
    with blas_threads(1):
        for _step in range(WARM + STEPS):
            began = time.perf_counter()
            optimizer.update(network.params, shared.gradient(x, t))
            taken.append(time.perf_counter() - began)
    if MPI.COMM_WORLD.rank == 0:
        print(statistics.median(taken[WARM:]))


def measured(launcher: str, ranks: int) -> float:
    """Return the seconds that a step takes with so many processes."""
    command = [launcher, "-n", str(ranks), sys.executable, "-m", "benchmarks.parallel", WORKER]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout.split()[0])


def main() -> None:
    """Print the milliseconds of a step, and its share of what one process takes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ranks", nargs="*", type=int, default=[1, 2])
    counts = sorted({1, *parser.parse_args().ranks})
    launcher = shutil.which("mpiexec", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if launcher is None:
        sys.exit("mpiexec is not installed: python -m pip install mpi4py mpich")
    taken: dict[int, list[float]] = {ranks: [] for ranks in counts}
    for _turn in range(TURNS):
        for ranks in counts:
            taken[ranks].append(measured(launcher, ranks))
    alone = statistics.median(taken[1])
    for ranks, seconds in taken.items():
        step = statistics.median(seconds)
        print(f"ranks {ranks:2}  {1e3 * step:6.2f} ms a step  {step / alone:.2f}")


if __name__ == "__main__":
    if WORKER in sys.argv:
        print_seconds_of_a_step()
    else:
        main()
