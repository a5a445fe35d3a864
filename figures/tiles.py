"""Small images side by side on one pair of axes, on which every image is 1 wide."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.style import PALE, get_axes, size_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GAP = 0.15
LEAST_WIDTH = 4.5  # of the axes, in images, so that few images do not become posters
ABOVE = {False: 0.5, True: 0.9}  # inches for what stands above the images, without and with a title


def show_tiles(
    given: "Axes | None",
    what: str,
    images: np.ndarray,
    corners: np.ndarray,
    height: float,
    inches: float,
    title: str,
    **look: Any,
) -> "tuple[Figure, Axes]":
    """Draw images at their corners on the given axes or on those of a new figure, and return both.

    Parameters
    ----------
    given : Axes or None
    what : str
        What the images are, for an error.
    images : ndarray, shape (count, H, W) or (count, H, W, 3)
    corners : ndarray, shape (count, 2)
        The upper left corners, y downwards.
    height : float
        Of all that is drawn; may be more than the images.
    inches : float
        The width of an image in a new figure.
    title : str
    **look
        For :class:`matplotlib.image.AxesImage`.
    """
    width = corners[:, 0].max(initial=0) + 1
    size = (inches * max(width, LEAST_WIDTH) + 0.3, inches * height + ABOVE[bool(title)])
    figure, (ax,) = get_axes(given, [what], size, title)
    draw_tiles(ax, images, corners, **look)
    margin = max(0.0, LEAST_WIDTH - width) / 2
    ax.set(xlim=(-margin - 0.02, width + margin + 0.02), ylim=(height + 0.02, -0.02), aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.patch.set_visible(False)
    ax.grid(visible=False)
    return figure, ax


def draw_tiles(ax: "Axes", images: np.ndarray, corners: np.ndarray, **look: Any) -> None:
    """Draw images of shape (count, H, W) or (count, H, W, 3), each with a thin frame, at their upper left corners."""
    from matplotlib.collections import PolyCollection
    from matplotlib.image import AxesImage

    height = images.shape[1] / images.shape[2]
    for image, (left, top) in zip(images, corners, strict=True):
        extent = (left, left + 1, top + height, top)
        tile = AxesImage(ax, extent=extent, origin="upper", interpolation="nearest", **look)
        tile.set_data(image)
        ax.add_image(tile)
    outline = np.array([[0, 0], [1, 0], [1, height], [0, height]])
    frames = corners[:, np.newaxis] + outline
    ax.add_collection(PolyCollection(frames, facecolors="none", edgecolors=PALE, linewidths=0.6), autolim=False)


def points_per_image(ax: "Axes") -> float:
    """Return how many points wide the axes draw an image."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    width, height = size_of(ax)
    return 72 * min(width / (right - left), height / (bottom - top))


def grid_columns(count: int) -> int:
    """Return in how many columns so many images leave the fewest places empty, in a grid no higher than wide.

    >>> [grid_columns(count) for count in (1, 7, 24, 50, 64)]
    [1, 4, 6, 10, 8]
    """
    root = math.sqrt(count)
    return min(range(math.ceil(root), math.ceil(1.6 * root) + 1), key=lambda columns: (-count % columns, columns))


def tile_corners(count: int, columns: int, step: float, group: int = 1) -> np.ndarray:
    """Return the upper left corners of images in rows, shape (count, 2).

    The rows lie ``step`` apart; groups of images that belong together stand a little apart from their neighbours.

    >>> tile_corners(3, columns=2, step=1.5)
    array([[0.  , 0.  ],
           [1.15, 0.  ],
           [0.  , 1.5 ]])
    """
    row, column = np.divmod(np.arange(count), columns)
    apart = column // group * (2 * GAP if group > 1 else 0)
    return np.stack([(1 + GAP) * column + apart, step * row], axis=1)
