"""Mini-batches that another thread draws while the network learns from those before.

Drawing a batch, 100 images of MNIST, takes a tenth of a step of a small network. A thread on another core does it, for
several batches at a time, because two threads that hand over each batch would lose as much. Where it has not come so
far, because other programs use its core, the thread that trains draws the batch itself. The batches are the same to the
bit. With one core, and for data that are more than arrays, each batch is drawn when its turn comes.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from datasets import ScaledImages
from datasets.minibatches import batches
from layers.common.threads import in_background, sharing_threads

Batch = tuple[np.ndarray, np.ndarray]
DRAWN_AHEAD = 5 << 19  # bytes, about


def batches_ahead(x: Any, t: Any, batch_size: int, rng: np.random.Generator, skip: int) -> Iterator[Batch]:
    """Return what :func:`datasets.batches` returns, drawn ahead where that is possible."""
    together = batches_together(x, t, batch_size)
    if together < 2:
        return batches(x, t, batch_size, rng, skip)
    numbers = np.arange(len(x))
    return draw_ahead(x, t, (chosen for chosen, _ in batches(numbers, numbers, batch_size, rng, skip)), together)


def batches_together(x: Any, t: Any, batch_size: int) -> int:
    """Return how many batches are drawn at a time; 0 where they are not drawn ahead."""
    if sharing_threads() < 2:
        return 0
    plain = type(x) in (np.ndarray, ScaledImages) and type(t) is np.ndarray and len(x) == len(t) > 0
    if not plain or x.dtype.hasobject or t.dtype.hasobject:
        return 0
    sample_bytes = x.dtype.itemsize * int(np.prod(x.shape[1:], dtype=float))
    return DRAWN_AHEAD // max(1, sample_bytes * batch_size)


def draw_ahead(x: Any, t: Any, chosen: Iterator[np.ndarray], together: int) -> Iterator[Batch]:
    """Yield the chosen samples of x and t, batch by batch, and have the next ones drawn meanwhile."""

    def draw(numbers: list[np.ndarray]) -> Batch:
        all_numbers = np.concatenate(numbers)
        return x[all_numbers], t[all_numbers]

    following = list(islice(chosen, together))
    begun = None  # nothing but waiting would come of having the first ones drawn
    while following:
        current, drawn, following = following, begun, list(islice(chosen, together))
        begun = in_background(draw, following) if following else None
        start = 0
        for numbers in current:
            if drawn is not None and drawn.done():
                some_x, some_t = drawn.result()
                yield some_x[start : start + len(numbers)], some_t[start : start + len(numbers)]
            else:
                yield x[numbers], t[numbers]
            start += len(numbers)
        if drawn is not None:
            drawn.cancel()
