"""One look for every picture.

All of it is set on the picture's own artists and none of it in Matplotlib's settings, so that several threads may draw,
and a picture on axes of yours leaves the rest of your figure alone. Fonts and paper are those that you have set.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.text import fitting_size, number, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Lines differ in colour, in lightness, in their dashes and in their markers: enough for any printer and any eye.
LINES: tuple[dict[str, Any], ...] = (
    {"color": "#14508c", "linestyle": "-", "marker": "o"},
    {"color": "#d1660a", "linestyle": "--", "marker": "s"},
    {"color": "#2c8a57", "linestyle": "-.", "marker": "^"},
    {"color": "#8e44ad", "linestyle": ":", "marker": "D"},
)
BLUE, ORANGE = LINES[0]["color"], LINES[1]["color"]
INK, PALE, GRID = "#1a1a1a", "#6b6b6b", "#d8d8d8"
HEADING, TEXT, SMALL = 14, 12, 10.5  # points, in pictures 8 inches wide
WIDTH = 8.0
LARGEST = 1e100


def get_axes(
    given: Any, names: Sequence[str], size: tuple[float, float], title: str = "", columns: int = 1, **options: Any
) -> "tuple[Figure, list[Axes]]":
    """Return the axes to draw on, one for each name, and their figure: the given ones, else those of a new figure.

    The title stands above the new figure, or above the first of the given axes.

    Parameters
    ----------
    given : Axes, sequence or array of Axes, or None
    names : sequence of str
        What will be drawn on each.
    size : (float, float)
        Of a new figure, in inches.
    title : str
    columns : int
        How the axes of a new figure are arranged.
    **options
        For :meth:`Figure.subplots`.

    Raises
    ------
    ValueError
        When the number of axes is another.
    """
    if given is None:
        figure = new_figure(size, title)
        return figure, list(figure.subplots(len(names) // columns, columns, squeeze=False, **options).flat)
    axes = list(np.ravel(np.asarray(given, dtype=object)))
    if len(axes) != len(names) or not all(hasattr(each, "plot") for each in axes):
        what = "Matplotlib axes" if all(hasattr(each, "plot") for each in axes) else "objects that are no axes"
        raise ValueError(f"expected {len(names)} Matplotlib axes ({', '.join(names)}), got {len(axes)} {what}")
    if title:
        write_title(axes[0], title)
    return axes[0].figure, axes


def new_figure(size: tuple[float, float], title: str) -> "Figure":
    """Return an empty figure that makes room for its texts, with that title, as large as fits."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    from figures.picture import Picture

    room = ConstrainedLayoutEngine(w_pad=0.08, h_pad=0.08, wspace=0.02, hspace=0.02)
    figure = Picture(figsize=size, dpi=100, layout=room)
    if title:
        title = shorten(title, 90)
        fontsize = fitting_size([title], HEADING, 0.94 * 72 * size[0], "bold")
        figure.suptitle(title, fontsize=fontsize, fontweight="bold", parse_math=False)
    return figure


def write_title(axes: "Axes", title: str) -> None:
    """Write a title above axes, below the one that they have."""
    lines = [*axes.get_title().split("\n"), title]
    title = "\n".join(shorten(line, 90) for line in lines if line)
    fontsize = fitting_size([title], TEXT, max(72.0, 1.1 * 72 * size_of(axes)[0]))
    axes.set_title(title, fontsize=fontsize, parse_math=False)


def size_of(axes: "Axes") -> tuple[float, float]:
    """Return the width and the height in inches of the place where axes stand."""
    box, whole, dpi = axes.get_position(original=True), axes.figure.bbox, axes.figure.dpi
    return box.width * (whole.width / dpi), box.height * (whole.height / dpi)


def finish(axes: "Axes", xlabel: str, ylabel: str) -> None:
    """Label axes with a grid below their lines."""
    axes.set_xlabel(xlabel, fontsize=TEXT)
    axes.set_ylabel(ylabel, fontsize=TEXT)
    axes.tick_params(labelsize=SMALL)
    axes.grid(visible=True, color=GRID, linewidth=0.8, linestyle="-")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def plain_labels(axes: "Axes") -> None:
    """Show the labels of axes as they are, with no formulas in them: they may be anybody's names."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_parse_math(False)


def show_legend(place: "Axes | Figure", **options: Any) -> None:
    """Show a legend on axes or a figure, by default where it hides the least; with no formulas, as labels are."""
    look = {"fontsize": SMALL, "title_fontsize": SMALL, "framealpha": 0.85, "handlelength": 3, "loc": "best"}
    legend = place.legend(**{**look, **options})
    for text in legend.get_texts():
        text.set_parse_math(False)
    legend.get_frame().set(edgecolor=GRID, linewidth=0.8)


def line_style(line: dict[str, Any], points: int, markers: int = 20) -> dict[str, Any]:
    """Return a line's look, with at most about so many markers."""
    return {**line, "markersize": 5, "linewidth": 1.8, "markevery": max(1, points // markers)}


def whole_ticks(axes: "Axes") -> None:
    """Let the ticks of the horizontal axis stand at whole numbers, which epochs and steps are."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True, min_n_ticks=1, steps=(1, 2, 5, 10)))


def log_scale(axes: "Axes", low: float, high: float) -> None:
    """Make the vertical axis logarithmic, from ``low`` to ``high``, both positive."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    axes.set_ylim(low, high)  # first: the change of scale would fit them to the lines, which may overflow
    axes.set_yscale("log")
    subs = (1, 2, 5) if high < 12 * low else (1, 3) if high < 1000 * low else (1,)
    axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=7))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, position: number(value)))


def plain_ticks(axes: "Axes") -> None:
    """Write the numbers of the vertical axis in full, not as multiples of a power that stands above the axis."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(6, steps=(1, 2, 2.5, 5, 10)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, position: number(value)))


def as_numbers(values: Any) -> np.ndarray:
    """Return an array of floats in which None and all that is not finite are NaN, which Matplotlib leaves out.

    Numbers beyond 1e100 count as not finite, and those below 1e-100 as zero: the arithmetic of an axis overflows
    before that of a network does.

    >>> as_numbers([1, None, float("inf"), 1e-200])
    array([ 1., nan, nan,  0.])
    """
    array = np.array(values, dtype=float)
    array[~(np.abs(array) <= LARGEST)] = np.nan
    array[np.abs(array) < 1 / LARGEST] = 0
    return array
