"""The decision boundary: the plane in the colours of a network's answers, and the points that it was to tell apart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.checks import as_points
from figures.evaluation import answers_to
from figures.style import INK, LINES, finish, get_axes, plain_labels, show_legend
from figures.text import class_names as short_names
from figures.text import shorten
from layers import softmax
from layers.common.targets import as_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIDE = 360  # places of the plane in each direction at which the network is asked
MARGIN = 0.08  # of the points' extent, around them
# Classes differ in their markers too, and the colours of the first ones in lightness: for any printer and any eye.
COLOURS = (*(line["color"] for line in LINES), "#b5942b", "#5b5b5b", "#b0413e", "#3d8f9e")
MARKERS = "os^Dv*PX<>hp"
STRENGTH = (0.5, 0.3, 0.15, 0.4)  # of a class's colour where the network is sure: dark, middle, light, in grey too
MOST_NAMED = 16  # classes, beside the picture
SHADES = 20  # from white to the full colour: of a smooth shading a file would be twice as large
WRONG = 130  # square points, the size of the ring around a wrong answer


def plot_boundary(
    network: Any,
    x: np.ndarray,
    t: np.ndarray,
    x_test: np.ndarray | None = None,
    t_test: np.ndarray | None = None,
    labels: Sequence[str] | None = None,
    features: Sequence[str] = ("x1", "x2"),
    title: str = "",
    ax: "Axes | None" = None,
) -> "Figure":
    """Return a figure of the plane in the colours of the classes that a network answers, with points on it.

    The paler the colour, the less sure the network is; a line is where the answer changes. Test points are larger and
    edged in black; a ring is around those that the network takes for another class.

    Parameters
    ----------
    network : object
        Anything with ``predict(x)``, which gives scores of shape (N, K).
    x, t : ndarray, shapes (N, 2) and (N,)
        Points with their labels, integers or one-hot rows.
    x_test, t_test : ndarray, optional
        Other points, by which the network is judged; without them, it is by x and t.
    labels : sequence of str, optional
        The names of the classes; without them, their numbers.
    features : (str, str)
        What the axes measure.
    title : str
    ax : Axes, optional
        The axes to draw on; without them, those of a new figure.

    Raises
    ------
    ValueError
        When the points do not lie in a plane, there are not as many labels, or the network tells no classes apart.

    Examples
    --------
    >>> from datasets import moons
    >>> from networks import TwoLayerNet
    >>> figure = plot_boundary(TwoLayerNet(2, 10, 2, seed=0), *moons(20))
    >>> figure.axes[0].get_xlabel()
    'x1'
    """
    x = as_points("x", x, t, 2)
    tested = x if x_test is None else as_points("x_test", x_test, t_test, 2)
    scores, tested_scores = answers_to(network, x), answers_to(network, tested)
    if scores.ndim != 2 or scores.shape[1] < 2:
        raise ValueError(f"expected scores of at least two classes, the network gave shape {scores.shape}")
    known = as_labels(t, scores, who="plot_boundary")
    judged = known if x_test is None else as_labels(t_test, tested_scores, who="plot_boundary")
    figure, (ax,) = get_axes(ax, ["decision boundary"], (7.6, 5.6), title)
    paint_plane(ax, network, np.concatenate([x, tested]))
    names = short_names(labels, scores.shape[1])
    for k, name in enumerate(names):
        label = name if k < MOST_NAMED else ""
        scatter(ax, x[known == k], k, label, size=18 if x_test is not None else 34, edgecolor="white", linewidth=0.4)
        if x_test is not None:
            scatter(ax, tested[judged == k], k, "", size=40, edgecolor=INK, linewidth=0.9)
    explain(ax, len(names), None if x_test is None else len(tested))
    wrong = tested[tested_scores.argmax(axis=1) != judged]
    name = f"wrong: {len(wrong):,} of {len(tested):,}"
    ax.scatter(wrong[:, 0], wrong[:, 1], s=WRONG, facecolor="none", edgecolor=INK, linewidth=1.3, label=name, zorder=4)
    finish(ax, *(shorten(feature, 24) for feature in features))
    plain_labels(ax)
    ax.grid(visible=False)
    show_legend(ax, loc="center left", bbox_to_anchor=(1.01, 0.5), handlelength=1, title="true class")
    return figure


def explain(ax: "Axes", classes: int, tested: int | None) -> None:
    """Say in the legend how many classes it does not name, and how the points of the test look."""
    if classes > MOST_NAMED:
        ax.scatter([], [], alpha=0, label=f"and {classes - MOST_NAMED:,} more")
    if tested is not None:
        ax.scatter([], [], s=40, facecolor="white", edgecolor=INK, linewidth=0.9, label=f"test: {tested:,}")


def paint_plane(ax: "Axes", network: Any, points: np.ndarray) -> None:
    """Colour the plane around the points by the network's answers, and draw a line where they change."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = MARGIN * np.maximum(high - low, 1e-6 * (1 + np.abs(high)))
    (left, bottom), (right, top) = low - room, high + room
    across, down = np.linspace(left, right, SIDE), np.linspace(bottom, top, SIDE)
    plane = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2).astype(np.float32)
    with np.errstate(invalid="ignore"):
        shares = np.nan_to_num(softmax(answers_to(network, plane)))
    answers, K = shares.argmax(axis=1), shares.shape[1]
    sure = (shares.max(axis=1) * K - 1) / (K - 1)
    strength = np.array([STRENGTH[k % len(STRENGTH)] for k in range(K)])[answers] * (0.25 + 0.75 * sure.clip(0, 1))
    strength = np.round(strength * SHADES) / SHADES
    image = 1 - strength[:, np.newaxis] * (1 - colours_of(K)[answers])
    extent = (left, right, bottom, top)
    ax.imshow(image.reshape(SIDE, SIDE, 3), origin="lower", extent=extent, aspect="auto", interpolation="nearest")
    for k in range(K if K > 2 else 1):
        lead = (shares[:, k] - np.delete(shares, k, axis=1).max(axis=1)).reshape(SIDE, SIDE)
        if lead.min() < 0 < lead.max():
            ax.contour(across, down, lead, levels=[0], colors=INK, linewidths=0.9)


def colours_of(classes: int) -> np.ndarray:
    """Return a colour for each class, shape (classes, 3)."""
    from matplotlib.colors import to_rgb

    return np.array([to_rgb(COLOURS[k % len(COLOURS)]) for k in range(classes)])


def scatter(ax: "Axes", points: np.ndarray, k: int, label: str, size: float, **look: Any) -> None:
    """Draw the points of a class; a star is small where a circle of its size is not."""
    marker, colour = MARKERS[k % len(MARKERS)], COLOURS[k % len(COLOURS)]
    ax.scatter(
        points[:, 0],
        points[:, 1],
        s=size * (2 if marker == "*" else 1),
        color=colour,
        marker=marker,
        label=label,
        **look,
    )
