"""The confusion matrix: which class was taken for which."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.checks import as_counts
from figures.style import BLUE, GRID, INK, ORANGE, PALE, SMALL, TEXT, get_axes, size_of, write_title
from figures.text import class_names, fitting_size, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FULL_COLOUR = 0.05  # the share of wrong answers from which a cell has the full colour, if none is larger
CELL = 0.38  # inches, at least
DEEPEST = 0.85  # of that colour, so that in grey it stays lighter than the diagonal of a network that has learned


def plot_confusion(
    confusion: np.ndarray, labels: Sequence[str] | None = None, ax: "Axes | None" = None, title: str = ""
) -> "Figure":
    """Return a figure with the counts of each true and predicted class.

    A row holds the samples of one class. Blue cells on the diagonal are right, the darker the larger their share of
    the row, which is written at its end. Orange cells are mistakes, on a scale of their own: a few in a thousand
    can be seen. Empty cells are zero.

    Parameters
    ----------
    confusion : ndarray, shape (K, K)
        Whole numbers: ``confusion[i, j]`` samples of class i were predicted to be of class j.
    labels : sequence of str, optional
        The K names of the classes; without them, their numbers. Long names are cut, and a character that the font
        lacks becomes ``?``.
    ax : Axes, optional
        The axes to draw on; without them, those of a new figure.
    title : str

    Raises
    ------
    ValueError
        When the matrix is not square, is empty or holds anything but counts, and when the labels are not K.

    Examples
    --------
    >>> figure = plot_confusion(np.array([[9, 1], [0, 10]]), labels=["cat", "dog"])
    >>> figure.axes[0].get_title()
    '19 of 20 right (95.00 %)'
    """
    counts = as_counts(confusion)
    K = len(counts)
    if labels is not None and len(labels) != K:
        raise ValueError(f"expected {K} labels, one for each class, got {len(labels)}")
    side = max(5.0, CELL * K)
    figure, (ax,) = get_axes(ax, ["confusion matrix"], (side + 1.8, side + 1.2), title)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.pcolormesh(cell_colours(shares), edgecolors=GRID, linewidth=0.6)
    ax.set(xlim=(0, K), ylim=(K, 0), aspect="equal")
    cell = 72 * min(size_of(ax)) / K
    write_counts(ax, counts, shares, cell)
    write_shares(ax, counts, cell)
    write_names(ax, class_names(labels, K), cell)
    right, total = int(np.trace(counts)), int(counts.sum())
    write_title(ax, f"{right:,} of {total:,} right ({100 * right / max(total, 1):.2f} %)")
    return figure


def cell_colours(shares: np.ndarray) -> np.ndarray:
    """Return the cells' colours, shape (K, K, 3): white to blue on the diagonal, white to orange beside it."""
    from matplotlib.colors import to_rgb

    right = np.eye(len(shares), dtype=bool)
    wrong = np.where(right, 0, shares)
    depth = np.where(right, shares, DEEPEST * np.sqrt(wrong / max(FULL_COLOUR, wrong.max())))[..., np.newaxis]
    full = np.where(right[..., np.newaxis], to_rgb(BLUE), to_rgb(ORANGE))
    return 1 - depth * (1 - full)


def write_counts(ax: "Axes", counts: np.ndarray, shares: np.ndarray, cell: float) -> None:
    """Write each count that is not zero into its cell, those of the diagonal in bold."""
    largest, room = min(TEXT, 0.62 * cell), 0.86 * cell
    wrong = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    middle: dict[str, Any] = {"ha": "center", "va": "center_baseline"}
    bold = {"fontweight": "bold", "fontsize": fitting_size([f"{counts.diagonal().max()}"], largest, room, "bold")}
    plain = {"fontsize": fitting_size([f"{wrong.max()}"], largest, room)}
    for i, j in np.argwhere(counts).tolist():
        colour = "white" if i == j and shares[i, j] > 0.55 else INK
        ax.text(j + 0.5, i + 0.5, f"{counts[i, j]}", color=colour, **(bold if i == j else plain), **middle)


def write_shares(ax: "Axes", counts: np.ndarray, cell: float) -> None:
    """Write at the end of each row which share of it is right."""
    look: dict[str, Any] = {"fontsize": min(SMALL, 0.62 * cell), "color": PALE, "ha": "left"}
    K = len(counts)
    ax.text(K * 1.015, -5 / cell, "right", va="bottom", **look)
    for i, row in enumerate(counts):
        share = f"{100 * row[i] / row.sum():.1f} %" if row.any() else "none"
        ax.text(K * 1.015, i + 0.5, share, va="center_baseline", **look)


def write_names(ax: "Axes", names: list[str], cell: float) -> None:
    """Write the classes' names beside the rows and below the columns, upright where they are too wide."""
    fontsize = min(TEXT, 0.7 * cell)
    rotation = 90 if max(text_width(name, fontsize) for name in names) > 0.9 * cell else 0
    middles = np.arange(len(names)) + 0.5
    ax.set_xticks(middles, names, rotation=rotation, fontsize=fontsize, parse_math=False)
    ax.set_yticks(middles, names, fontsize=fontsize, parse_math=False)
    ax.tick_params(length=0)
    ax.set_xlabel("predicted", fontsize=TEXT)
    ax.set_ylabel("true", fontsize=TEXT)
    ax.grid(visible=False)
