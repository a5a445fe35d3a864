"""How many threads compute the matrix products of a network: a number that is chosen by their sizes.

Threads that wait for each other pay for large products on cores that are free (:mod:`layers.common.threads`).
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from layers.common.threads import blas_threads, cores, is_chosen
from networks.parts import shared_layers

WORTH_A_THREAD = 100e6  # so many multiplications and additions in a product pay for one more thread


def threads_for(params: Mapping[str, Any], samples: int) -> int:
    """Return how many threads the products of affine layers need, for a batch of so many samples: at most one per core.

    Convolutions share their work among threads in another way (:func:`layers.common.threads.share`).

    >>> from networks import TwoLayerNet
    >>> threads_for(TwoLayerNet(784, 50, 10).params, samples=100)
    1
    """
    sizes = [param.size for param in params.values() if getattr(param, "ndim", 0) == 2]
    return min(cores(), 1 + int(2 * samples * max(sizes, default=0) // WORTH_A_THREAD))


def threads_for_steps(network: Any, shape: tuple[int, ...]) -> int:
    """Return how many threads BLAS needs for steps of training with batches of that shape.

    One where the batch is shared among threads of ours (:mod:`networks.parts`): each has a product of its own then.
    """
    return 1 if shared_layers(network, shape) else threads_for(network.params, shape[0])


def suitable_threads(network: Any, x: Any) -> AbstractContextManager[None]:
    """Have BLAS use as many threads as a step of a network needs, unless the number has been chosen already."""
    return nullcontext() if is_chosen() else blas_threads(threads_for_steps(network, getattr(x, "shape", (len(x),))))
