"""What no implementation in NumPy can do without: the matrix products of a step, and one pass over the parameters."""

from itertools import count, islice
from typing import Any

import numpy as np

from benchmarks.jobs import Steps
from benchmarks.work import Contestant, as_floats, data_for
from layers.common.threads import blas_threads
from layers.common.windows import Windows
from networks import Network
from networks.parts import shared_layers
from networks.threads import threads_for_steps


class Products:
    """The matrix products of a step, on arrays of the right shapes: forward, dL/dW, and dL/dx but for the first layer.

    The first layer's input is a new batch of the data each time, as in training. BLAS has as many threads as in the
    step itself; all that it likes where the step shares the batch among threads of its own.
    """

    def __init__(self, job: Steps) -> None:
        network, source = job.build(), data_for(job)
        rng = np.random.default_rng(0)
        self.repeats, self.starts = job.repeats, count(step=job.batch_size)
        self.pairs = []  # of the arrays of one product and where the product goes
        for number, (W, x) in enumerate(affine_views(network, source.x_train[: job.batch_size])):
            dout = rng.standard_normal((x.shape[0], W.shape[1])).astype(W.dtype)
            operands = [(x, W), (x.T, dout), (dout, W.T)]
            for a, b in operands if number else operands[:2]:
                self.pairs.append((a, b, np.empty((len(a), b.shape[1]), a.dtype)))
        self.x = as_floats(source.x_train[:12_000]) if self.pairs[0][0].shape[1] == 784 else None
        self.batch_size, shape = job.batch_size, source.x_train[: job.batch_size].shape
        self.threads = None if shared_layers(network, shape) else threads_for_steps(network, shape)

    def turn(self) -> None:
        """Multiply."""
        (x, W, y), (_, dout, dW), *others = self.pairs
        with blas_threads(self.threads):
            for start in islice(self.starts, self.repeats):
                if self.x is not None:
                    start %= len(self.x) - self.batch_size
                    x = self.x[start : start + self.batch_size]
                np.matmul(x, W, out=y)
                np.matmul(x.T, dout, out=dW)
                for a, b, out in others:
                    np.matmul(a, b, out=out)

    def result(self) -> None:
        """There is none."""


class Pass:
    """Every parameter read and written once."""

    def __init__(self, job: Steps) -> None:
        self.repeats, self.params = job.repeats, list(job.build().params.values())

    def turn(self) -> None:
        """Read and write."""
        for _ in range(self.repeats):
            for param in self.params:
                np.negative(param, out=param)

    def result(self) -> None:
        """There is none."""


def affine_views(network: Network, x: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return W and x of every affine layer, and of every convolution as the affine layer that it is on its patches."""
    views: list[tuple[np.ndarray, np.ndarray]] = []
    for layer in network.layers.values():
        views += [view for view in [as_affine(layer, x)] if view]
        x = layer.forward(x)
    return views


def as_affine(layer: Any, x: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Return W and x of an affine layer or a convolution, None for other layers."""
    W = getattr(layer, "W", None)
    if W is None or W.ndim == 2:
        return None if W is None else (W, x.reshape(len(x), -1))
    windows = Windows("limit", x.shape, W.shape[2:], (layer.stride, layer.stride), layer.pad)
    return np.ascontiguousarray(W.reshape(len(W), -1).T), np.zeros((windows.positions, W[0].size), W.dtype)


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare the products, or the pass."""
    return Products(job) if peer == "products" else Pass(job)
