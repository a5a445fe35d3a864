"""Pictures of computational graphs: values forward above the edges, gradients back below them."""

import io
import os
from functools import partial
from typing import TYPE_CHECKING

from graph.picture.files import checked_path, written_as_a_whole
from graph.picture.layout import Layout, lay_out
from graph.picture.nodes import nodes_of
from graph.variable import Variable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from graph.picture.painting import Painting

ENDINGS = (".png", ".svg", ".pdf")
DPI = 150  # of a PNG
LARGEST = 65_000  # pixels from left to right that Matplotlib can draw


def draw(
    output: Variable,
    path: str | os.PathLike[str] | None = None,
    ax: "Axes | None" = None,
    *,
    depth: int | None = None,
    elements: int = 1,
) -> "Figure":
    """Draw the graph that ends in output, and return the figure; in a notebook it shows itself.

    Operations are circles with their sign, and what was given stands in boxes, dashed where no gradient flows to it.
    Edges lead from left to right; those that enter a node do so in the order of its inputs, from top to bottom. Above
    an edge stands the value that flowed forward, below it, after ``backward()``, the gradient that flowed back, slanted
    and under an arrow to the left. Where an edge branches, that is the sum of what came back on all branches.

    Parameters
    ----------
    output : Variable
    path : str or path, optional
        A file to write too; its ending, .png, .svg or .pdf, says in which format. It is written whole or not at all.
    ax : Axes, optional
        Axes to draw into, in place of a figure of the right size. Where they are too small, the picture shrinks.
    depth : int, optional
        Draw only the last so many operations of every path; what lies before them becomes boxes.
    elements : int
        Arrays of at most so many elements are written out; of others the shape and the norm are.

    Raises
    ------
    TypeError
        When output is no Variable, or ax no Axes.
    ValueError
        When the graph has more nodes than a picture can hold, and for a path with another ending.
    FileNotFoundError
        When the path's folder is not there.

    Examples
    --------
    >>> x, w = Variable(1.0, "x"), Variable(1.0, "w")
    >>> loss = (x * w - 2.0) ** 2
    >>> loss.backward()
    >>> figure = draw(loss)
    >>> sorted(text.get_text() for text in figure.axes[0].texts if text.get_style() == "italic")
    ['-2', '-2', '-2', '-2', '1']
    """
    path = None if path is None else checked_path("draw", path, ENDINGS)
    figure = figure_of(painted("draw", output, ax, depth, elements).axes)
    if path is not None:
        with written_as_a_whole(path) as temporary:
            figure.savefig(temporary, dpi=dots_per_inch(figure, DPI))
    return figure


def painted(
    who: str, output: Variable, ax: "Axes | None" = None, depth: int | None = None, elements: int = 1
) -> "Painting":
    """Return the graph as Matplotlib's artists, in axes that are given or in a figure of their own."""
    nodes = nodes_of(who, output, depth, elements)
    from matplotlib.axes import Axes

    from graph.picture.painting import Painting, size_of

    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"{who}: ax must be the Axes to draw into, got {type(ax).__name__}")
    sizes = [size_of(node) for node in nodes]
    layout = lay_out([node.inputs for node in nodes], sizes)
    axes = axes_for(layout) if ax is None else ax
    return Painting(axes, nodes, sizes, layout, fit(axes, layout))


def axes_for(layout: Layout) -> "Axes":
    """Return axes that fill a new figure of the picture's size."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(layout.width, layout.height), facecolor="white")
    vars(figure)["_repr_png_"] = partial(as_png, figure)  # what a notebook asks of the last value in a cell
    return figure.add_axes((0, 0, 1, 1))


def figure_of(axes: "Axes") -> "Figure":
    """Return the whole figure, though the axes may stand in a part of it."""
    return axes.figure.figure


def as_png(figure: "Figure") -> bytes:
    """Return a figure as the bytes of a PNG."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dots_per_inch(figure, figure.dpi))
    return file.getvalue()


def dots_per_inch(figure: "Figure", wanted: float) -> float:
    """Return the wanted resolution, or less for a picture so long that Matplotlib would refuse it."""
    return min(wanted, LARGEST / max(figure.get_size_inches()))


def fit(axes: "Axes", layout: Layout) -> float:
    """Make an inch the unit of the axes, or less than an inch where they are too small, and return how much of one."""
    figure = figure_of(axes)
    axes.axis("off")
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()  # the axes get their place
    window = axes.get_window_extent()
    width, height = window.width / figure.dpi, window.height / figure.dpi
    scale = min(1.0, width / layout.width, height / layout.height)
    x, y = layout.width / 2, layout.height / 2
    dx, dy = width / scale / 2, height / scale / 2
    axes.set(xlim=(x - dx, x + dx), ylim=(y - dy, y + dy))
    return scale
