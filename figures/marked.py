"""What a diagnosis found, at the epoch from which on it holds."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from figures.style import INK, SMALL, size_of
from figures.text import fitting_size, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE = 1.3  # from one label to the next, in font sizes
ABOVE = 3  # points between the axes and the lowest label
LONGEST = 24  # letters of a name


def mark_epochs(axes: "Axes", history: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]) -> None:
    """Draw a line at the epoch of each finding that has one among those of the history, with its name above the axes.

    Labels stand one above the other, and a title above them.
    """
    epochs = [record["epoch"] for record in history]
    marked = [finding for finding in findings if finding.get("epoch") in epochs]
    for row, finding in enumerate(marked):
        epoch = finding["epoch"]
        share = (epoch - epochs[0]) / (epochs[-1] - epochs[0] or 1)
        words = f"{shorten(finding['code'], LONGEST)} from epoch {epoch:g}"
        room = max(72.0, max(share, 1 - share) * 72 * size_of(axes)[0])
        axes.axvline(epoch, color=INK, linewidth=1.2, zorder=1.5)
        axes.annotate(
            words,
            (epoch, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, ABOVE + row * LINE * SMALL),
            textcoords="offset points",
            horizontalalignment="left" if share <= 0.5 else "right",
            verticalalignment="bottom",
            fontsize=fitting_size([words], SMALL, room),
            color=INK,
            annotation_clip=False,
            parse_math=False,
        )
    if marked and axes.get_title():
        raise_title(axes, ABOVE + len(marked) * LINE * SMALL)


def raise_title(axes: "Axes", points: float) -> None:
    """Let the title of axes stand higher above them, looking as it does."""
    title = axes.title
    font, colour = title.get_fontproperties().copy(), title.get_color()
    pad = points + SMALL / 2
    axes.set_title(title.get_text(), fontproperties=font, color=colour, pad=pad, parse_math=False)
