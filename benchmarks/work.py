"""The work that every contestant does: the same data, the same starting weights, the same batches in the same order."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import numpy as np

from benchmarks.jobs import Steps
from datasets import ScaledImages, find_mnist
from datasets.opening import Dataset, open_mnist
from networks import TwoLayerNet


class Contestant(Protocol):
    """A job as one peer does it."""

    def turn(self) -> None:
        """Do the job's work ``job.repeats`` times."""

    def result(self) -> float | None:
        """Return what shows that the work was done, such as a test accuracy."""


@lru_cache(maxsize=1)
def data() -> Dataset:
    """Return MNIST, or random images of its size where it is not on this machine."""
    if find_mnist():
        return open_mnist()
    rng = np.random.default_rng(0)
    split = [(rng.integers(0, 256, (n, 784), np.uint8), rng.integers(0, 10, n)) for n in (60_000, 10_000)]
    (x_train, t_train), (x_test, t_test) = ((ScaledImages(x), t) for x, t in split)
    return Dataset("random pixels", "the benchmark", (28, 28), x_train, t_train, x_test, t_test)


def data_for(job: Steps) -> Dataset:
    """Return the data in the shape that the job's network takes."""
    takes_images = next(iter(job.build().layers)).startswith("Convolution")
    return data().as_images() if takes_images else data()


def as_floats(images: ScaledImages) -> np.ndarray:
    """Return images as an array of float32, as the peers keep them."""
    return np.asarray(images)


def orders(job: Steps) -> Iterator[np.ndarray]:
    """Yield the samples of one batch after the other, endlessly: those that :func:`datasets.batches` draws."""
    rng, samples = np.random.default_rng(0), len(data().x_train)
    while True:
        order = rng.permutation(samples)
        whole = samples // job.batch_size * job.batch_size
        yield from order[:whole].reshape(-1, job.batch_size)


def network_to_check() -> tuple[TwoLayerNet, np.ndarray, np.ndarray]:
    """Return a network in float64, and three samples, for a check of its gradients."""
    rng = np.random.default_rng(0)
    return TwoLayerNet(784, 50, 10, dtype=np.float64, seed=0), rng.random((3, 784)), rng.integers(0, 10, 3)
