"""How many answers of a network are right: chunk by chunk, so that memory does not grow with the data set."""

from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np

from layers import BatchNormalization, Convolution, Dropout
from layers.common.devices import beside, number
from layers.common.targets import as_labels
from layers.common.threads import blas_threads, share, slices
from networks.parts import SAMPLE_BY_SAMPLE, TAKE_ANY_LAYERS, copied
from networks.threads import threads_for

ALONE = SAMPLE_BY_SAMPLE | {BatchNormalization, Dropout}  # layers that predict for each sample as if it were alone
IMAGES = 100  # that one thread takes through convolutions at a time: their layers keep megabytes of each


def count_right(network: Any, x: Any, t: Any, chunk_size: int) -> int:
    """Return for how many samples the network is right.

    A network of the project's own layers is copied, without its parameters, for each thread that takes chunks: a layer
    keeps what it was given, so it belongs to one thread at a time. Any other network takes one chunk after the other.
    """
    count = getattr(network.loss_layer, "count_right", count_correct)
    chunks = slices(0, len(x), chunk_size)
    if not can_be_shared(network):
        with blas_threads(threads_for(network.params, chunk_size)):
            return int(sum(count(network.predict(x[chunk]), t[chunk]) for chunk in chunks))
    if any(isinstance(layer, Convolution) for layer in network.layers.values()):
        chunks = slices(0, len(x), min(chunk_size, IMAGES))
    return sum(share(counting(network, x, t, count), chunks))


def counting(network: Any, x: Any, t: Any, count: Callable[[np.ndarray, Any], int]) -> Callable[[slice], int]:
    """Return the function that counts a chunk, for several threads."""
    reading, resting = Lock(), deque([network])  # the networks that no thread uses at present

    def count_chunk(chunk: slice) -> int:
        with reading:
            samples, labels = x[chunk], t[chunk]
            mine = resting.pop() if resting else twin(network)
        right = count(mine.predict(samples), labels)
        resting.append(mine)
        return right

    return count_chunk


def can_be_shared(network: Any) -> bool:
    """Return whether a network predicts with nothing but layers of ours, whose forward then changes the layer alone."""
    return (
        getattr(network, "device", "cpu") == "cpu"
        and type(network).predict in TAKE_ANY_LAYERS
        and "predict" not in vars(network)
        and all(type(layer) in ALONE and "forward" not in vars(layer) for layer in network.layers.values())
    )


def twin(network: Any) -> Any:
    """Return a copy of a network with layers of its own, which share their parameters with the network's."""
    other = copied(network)
    other.layers = OrderedDict((name, copied(layer)) for name, layer in network.layers.items())
    return other


def count_correct(scores: np.ndarray, t: np.ndarray) -> int:
    """Return for how many samples the highest score is at the label."""
    labels = beside(as_labels(t, scores, who="accuracy"), scores)
    return number((scores.argmax(axis=1) == labels).sum(), int)
