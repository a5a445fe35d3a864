"""What a network makes of a regression: the curve that it fitted to the data, or its answers beside the targets."""

from typing import TYPE_CHECKING, Any

import numpy as np

from figures.checks import as_column, as_points
from figures.evaluation import answers_to
from figures.style import INK, LINES, PALE, as_numbers, finish, get_axes, plain_labels, show_legend
from figures.text import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLACES = 500  # at which the network is asked for its curve
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": LINES[0]["color"], "marker": "o", "markersize": 4, "alpha": 0.5, "markeredgewidth": 0},
    {"color": LINES[1]["color"], "marker": "s", "markersize": 4.5, "markeredgecolor": "white", "markeredgewidth": 0.4},
)


def plot_fit(
    network: Any,
    x: np.ndarray,
    t: np.ndarray,
    x_test: np.ndarray | None = None,
    t_test: np.ndarray | None = None,
    feature: str = "x",
    target: str = "target",
    title: str = "",
    ax: "Axes | None" = None,
) -> "Figure":
    """Return a figure of the data of a regression and what the network makes of them.

    Of one feature: the targets over it, and the curve that the network fitted. Of several features: the network's
    answers over the targets, which would lie on the diagonal if all were right.

    Parameters
    ----------
    network : object
        Anything with ``predict(x)``, which gives values of shape (N, 1) or (N,).
    x, t : ndarray, shapes (N, D) and (N, 1) or (N,)
        The samples and their targets.
    x_test, t_test : ndarray, optional
        Others, that the network has not seen.
    feature, target : str
        What the features and the targets measure.
    title : str
    ax : Axes, optional
        The axes to draw on; without them, those of a new figure.

    Raises
    ------
    ValueError
        When there are not as many targets as samples, or a target has several values.

    Examples
    --------
    >>> from datasets import curve
    >>> from networks import TwoLayerNet
    >>> figure = plot_fit(TwoLayerNet(1, 10, 1, seed=0, loss="identity"), *curve(20))
    >>> [line.get_label() for line in figure.axes[0].lines]
    ['training', 'network']
    """
    groups = [("training", as_points("x", x, t), as_column("t", t))]
    if x_test is not None:
        groups.append(("test", as_points("x_test", x_test, t_test), as_column("t_test", t_test)))
    figure, (ax,) = get_axes(ax, ["fit"], (8.0, 4.6), title)
    over_feature = groups[0][1].shape[1] == 1
    for (name, samples, targets), look in zip(groups, LOOKS, strict=False):
        there = (samples[:, 0], targets) if over_feature else (targets, as_column("y", answers_to(network, samples)))
        ax.plot(*map(as_numbers, there), label=name, linestyle="", **look)
    if over_feature:
        draw_curve(ax, network, np.concatenate([samples for _, samples, _ in groups]))
        finish(ax, shorten(feature, 60), shorten(target, 20))
    else:
        draw_diagonal(ax, np.concatenate([targets for _, _, targets in groups]))
        finish(ax, shorten(f"{target}, true", 60), "predicted")
    plain_labels(ax)
    show_legend(ax, handlelength=1.6)
    return figure


def draw_curve(ax: "Axes", network: Any, x: np.ndarray) -> None:
    """Draw what the network answers between the smallest and the largest x."""
    places = np.linspace(x.min(), x.max(), PLACES, dtype=x.dtype)[:, np.newaxis]
    heights = as_numbers(as_column("y", answers_to(network, places)))
    ax.plot(places[:, 0], heights, color=INK, linewidth=2, label="network")


def draw_diagonal(ax: "Axes", targets: np.ndarray) -> None:
    """Draw where the answers would lie if all were right."""
    ends = [targets.min(), targets.max()]
    ax.plot(ends, ends, color=PALE, linewidth=1.4, linestyle="--", label="right", zorder=1)
