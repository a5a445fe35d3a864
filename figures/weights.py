"""A layer's weights, as images."""

from typing import TYPE_CHECKING, Any

import numpy as np

from figures.checks import as_units
from figures.style import ORANGE, SMALL, write_title
from figures.tiles import GAP, grid_columns, points_per_image, show_tiles, tile_corners

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_CHANNELS = 16
SCALED = 0.995  # the share of weights within the scale, which a few large ones would stretch until all else is grey


def plot_weights(
    W: np.ndarray,
    image_shape: tuple[int, ...] | None = None,
    count: int = 64,
    ax: "Axes | None" = None,
    title: str = "",
) -> "Figure":
    """Return a figure with the first images that the weights of a layer make.

    All are drawn on one scale: zero is mid grey, positive weights are lighter and negative ones darker. The scale
    below them holds 99.5 % of the weights that are shown; larger ones are white or black too. What is not finite is
    orange.

    Parameters
    ----------
    W : ndarray, shape (D, M) or (F, C, FH, FW)
        Of an affine layer, whose M columns are images of D pixels, or the F filters of a convolution. Each channel
        of a filter is an image of its own; the channels of one filter stand together, at most 16 of them.
    image_shape : (int, int) or (int, int, int), optional
        What an affine layer sees, (H, W) or (C, H, W), of D values in all. Filters need none.
    count : int
        How many images to show, at most.
    ax : Axes, optional
        The axes to draw on; without them, those of a new figure.
    title : str

    Raises
    ------
    ValueError
        When W has another shape or is empty, or its columns do not have the pixels of ``image_shape``.

    Examples
    --------
    >>> figure = plot_weights(np.eye(4), image_shape=(2, 2))
    >>> figure.axes[0].get_title(), len(figure.axes[0].images)
    ('the weights of 4 units', 4)
    """
    weights = as_units(W, image_shape)
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    channels = min(weights.shape[1], MOST_CHANNELS, count)
    shown = weights[: count // channels, :channels]
    images = shown.reshape(-1, *shown.shape[2:]).astype(float)
    columns = (
        grid_columns(len(images)) if channels == 1 else channels * max(1, round(1.3 * len(images) ** 0.5 / channels))
    )
    figure, ax = draw_weights(images, columns, channels, ax, title)
    write_title(ax, describe(shown.shape, weights.shape, "filter" if np.ndim(W) == 4 else "unit"))
    return figure


def draw_weights(
    images: np.ndarray, columns: int, channels: int, ax: "Axes | None", title: str
) -> "tuple[Figure, Axes]":
    """Draw the images, and below them their scale."""
    from matplotlib import colormaps
    from matplotlib.colors import Normalize

    sizes = np.abs(images[np.isfinite(images)])
    largest = np.quantile(sizes, SCALED) if sizes.any() else 1.0
    look = {"cmap": colormaps["gray"].with_extremes(bad=ORANGE), "norm": Normalize(-largest, largest)}
    step = images.shape[1] / images.shape[2] + GAP
    corners = tile_corners(len(images), columns, step, channels)
    height = corners[-1, 1] + step - GAP
    inches = min(1.15, 7.4 / (corners[:, 0].max() + 1))
    figure, ax = show_tiles(ax, "weights", images, corners, height, inches, title, **look)
    draw_scale(ax, height, largest, look)
    return figure, ax


def draw_scale(ax: "Axes", height: float, largest: float, look: dict[str, Any]) -> None:
    """Draw black to white below the images, with the weights that they stand for."""
    point = 1 / (points_per_image(ax) * height)  # in heights of the axes
    scale = ax.inset_axes((0.3, -20 * point, 0.4, 9 * point))
    greys = np.linspace(-largest, largest, 255)[np.newaxis]
    scale.imshow(greys, aspect="auto", extent=(-largest, largest, 0, 1), **look)
    scale.set_yticks([])
    scale.set_xticks([-largest, 0, largest], [f"{-largest:.2g}", "0", f"{largest:.2g}"], fontsize=SMALL)


def describe(shown: tuple[int, ...], given: tuple[int, ...], unit: str) -> str:
    """Say how many units of how many are shown, and how many channels."""
    channels = "" if given[1] == 1 else f", each with {how_many(shown[1], given[1], 'channel')}"
    return f"the weights of {how_many(shown[0], given[0], unit)}{channels}"


def how_many(shown: int, given: int, what: str) -> str:
    """Return such as "3 units" or "3 of 5 units".

    >>> how_many(3, 5, "unit"), how_many(1, 1, "unit")
    ('3 of 5 units', '1 unit')
    """
    return f"{shown if shown == given else f'{shown} of {given}'} {what}{'s' if given > 1 else ''}"
