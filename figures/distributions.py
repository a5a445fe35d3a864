"""How large the activations and gradients of each layer are, and how they are spread, epoch by epoch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.checks import check_records
from figures.style import (
    BLUE,
    INK,
    LINES,
    as_numbers,
    finish,
    get_axes,
    line_style,
    log_scale,
    plain_ticks,
    show_legend,
    size_of,
    write_title,
)
from figures.text import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = {"activation": "activations", "gradient": "gradients"}
DECADES = 4  # that a logarithmic axis shows at least: the layers of a healthy network then look level
SLOT = 0.84  # the share of a layer's place that its epochs take
NAME = 9.5  # points, the size of the layers' names


def plot_distributions(distributions: Sequence[Mapping[str, Any]], title: str = "", axes: Any = None) -> "Figure":
    """Return a figure that shows whether signals and gradients vanish, survive or explode.

    On the left the standard deviation of each layer's values, on a logarithmic axis, after the first, the last and
    up to two epochs between: a line that falls or rises steadily from layer to layer is a signal that vanishes or
    explodes. Where a deviation is zero in one of these epochs, the layer has a triangle at the bottom; where it is
    not finite, a cross at the top.

    On the right how the values are spread: the median, the middle 50 % and the middle 90 %, divided by the layer's
    root mean square (rms), here ``sqrt(median^2 + std^2)``. In the place of each layer its epochs follow each other
    from left to right.

    Parameters
    ----------
    distributions : sequence of dict
        A record an epoch: ``epoch`` and ``layers``, which is a list of the same layers each time with ``name``,
        ``activation`` and ``gradient`` (the quantiles at 5, 25, 50, 75 and 95 %), ``activation_std`` and
        ``gradient_std``. None stands for a number that is not finite.
    title : str
    axes : sequence of 4 Axes, optional
        For the activations' standard deviation and spread, then for the gradients'; without them, those of a new
        figure.

    Raises
    ------
    ValueError
        When there is no epoch or no layer, when an epoch has other layers than the first, when there are not five
        quantiles, or the number of axes is wrong.

    Examples
    --------
    >>> layer = {"name": "Affine1", "activation": [-2, -1, 0, 1, 2], "activation_std": 1.4}
    >>> layer |= {"gradient": [-0.2, -0.1, 0, 0.1, 0.2], "gradient_std": 0.14}
    >>> figure = plot_distributions([{"epoch": 1, "layers": [layer]}])
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['std of activations', 'activations / rms', 'std of gradients', 'gradients / rms']
    """
    layers, epochs = check_records(distributions)
    panels = [f"{what} of the {kind}" for kind in KINDS.values() for what in ("standard deviation", "spread")]
    size = (min(13.0, max(9.0, 3.4 + 0.34 * len(layers))), 6.8)
    figure, drawn = get_axes(axes, panels, size, title, columns=2, sharex=True)
    for kind, left, right in zip(KINDS, drawn[::2], drawn[1::2], strict=True):
        std = as_numbers([[layer[f"{kind}_std"] for layer in record["layers"]] for record in distributions])
        quantiles = as_numbers([[layer[kind] for layer in record["layers"]] for record in distributions])
        plot_sizes(left, std, epochs, KINDS[kind])
        plot_spread(right, std, quantiles, KINDS[kind])
    write_title(drawn[0], "how large: standard deviation")
    write_title(drawn[1], "how spread out: median, middle 50 % and 90 %")
    for each in drawn:
        name_layers(each, layers)
    handles = list({line.get_label(): line for left in drawn[::2] for line in left.lines}.values())
    if axes is not None:
        show_legend(drawn[0], handles=handles)
        return figure
    show_legend(figure, handles=handles, loc="outside lower center", ncols=len(handles))
    for each in drawn[:2]:
        each.tick_params(labelbottom=False)
        each.set_xlabel("")
    return figure


def plot_sizes(axes: "Axes", std: np.ndarray, epochs: Sequence[int], quantity: str) -> None:
    """Draw the standard deviations, shape (epochs, layers), of up to four epochs from layer to layer."""
    chosen = np.unique(np.linspace(0, len(epochs) - 1, len(LINES)).round().astype(int))
    layers = np.arange(std.shape[1])
    for index, line in zip(chosen, LINES, strict=False):
        sizes = np.where(std[index] > 0, std[index], np.nan)
        axes.plot(layers, sizes, label=f"epoch {epochs[index]}", **line_style(line, len(layers)))
    known = std[chosen][std[chosen] > 0]
    finish(axes, "layer", f"std of {quantity}")
    log_scale(axes, *(wide_limits(known.min(), known.max()) if known.size else (0.01, 100)))
    mark_layers(axes, (std[chosen] == 0).any(axis=0), 0.05, "v", "zero")
    mark_layers(axes, np.isnan(std[chosen]).any(axis=0), 0.95, "x", "not finite")


def mark_layers(axes: "Axes", where: np.ndarray, height: float, marker: str, label: str) -> None:
    """Mark layers that have no place on a logarithmic axis, at that share of its height."""
    if where.any():
        layers = np.flatnonzero(where)
        look: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": 7, "markeredgewidth": 1.8}
        transform = axes.get_xaxis_transform()
        axes.plot(layers, np.full(len(layers), height), marker=marker, label=label, transform=transform, **look)


def wide_limits(smallest: float, largest: float) -> tuple[float, float]:
    """Return limits around two positive numbers, at least so many decades apart."""
    low, high = np.log10([smallest, largest])
    half = max(DECADES, high - low + 1) / 2
    middle = (low + high) / 2
    return 10.0 ** (middle - half), 10.0 ** (middle + half)


def plot_spread(axes: "Axes", std: np.ndarray, quantiles: np.ndarray, quantity: str) -> None:
    """Draw the quantiles, shape (epochs, layers, 5), in units of the root mean square, shape (epochs, layers)."""
    x = places(*std.shape)
    rms = np.hypot(std, quantiles[..., 2])
    values = quantiles / np.where(rms > 0, rms, np.nan)[..., np.newaxis]
    lowest, low, median, high, highest = (with_gaps(values[..., k]) for k in range(5))
    axes.fill_between(x, lowest, highest, color=BLUE, alpha=0.25, linewidth=0)
    axes.fill_between(x, low, high, color=BLUE, alpha=0.6, linewidth=0)
    axes.plot(x, median, color="black", linewidth=1.6)
    finish(axes, "layer", f"{quantity} / rms")
    plain_ticks(axes)


def places(epochs: int, layers: int) -> np.ndarray:
    """Return where each epoch of each layer stands, and NaN behind the last of a layer; a lone epoch has two ends."""
    within = np.linspace(-SLOT / 2, SLOT / 2, max(2, epochs))
    return np.append(np.arange(layers)[:, np.newaxis] + within, np.full((layers, 1), np.nan), axis=1).ravel()


def with_gaps(values: np.ndarray) -> np.ndarray:
    """Return values of shape (epochs, layers) one layer after the other, as :func:`places` has them."""
    if len(values) == 1:
        values = np.repeat(values, 2, axis=0)
    return np.append(values, np.full((1, values.shape[1]), np.nan), axis=0).T.ravel()


def name_layers(axes: "Axes", names: list[str]) -> None:
    """Write the names of the layers below their places, as many as there is room for."""
    room = 72 * size_of(axes)[0] / (1.1 * NAME)
    every = int(np.ceil(len(names) / room))
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.set_xticks(range(0, len(names), every), [shorten(name, 20) for name in names[::every]], parse_math=False)
    axes.tick_params(axis="x", rotation=90, labelsize=NAME)
