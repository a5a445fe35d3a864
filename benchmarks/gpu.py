"""A step of training on a GPU: ours by CuPy, beside PyTorch there, and beside ours on the CPU.

::

    python -m benchmarks.gpu [--seconds S]

A step is what the Trainer does: a batch is sent to the GPU, the gradient is computed, SGD updates the parameters, and
nobody waits for a loss. The time is that of many steps, until the GPU is done with the last. PyTorch makes the same
steps, with the same weights, its batches sent in the same way.

Where there is no GPU, or no CuPy, there is nothing to measure. It says so in one line, and ends with status 0: that is
no failure.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from layers.common.devices import library
from networks import MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet
from training import SGD

LR = 0.01


class Case(NamedTuple):
    """A network, and how many samples of what shape a step takes."""

    title: str
    build: Callable[[], Network]
    shape: tuple[int, ...]


CASES = (
    Case("TwoLayerNet 784-200-10, batch 100", lambda: TwoLayerNet(784, 200, 10, seed=0), (100, 784)),
    Case("MultiLayerNet 784-512-512-10, batch 240", lambda: MultiLayerNet(784, [512, 512], 10, seed=0), (240, 784)),
    Case(
        "MultiLayerNet 784-4096-4096-10, batch 1024",
        lambda: MultiLayerNet(784, [4096, 4096], 10, seed=0),
        (1024, 784),
    ),
    Case(
        "MultiLayerNet 784-512-512-10, normalised, batch 240",
        lambda: MultiLayerNet(784, [512, 512], 10, use_batchnorm=True, seed=0),
        (240, 784),
    ),
    Case("SimpleConvNet, batch 100", lambda: SimpleConvNet(seed=0), (100, 1, 28, 28)),
    Case("ResidualNet, batch 100", lambda: ResidualNet(seed=0), (100, 1, 28, 28)),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print a table, or say that there is nothing to measure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gpu", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=1.0, metavar="S", help="for each number, about (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        cupy = library("cuda")
    except (ImportError, RuntimeError) as error:
        print(f"nothing was measured: {error}")
        return 0
    print(f"{device_name(cupy)}, CuPy {cupy.__version__}, PyTorch {torch_version() or 'left out: it sees no GPU here'}")
    print(f"\n{'microseconds a step':<52}{'CPU':>10}{'CuPy':>10}{'PyTorch':>10}{'CPU/CuPy':>10}{'CuPy/PyTorch':>14}")
    for case in CASES:
        print(line(case, cupy, options.seconds), flush=True)
    return 0


def line(case: Case, cupy: Any, seconds: float) -> str:
    """Return what a case takes, as a line of the table."""
    x, t = samples(case.shape)
    cpu = seconds_of(steps(case.build(), x, t), lambda: None, seconds)
    gpu = seconds_of(steps(case.build().to("cuda"), x, t), cupy.cuda.Device().synchronize, seconds)
    torch = pytorch(case, x, t, seconds) if torch_version() else None
    theirs = f"{1e6 * torch:>10,.0f}" if torch else f"{'-':>10}"
    beside = f"{gpu / torch:>14.2f}" if torch else f"{'-':>14}"
    return f"{case.title:<52}{1e6 * cpu:>10,.0f}{1e6 * gpu:>10,.0f}{theirs}{cpu / gpu:>10.2f}{beside}"


def samples(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return samples and labels; what they are makes no difference to the time."""
    rng = np.random.default_rng(0)
    return rng.random(shape, np.float32), rng.integers(0, 10, shape[0])


def steps(network: Network, x: np.ndarray, t: np.ndarray) -> Callable[[], object]:
    """Return what makes a step of ours."""
    optimizer, params = SGD(LR), network.params

    def step() -> None:
        optimizer.update(params, network.gradient(x, t))

    return step


def pytorch(case: Case, x: np.ndarray, t: np.ndarray, seconds: float) -> float:
    """Return the seconds that a step takes in PyTorch on the GPU."""
    import torch

    from benchmarks.peers.pytorch import as_module

    module, criterion = as_module(case.build()).to("cuda"), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(module.parameters(), lr=LR)
    samples, labels = torch.from_numpy(x), torch.from_numpy(t)

    def step() -> None:
        optimizer.zero_grad()
        criterion(module(samples.to("cuda")), labels.to("cuda")).backward()
        optimizer.step()

    return seconds_of(step, torch.cuda.synchronize, seconds)


def seconds_of(step: Callable[[], object], wait: Callable[[], object], seconds: float) -> float:
    """Return how long a step takes, the median of five series of steps after a first that compiles what is needed."""
    count, series = 1, []
    step()
    wait()
    while (taken := timed(step, wait, count)) < seconds / 10:
        count *= 2
    for _ in range(5 if taken < seconds else 1):
        series.append(timed(step, wait, count) / count)
    return float(np.median(series))


def timed(step: Callable[[], object], wait: Callable[[], object], count: int) -> float:
    """Return the seconds of some steps, until the last is done."""
    started = time.perf_counter()
    for _ in range(count):
        step()
    wait()
    return time.perf_counter() - started


def device_name(cupy: Any) -> str:
    """Return the name of the GPU."""
    name: bytes = cupy.cuda.runtime.getDeviceProperties(0)["name"]
    return name.decode()


def torch_version() -> str | None:
    """Return the version of PyTorch, where it is installed and sees the GPU."""
    try:
        import torch
    except ImportError:
        return None
    return torch.__version__ if torch.cuda.is_available() else None


if __name__ == "__main__":
    sys.exit(main())
