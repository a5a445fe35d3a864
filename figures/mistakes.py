"""The mistakes of which a network was surest."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from datasets import ScaledImages
from figures.checks import as_classes, as_images, as_probabilities, check_images
from figures.style import INK, PALE, TEXT, write_title
from figures.text import class_names, fitting_size, printable
from figures.tiles import GAP, grid_columns, points_per_image, show_tiles, tile_corners

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES = 1.15  # the width of an image in a new figure
LINE = 0.19  # the height of a line of a caption, in widths of an image
LINE_HEIGHT = 1.2  # in font sizes


def plot_mistakes(
    images: np.ndarray,
    true: np.ndarray,
    predicted: np.ndarray,
    confidence: np.ndarray,
    ax: "Axes | None" = None,
    count: int = 24,
    labels: Sequence[str] | None = None,
    title: str = "",
) -> "Figure":
    """Return a figure with the most confident mistakes: the image, its true and predicted class, the confidence.

    Of the samples those are shown whose predicted class is not the true one, the highest confidence first. Where
    there is none, the figure says so.

    Parameters
    ----------
    images : array, shape (N, H, W), (N, C, H, W) with 1 or 3 channels, or (N, D) with D a square number
        Low values are drawn light and high ones dark, as ink on paper; three channels are red, green and blue.
    true, predicted : ndarray of int, shape (N,)
        Classes.
    confidence : ndarray, shape (N,)
        The probability that the network gave to the class that it predicted.
    ax : Axes, optional
        The axes to draw on; without them, those of a new figure.
    count : int
        How many mistakes to show, at most.
    labels : sequence of str, optional
        The names of the classes; without them, their numbers.
    title : str

    Raises
    ------
    ValueError
        When there are no images or they have another shape, when the lengths differ, a class has no label, or a
        confidence is no probability.

    Examples
    --------
    >>> figure = plot_mistakes(np.zeros((3, 8, 8)), [1, 2, 3], [1, 7, 8], [0.9, 0.5, 0.6])
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['3 → 8', '60.0 %', '2 → 7', '50.0 %']
    """
    images = images if isinstance(images, (np.ndarray, ScaledImages)) else np.asarray(images)
    check_images(images.shape)
    true, predicted = as_classes("true", true, len(images)), as_classes("predicted", predicted, len(images))
    confidence = as_probabilities(confidence, len(images))
    names = class_names(labels, int(max(true.max(), predicted.max())) + 1)
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    wrong = np.flatnonzero(true != predicted)
    shown = wrong[np.argsort(-confidence[wrong], kind="stable")][:count]
    pairs = [(names[true[i]], names[predicted[i]]) for i in shown]
    figure, ax = draw_mistakes(as_images(images[shown]).astype(float), pairs, confidence[shown], ax, title)
    write_title(ax, describe(len(shown), len(wrong), len(images)))
    return figure


def draw_mistakes(
    images: np.ndarray, pairs: list[tuple[str, str]], confidence: np.ndarray, ax: "Axes | None", title: str
) -> "tuple[Figure, Axes]":
    """Draw each image, and below it its classes, in one line where that is short, and the confidence."""
    from matplotlib.colors import Normalize

    count, height = len(images), images.shape[1] / images.shape[2]
    classes = in_words(pairs)
    lines = 2 + max((text.count("\n") for text in classes), default=0)
    columns = grid_columns(max(1, count))
    step = height + LINE * lines + GAP
    corners = tile_corners(count, columns, step)
    bottom = max(LINE, step * math.ceil(count / columns) - GAP)
    ink = {"cmap": "gray_r", "norm": Normalize(0, 1)}
    figure, ax = show_tiles(ax, "mistakes", scaled(images), corners, bottom, INCHES, title, **ink)
    unit = points_per_image(ax)
    size = fitting_size(classes, min(TEXT, LINE * unit / LINE_HEIGHT), 1.1 * unit, "bold")
    line = LINE_HEIGHT * size / unit
    for (left, top), text, share in zip(corners, classes, confidence, strict=True):
        middle, below = left + 0.5, top + height + 0.04
        look: dict[str, Any] = {"ha": "center", "va": "top", "parse_math": False, "linespacing": 1.25}
        ax.text(middle, below, text, fontsize=size, fontweight="bold", color=INK, **look)
        ax.text(middle, below + (lines - 1) * line, f"{100 * share:.1f} %", fontsize=0.9 * size, color=PALE, **look)
    return figure, ax


def in_words(pairs: list[tuple[str, str]]) -> list[str]:
    """Return true and predicted class of each pair with an arrow between, all in one line or all in two."""
    arrow = "→" if printable("→") == "→" else "->"
    between = " " if all(len(true + predicted) <= 6 for true, predicted in pairs) else "\n"
    return [f"{true}{between}{arrow} {predicted}" for true, predicted in pairs]


def scaled(images: np.ndarray) -> np.ndarray:
    """Return images between 0 and 1, all on one scale; what is not finite counts as nothing or as all."""
    known = images[np.isfinite(images)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    return np.nan_to_num((images - low) / ((high - low) or 1), nan=0, posinf=1, neginf=0)


def describe(shown: int, mistakes: int, samples: int) -> str:
    """Say what is shown of how many."""
    if not mistakes:
        return f"no mistake among {samples:,} samples"
    what = f"the {shown} most confident of {mistakes:,} mistakes"
    if shown == mistakes:
        what = "the only mistake" if mistakes == 1 else f"all {mistakes} mistakes"
    return f"{what}: true and predicted class, confidence"
