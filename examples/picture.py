"""What the examples share: one look for every picture, and where it is written.

::

    python examples/NAME.py                 writes NAME.png into the current folder
    python examples/NAME.py other.svg       writes other.svg
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.animation import Animation, PillowWriter
from matplotlib.figure import Figure

from figures import save_figure
from figures.style import LINES as FOUR_LINES

LINES = (*FOUR_LINES, {"color": "#b5942b", "linestyle": (0, (6, 1, 1, 1, 1, 1)), "marker": "v"})
STYLE = {
    "font.size": 12,
    "axes.titlesize": 12,
    "figure.titlesize": 14,
    "figure.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "lines.markersize": 6,
}
matplotlib.rcParams.update(STYLE)


def new_figure(title: str, rows: int = 1, columns: int = 1, height: float = 4.2, **options: Any) -> tuple[Figure, Any]:
    """Return a figure 8 inches wide with that title, and its axes."""
    figure = Figure(figsize=(8, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.08)
    figure.suptitle(title)
    return figure, figure.subplots(rows, columns, **options)


def leave(draw: Callable[[], Figure | Animation], endings: tuple[str, ...] = (".png", ".svg", ".pdf")) -> None:
    """Write what ``draw`` returns to the file named on the command line, else to one named after the script."""
    parser = argparse.ArgumentParser(
        description=sys.modules["__main__"].__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = Path(sys.argv[0]).stem + endings[0]
    parser.add_argument("picture", type=Path, nargs="?", default=usual, help=f"the file to write ({usual})")
    path = parser.parse_args().picture
    if path.suffix.lower() not in endings:
        parser.error(f"the picture's name must end in {' or '.join(endings)}, got {str(path)!r}")
    if not path.parent.is_dir():
        parser.error(f"there is no folder {path.parent}")
    drawn = draw()
    if isinstance(drawn, Animation):
        drawn.save(path, writer=PillowWriter(fps=10), dpi=90)
    else:
        save_figure(drawn, path)
    print(f"wrote {path}")
