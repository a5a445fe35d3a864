"""The picture of docs/parallel.md: who computes which shards, what travels, and in which order it is added up.

::

    python -m docs.guide.parallel_picture
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from figures import save_figure
from figures.style import INK, LINES, PALE, SMALL, TEXT, new_figure
from training.parallel.shares import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = Path(__file__).resolve().parents[1] / "images" / "parallel.png"
SHARDS, RANKS = 12, 3
COLOURS = [line["color"] for line in LINES[:RANKS]]
WIDE, HIGH = 0.86, 0.8  # a cell of a vector
BATCH, TOP, SUM = 4.9, 3.0, SHARDS + 2.2  # where the batch lies, the first row of the vectors, and the sum

COMPUTE = "1. Each computes its own shards: a gradient of all parameters for each"
ADD = "2. Machine k adds up part k for all: full cells are there already, pale ones travel"
SEND = "3. The sum to everybody"
ORDER = "From left to right, whoever adds, since another order rounds otherwise:"
EXAMPLE = "(0.1 + 0.2) + 0.3 = 0.6000000000000001          0.1 + (0.2 + 0.3) = 0.6"


def draw() -> "Figure":
    """Return the picture."""
    figure = new_figure((12.0, 6.4), "A step of three machines, in twelve shards")
    axes = figure.subplots()
    axes.set(xlim=(-2.6, SUM + 3.3), ylim=(-2.0, 6.6), aspect="equal")
    axes.axis("off")
    owners = [rank for rank, (first, last) in enumerate(parts(SHARDS, RANKS)) for _ in range(first, last)]
    for shard, owner in enumerate(owners):
        cell(axes, shard, BATCH, COLOURS[owner], str(shard))
        for row in range(RANKS):
            stays = row == owner
            cell(axes, shard, TOP - row, COLOURS[owner], f"$g_{{{shard}}}$" if row == 0 else "", pale=not stays)
        arrow(axes, (shard, BATCH - 0.5), (shard, TOP + 0.5), PALE)
    for rank, (first, last) in enumerate(parts(SHARDS, RANKS)):
        words(axes, (first + last - 1) / 2, BATCH + 0.75, f"machine {rank}", COLOURS[rank], size=TEXT, weight="bold")
        row = TOP - rank
        arrow(axes, (-0.45, row - 0.5), (SHARDS - 0.4, row - 0.5), COLOURS[rank], width=1.6)
        arrow(axes, (SHARDS - 0.2, row), (SUM - 0.6, row), COLOURS[rank], width=1.6)
        words(axes, -1.6, row, f"part {rank}", COLOURS[rank])
        cell(axes, SUM, row, COLOURS[rank], "sum")
        arrow(axes, (SUM + 0.6, TOP - 1), (SUM + 1.5, row), PALE)
        words(axes, SUM + 2.4, row, f"machine {rank}", COLOURS[rank])
    below, middle = TOP - RANKS, (SHARDS - 1) / 2
    words(axes, -1.6, BATCH, "batch", INK)
    words(axes, middle, BATCH + 1.4, COMPUTE, INK)
    words(axes, middle, below - 0.05, ADD, INK)
    words(axes, SUM + 0.9, below - 0.05, SEND, INK)
    words(axes, (SUM + 0.7) / 2, below - 0.95, ORDER, INK)
    words(axes, (SUM + 0.7) / 2, below - 1.65, EXAMPLE, INK, family="monospace")
    return figure


def cell(axes: "Axes", x: float, y: float, colour: str, text: str, pale: bool = False) -> None:
    """Draw a cell, full or pale, around a place."""
    from matplotlib.patches import Rectangle

    look = {"facecolor": colour, "edgecolor": colour, "alpha": 0.22 if pale else 0.85}
    axes.add_patch(Rectangle((x - WIDE / 2, y - HIGH / 2), WIDE, HIGH, **look))
    words(axes, x, y, text, INK if pale else "white", size=SMALL)


def arrow(axes: "Axes", start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1.0) -> None:
    """Draw an arrow."""
    look = {"arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=look)


def words(axes: "Axes", x: float, y: float, text: str, colour: str, size: float = SMALL + 0.5, **more: str) -> None:
    """Write words around a place."""
    axes.text(x, y, text, color=colour, fontsize=size, ha="center", va="center", **more)


if __name__ == "__main__":
    save_figure(draw(), sys.argv[1] if len(sys.argv) > 1 else FILE)
