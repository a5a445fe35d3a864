"""How the time of a step grows with the width, the batch and the depth of a network."""

from benchmarks.jobs import Steps
from networks import MultiLayerNet, Network

DEPTH_WIDTH = 100
SIZES = {
    "width": (64, 128, 256, 512, 1024, 2048, 4096),
    "batch": (1, 4, 16, 64, 256, 1024, 4096),
    "depth": (2, 4, 8, 16, 32, 64),
}
TITLES = {
    "width": "784-width-10, batch 100",
    "batch": "784-50-10, by size of the batch",
    "depth": f"layers, {DEPTH_WIDTH} units each, batch 100",
}
PEERS_MEASURED = ("pytorch",)


def growth_job(name: str) -> Steps:
    """Return the job behind a name such as ``width:64``: steps of SGD."""
    what, _, text = name.partition(":")
    size = int(text)
    hidden = {"width": [size], "batch": [50], "depth": [DEPTH_WIDTH] * (size - 1)}[what]
    batch_size = size if what == "batch" else 100

    def build() -> Network:
        return MultiLayerNet(784, hidden, 10, seed=0)

    weights = 784 * hidden[0] + sum(a * b for a, b in zip(hidden, [*hidden[1:], 10], strict=True))
    work = 6e-11 * weights * batch_size + 4e-5 * (len(hidden) + 1) + 1e-4  # about the seconds of a step
    return Steps(
        f"step, {TITLES[what]}, {size}",
        {},
        repeats=max(2, min(600, int(0.15 / work), 60_000 // batch_size)),
        build=build,
        batch_size=batch_size,
        lr=0.01,
    )
