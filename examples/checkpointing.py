"""Gradient checkpointing: a deep network in a fraction of the memory, for one more forward pass.

::

    plain           n layers keep n arrays for backward
    checkpointed    n / k parts of k layers keep their n / k inputs; backward computes one part's k arrays again

With k near the square root of n, both n / k and k are near it too. The picture shows the peak memory of one forward
and one backward pass, beyond the parameters and their gradients: a straight line without checkpoints, a curve like
the square root of the depth with them. On the right, what they cost: the time of about one more forward pass, some
of which is won back by touching less memory. The gradients are the same to the last bit.

Source: T. Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016.
"""

import time
import tracemalloc

import numpy as np

from layers import Affine, Checkpoint, ReLU, Sequence
from layers.initializers import he
from picture import LINES, leave, new_figure

DEPTHS, WIDTH, BATCH = (4, 16, 36, 64, 100), 64, 1000


def build(depth, checkpointed):
    """Return a sequence of that many affine layers, each with ReLU, in parts of the root of the depth."""
    rng = np.random.default_rng(0)
    layers = [(Affine(he((WIDTH, WIDTH), rng), np.zeros(WIDTH, np.float32)), ReLU()) for _ in range(depth)]
    k = round(depth**0.5)
    parts = [[layer for pair in layers[first : first + k] for layer in pair] for first in range(0, depth, k)]
    return Sequence(*(Checkpoint(*part) if checkpointed else Sequence(*part) for part in parts))


def step(network, x):
    """Go forward and backward once."""
    network.forward(x)
    network.backward(np.ones_like(x))


def measure(depth, checkpointed):
    """Return the peak memory of a step in MB, its seconds, and the gradients."""
    network, x = build(depth, checkpointed), np.random.default_rng(0).standard_normal((BATCH, WIDTH), np.float32)
    tracemalloc.start()
    step(network, x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        step(network, x)
        seconds.append(time.perf_counter() - started)
    grads = network.grads
    return (peak - sum(grad.nbytes for grad in grads.values())) / 1e6, min(seconds), grads


def draw():
    """Measure, and return the figure."""
    figure, (memory, duration) = new_figure("Checkpoints: the memory grows like the root of the depth", 1, 2, 4.2)
    found = {}
    for name, checkpointed, line in (("plain", False, LINES[1]), ("checkpointed", True, LINES[0])):
        found[name] = [measure(depth, checkpointed) for depth in DEPTHS]
        memory.plot(DEPTHS, [megabytes for megabytes, _, _ in found[name]], **line, label=name)
        duration.plot(DEPTHS, [1000 * seconds for _, seconds, _ in found[name]], **line, label=name)
    for axes, quantity in ((memory, "peak memory (MB)"), (duration, "time of a step (ms)")):
        axes.set(xlabel="layers", ylabel=quantity, xlim=(0, None), ylim=(0, None))
    memory.legend(loc="upper left")
    (plain, seconds, grads), (less, longer, same) = (found[name][-1] for name in found)
    equal = all(np.array_equal(grads[key], same[key]) for key in grads)
    print(f"{DEPTHS[-1]} layers: {plain:.0f} MB without and {less:.0f} MB with checkpoints", end=", ")
    print(f"{longer / seconds:.2f} times the time; the gradients are {'the same' if equal else 'different'}")
    return figure


if __name__ == "__main__":
    leave(draw)
