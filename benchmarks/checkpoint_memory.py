"""How much memory a gradient takes with checkpoints, and how much longer it takes.

::

    python -m benchmarks.checkpoint_memory

A stack of 64 layers (affine and tanh in turn, 128 wide: each keeps an array of floats as large as its output), on a
batch of 1,000, plain and in checkpoints of 8 layers.
Memory is what forward and backward allocate at most (``tracemalloc``), the gradients of the parameters included.
"""

import statistics
import time
import tracemalloc

import numpy as np

from layers import Affine, Checkpoint, Sequence, Tanh
from layers.initializers import he

LAYERS, PART, WIDTH, BATCH, PAIRS = 64, 8, 128, 1000, 5


def build(part: int | None) -> Sequence:
    """Return the stack, in checkpoints of so many layers or plain."""
    rng = np.random.default_rng(0)
    layers = []
    for _ in range(LAYERS // 2):
        layers += [Affine(he((WIDTH, WIDTH), rng), np.zeros(WIDTH, np.float32)), Tanh()]
    if part is None:
        return Sequence(*layers)
    return Sequence(*(Checkpoint(*layers[i : i + part]) for i in range(0, LAYERS, part)))


def run(stack: Sequence) -> np.ndarray:
    """Go forward and backward once."""
    x = np.random.default_rng(1).standard_normal((BATCH, WIDTH)).astype(np.float32)
    return stack.backward(stack.forward(x))


def peak_memory(part: int | None) -> int:
    """Return the bytes that one forward and backward allocate at most."""
    stack = build(part)
    tracemalloc.start()
    run(stack)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def seconds(stack: Sequence) -> float:
    """Return how long a forward and backward takes."""
    started = time.perf_counter()
    run(stack)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    plain, checkpointed = peak_memory(None), peak_memory(PART)
    stacks = build(None), build(PART)
    pairs = [[seconds(stack) for stack in stacks] for _ in range(PAIRS + 1)][1:]
    print(f"{LAYERS} layers, {WIDTH} wide, batch {BATCH:,}   plain   every {PART} layers   ratio")
    print(
        f"peak memory                   {plain / 1e6:5.1f} MB {checkpointed / 1e6:13.1f} MB {checkpointed / plain:7.2f}"
    )
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    times = [statistics.median(side) * 1e3 for side in zip(*pairs, strict=True)]
    print(f"time                          {times[0]:5.1f} ms {times[1]:13.1f} ms {ratio:7.2f}")


if __name__ == "__main__":
    main()
