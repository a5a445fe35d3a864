"""What each of the measured processes does: steps together, or messages.

::

    mpiexec -n 2 python -m benchmarks.parallel.worker '{"do": "steps", "hidden": [512], "batch": 240, "shards": 12}'

The first of them prints what was measured, as JSON.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from layers.common.threads import blas_threads
from networks import MultiLayerNet, SimpleConvNet
from training import SGD
from training.loop.memory import keep_freed_memory
from training.parallel.ranks import ranks_of

WARM, SECONDS, LEAST = 5, 1.0, 20
SMALL, LARGE = 1, 1 << 20  # numbers in a message


def steps(job: dict[str, Any], communicator: Any) -> dict[str, float]:
    """Return the seconds of a step that the processes share, those of its update, and how many numbers it adds up."""
    network, x, t = setting(job)
    shared, optimizer = ranks_of(network, job["batch"] // job["shards"], communicator, lends=True), SGD(lr=0.01)
    grads = network.gradient(x, t)

    def step() -> None:
        optimizer.update(network.params, shared.gradient(x, t))

    return {
        "step": seconds_of(step, communicator, job.get("times")),
        "update": seconds_of(lambda: optimizer.update(network.params, grads), communicator, job.get("times")),
        "numbers": shared.vector.length,
    }


def link(_job: dict[str, Any], communicator: Any) -> dict[str, float]:
    """Return the seconds of a small message, and the bytes a second of large ones, sent and received at once."""
    other = 1 - communicator.rank

    def exchange(numbers: int) -> Callable[[], None]:
        here, there = np.ones(numbers, np.float32), np.empty(numbers, np.float32)

        def both_ways() -> None:
            receive = communicator.Irecv(there, other)
            communicator.Isend(here, other).Wait()
            receive.Wait()

        return both_ways

    small = seconds_of(exchange(SMALL), communicator)
    return {"message": small, "rate": 4 * LARGE / (seconds_of(exchange(LARGE), communicator) - small)}


def setting(job: dict[str, Any]) -> tuple[Any, np.ndarray, np.ndarray]:
    """Return a network, and a batch for it."""
    rng = np.random.default_rng(0)
    t = rng.integers(0, 10, job["batch"])
    if job["hidden"] is None:
        return SimpleConvNet(seed=0), rng.random((job["batch"], 1, 28, 28), dtype=np.float32), t
    return MultiLayerNet(784, job["hidden"], 10, seed=0), rng.random((job["batch"], 784), dtype=np.float32), t


def seconds_of(work: Callable[[], object], communicator: Any, times: int | None = None) -> float:
    """Return how long something takes, which all processes begin together: the median, that of the slowest.

    It is done for a second, or so many ``times``.
    """
    for _ in range(WARM):
        work()
    taken: list[float] = []
    while communicator.allreduce(len(taken) < (times or LEAST) or (times is None and sum(taken) < SECONDS)):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return max(communicator.allgather(statistics.median(taken)))


def main() -> None:
    """Do what the argument asks for; let one process print what it measured."""
    from mpi4py import MPI

    job = json.loads(sys.argv[1])
    keep_freed_memory()
    with blas_threads(1):
        measured = {"steps": steps, "link": link}[job["do"]](job, MPI.COMM_WORLD)
    if MPI.COMM_WORLD.rank == 0:
        print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
