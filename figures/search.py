"""A search for hyperparameters: what its trials came to, one after the other and by what was varied."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.style import BLUE, INK, ORANGE, PALE, as_numbers, finish, get_axes, log_scale, show_legend, whole_ticks
from figures.text import number, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEGEND = 0.2  # of the height of the errors
MOST_COLUMNS = 3  # of small pictures beside each other


def plot_search(
    errors: Sequence[float | None],
    whole: Sequence[bool],
    label: str = "validation error (%)",
    title: str = "",
    axes: Any = None,
) -> "Figure":
    """Return a figure with the error of every trial in the order of the trials, and the best so far.

    Parameters
    ----------
    errors : sequence of float or None
        What is the better the lower: of a trial without a number, None.
    whole : sequence of bool
        Whether a trial came to its end; the others are drawn hollow, and are never the best.
    label : str
        What the errors are.
    title : str
    axes : Axes, optional
        The axes to draw on; without them, those of a new figure.

    Raises
    ------
    ValueError
        When there are no trials, or the numbers of errors and trials differ.

    Examples
    --------
    >>> figure = plot_search([4.0, 6.0, 3.0], [True, False, True])
    >>> [line.get_label() for line in figure.axes[0].lines]
    ['best so far', 'complete', 'stopped early']
    """
    values, ended = checked(errors, whole)
    figure, (each,) = get_axes(axes, ["error"], (8, 3.6), title)
    numbers = np.arange(len(values))
    so_far = np.fmin.accumulate(np.where(ended, values, np.nan))
    each.plot(numbers, so_far, color=ORANGE, linewidth=1.8, drawstyle="steps-post", label="best so far")
    each.plot(numbers[ended], values[ended], "o", color=BLUE, markersize=5.5, label="complete")
    each.plot(numbers[~ended], values[~ended], "o", **HOLLOW, label="stopped early")
    finish(each, "trial", label)
    whole_ticks(each)
    scale(each, values, LEGEND)
    show_legend(each, loc="upper right", ncols=3)
    return figure


HOLLOW: dict[str, Any] = {"color": PALE, "markerfacecolor": "none", "markersize": 5.5, "markeredgewidth": 1.2}


def plot_varied(
    params: Mapping[str, Sequence[Any]],
    errors: Sequence[float | None],
    whole: Sequence[bool],
    logarithmic: Sequence[str] = (),
    best: int | None = None,
    label: str = "validation error (%)",
) -> "Figure":
    """Return a figure with a small picture for each option: the error of every trial by the option's value.

    Parameters
    ----------
    params : mapping of str to sequence
        The value in each trial: numbers, or texts, which stand side by side; None where a trial has none.
    errors, whole, label
        As for :func:`plot_search`.
    logarithmic : sequence of str
        The options whose axis is logarithmic.
    best : int, optional
        The trial that is marked.

    Raises
    ------
    ValueError
        When there are no trials or no options, or the numbers of values and trials differ.

    Examples
    --------
    >>> figure = plot_varied({"lr": [0.1, 1.0], "optimizer": ["sgd", "adam"]}, [4.0, 6.0], [True, True], ["lr"])
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['lr', 'optimizer']
    """
    values, ended = checked(errors, whole)
    if not params or any(len(column) != len(values) for column in params.values()):
        raise ValueError(f"expected options with {len(values)} values each, got {[*map(len, params.values())]}")
    columns = 2 if len(params) == 4 else min(MOST_COLUMNS, len(params))
    rows = math.ceil(len(params) / columns)
    names = [*params, *[""] * (rows * columns - len(params))]
    figure, axes = get_axes(None, names, (8, 2.9 * rows), columns=columns)
    for place, (each, name) in enumerate(zip(axes, names, strict=True)):
        if not name:
            each.remove()
            continue
        x = positions(each, params[name], name in logarithmic)
        draw_trials(each, x, values, ended, best)
        finish(each, shorten(name, 30), label if place % columns == 0 else "")
        each.xaxis.label.set_parse_math(False)
        scale(each, values)
    return figure


def draw_trials(axes: "Axes", x: np.ndarray, values: np.ndarray, ended: np.ndarray, best: int | None) -> None:
    """Draw every trial, the best one as a star."""
    axes.plot(x[~ended], values[~ended], "o", **HOLLOW)
    axes.plot(x[ended], values[ended], "o", color=BLUE, markersize=5.5)
    if best is not None:
        axes.plot(x[best], values[best], "*", color=ORANGE, markersize=15, markeredgecolor=INK, markeredgewidth=0.8)


def positions(axes: "Axes", column: Sequence[Any], logarithmic: bool) -> np.ndarray:
    """Return where the trials stand on the horizontal axis, which is prepared for it."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    texts = sorted({value for value in column if isinstance(value, str)})
    if texts:
        axes.set_xticks(range(len(texts)), [shorten(text, 14) for text in texts], parse_math=False)
        axes.set_xlim(-0.5, len(texts) - 0.5)
        places = {text: place for place, text in enumerate(texts)}
        spread = np.resize([-0.12, 0.0, 0.12, -0.06, 0.06], len(column))  # so that trials of one value do not coincide
        return as_numbers([places.get(value) for value in column]) + spread
    x = as_numbers(column)
    known = x[~np.isnan(x)]
    if logarithmic and len(known) and known.min() > 0:
        axes.set_xscale("log")
        times = known.max() / known.min()
        subs = (1, 2, 5) if times < 30 else (1, 3) if times < 300 else (1,)
        axes.xaxis.set_major_locator(LogLocator(subs=subs, numticks=6))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, position: number(value)))
    return x


def scale(axes: "Axes", values: np.ndarray, room: float = 0.0) -> None:
    """Make the vertical axis logarithmic, where there are errors and all are positive, with room at its upper end."""
    known = values[~np.isnan(values)]
    if len(known) and (known > 0).all():
        low, high = known.min() / 1.15, known.max() * 1.15
        log_scale(axes, low, high * (high / low) ** room)


def checked(errors: Sequence[float | None], whole: Sequence[bool]) -> tuple[np.ndarray, np.ndarray]:
    """Return the errors and which trials are whole as arrays; an error of zero is drawn a little above it.

    Raises
    ------
    ValueError
        When there are none, or their numbers differ.
    """
    if not len(errors) or len(errors) != len(whole):
        raise ValueError(f"expected as many errors as trials, at least one, got {len(errors)} and {len(whole)}")
    values = as_numbers(errors)
    positive = values[values > 0]
    floor = positive.min() / 2 if len(positive) else 1.0
    return np.where(values == 0, floor, values), np.array(whole, dtype=bool)
