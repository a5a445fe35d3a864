"""A computational graph in motion: values flow forward, then gradients flow back."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graph.picture.drawing import dots_per_inch, figure_of, painted
from graph.picture.files import checked_path, written_as_a_whole
from graph.variable import Variable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.patches import Patch

    from graph.picture.painting import Painting

DPI = 120
SECONDS = 0.8  # for each node
FORWARD, BACKWARD = "#ffdf80", "#ffc29e"  # the node of the moment
PAUSE, END = 2, 5  # frames' time, when all values are there, and at the end


def animate(
    output: Variable,
    path: str | os.PathLike[str],
    *,
    depth: int | None = None,
    elements: int = 1,
) -> None:
    """Write a GIF in which values appear from left to right, then gradients from right to left, one node a frame.

    Its last frame, which stands for a while before all begins anew, is the picture that :func:`graph.draw` makes.

    Parameters
    ----------
    output : Variable
        The output of a graph, after ``output.backward()``.
    path : str or path
        The file to write; it ends in .gif. It is written whole or not at all.
    depth, elements : int
        As for :func:`graph.draw`.

    Raises
    ------
    TypeError
        When output is no Variable.
    ValueError
        When there are no gradients yet, when the graph has more nodes than a picture can hold, and for a path with
        another ending.
    FileNotFoundError
        When the path's folder is not there.

    Examples
    --------
    >>> import tempfile
    >>> x = Variable(3.0, "x")
    >>> y = x * x
    >>> y.backward()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     animate(y, os.path.join(folder, "flow.gif"))
    ...     os.listdir(folder)
    ['flow.gif']
    """
    path = checked_path("animate", path, [".gif"])
    painting = painted("animate", output, depth=depth, elements=elements)
    if output.grad is None:
        raise ValueError("animate: the graph has no gradients yet; call backward() on its output first")
    from matplotlib.animation import PillowWriter

    fps: Any = 1 / SECONDS  # not a whole number, as Matplotlib annotates it
    writer = PillowWriter(fps)
    figure = figure_of(painting.axes)
    with written_as_a_whole(path) as temporary, writer.saving(figure, temporary, dots_per_inch(figure, DPI)):
        for times in scenes(painting):
            for _ in range(times):
                writer.grab_frame()


def scenes(painting: "Painting") -> Iterator[int]:
    """Make the painting what each scene shows, one after the other, and say for how many frames."""
    stems = painting.layout.stems  # from left to right, and from top to bottom
    numbers = sorted(range(len(stems)), key=lambda number: (stems[number][0], -stems[number][1]))
    for artists in (*painting.values, *painting.gradients):
        show(artists, False)
    yield 1
    for number in numbers:
        yield from spotlight(painting.shapes[number], painting.values[number], FORWARD)
    yield PAUSE
    for number in reversed(numbers):
        if painting.gradients[number]:
            yield from spotlight(painting.shapes[number], painting.gradients[number], BACKWARD)
    yield END


def spotlight(shape: "Patch", artists: Sequence["Artist"], color: str) -> Iterator[int]:
    """Show artists for the first time, with light on the shape of their node."""
    usual = shape.get_facecolor()
    show(artists, True)
    shape.set_facecolor(color)
    yield 1
    shape.set_facecolor(usual)


def show(artists: Sequence["Artist"], visible: bool) -> None:
    """Make artists visible, or not."""
    for artist in artists:
        artist.set_visible(visible)
