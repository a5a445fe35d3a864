"""Learning rate, gradient norm and loss, step by step."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.style import BLUE, PALE, SMALL, WIDTH, as_numbers, finish, get_axes, log_scale, plain_ticks, whole_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMES = {"lr": "learning rate", "gradient_norm": "gradient norm", "loss": "loss"}
GROUPS = 200  # about how many points a line has, however many steps there were
LOG_FROM = {"lr": 100, "gradient_norm": 20, "loss": 20}  # from this ratio of the largest to the 10 % quantile


def plot_traces(traces: Mapping[str, Sequence[float | None]], title: str = "", axes: Any = None) -> "Figure":
    """Return a figure with what was measured at each step, one quantity below the other.

    Where there are more than 200 steps they are drawn in about so many groups: the line is the mean of each group,
    the band behind it reaches from its smallest to its largest value. A vertical axis is logarithmic where
    all values are positive and the largest is 20 times the 10 % quantile (learning rate: 100 times).

    Parameters
    ----------
    traces : mapping of str to sequence of float
        ``step``, and one or more of ``lr``, ``gradient_norm`` and ``loss``, of equal length. None, NaN and
        infinity are gaps.
    title : str
    axes : sequence of Axes, optional
        One for each quantity, in this order; without them, those of a new figure.

    Raises
    ------
    ValueError
        When there is no step or no quantity, when the lengths differ, or the number of axes is wrong.

    Examples
    --------
    >>> figure = plot_traces({"step": [1, 2, 3], "lr": [0.1, 0.1, 0.05], "loss": [2.3, None, 1.9]})
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['learning rate', 'loss']
    """
    names = check_traces(traces)
    figure, drawn = get_axes(axes, names, (WIDTH, 0.9 + 1.8 * len(names)), title, sharex=True)
    steps = np.asarray(traces["step"], dtype=float)
    for name, each in zip(names, drawn, strict=True):
        plot_trace(each, name, steps, as_numbers(traces[name]))
        if axes is None:
            each.label_outer()
    return figure


def check_traces(traces: Mapping[str, Sequence[float | None]]) -> list[str]:
    """Return the names of the quantities, or raise ValueError."""
    names = [name for name in NAMES if name in traces]
    if "step" not in traces or not names:
        raise ValueError(f"expected traces with step and one or more of {', '.join(NAMES)}, got {', '.join(traces)}")
    steps = len(traces["step"])
    if not steps:
        raise ValueError("there is nothing to draw: the traces hold no step")
    for name in names:
        if len(traces[name]) != steps:
            raise ValueError(f"the traces hold {steps} steps, but {len(traces[name])} values of {name}")
    return names


def plot_trace(axes: "Axes", name: str, steps: np.ndarray, values: np.ndarray) -> None:
    """Draw one quantity: the mean of each group of steps, and the band of its values."""
    step, low, mean, high = group(steps, values)
    if len(step) < len(steps):
        axes.fill_between(step, low, high, color=BLUE, alpha=0.25, linewidth=0)
    dots = np.flatnonzero(alone(mean) | (len(step) <= 40)).tolist()
    axes.plot(step, mean, color=BLUE, linewidth=1.6, marker="o", markersize=4, markevery=dots)
    finish(axes, "step", NAMES[name])
    whole_ticks(axes)
    known = values[np.isfinite(values)]
    if known.size:
        choose_scale(axes, known, LOG_FROM[name])
    else:
        axes.set_yticks([])
        axes.text(0.5, 0.5, "no finite value", transform=axes.transAxes, ha="center", fontsize=SMALL, color=PALE)


def choose_scale(axes: "Axes", values: np.ndarray, log_from: float) -> None:
    """Make the vertical axis logarithmic where the values span decades; else begin at zero where none is below."""
    low, high = values.min(), values.max()
    if low > 0 and high >= log_from * np.quantile(values, 0.1):
        log_scale(axes, low / 1.3, high * 1.3)
        return
    plain_ticks(axes)
    if low >= 0:
        axes.set_ylim(0, 1.08 * high or 1)


def alone(values: np.ndarray) -> np.ndarray:
    """Return where a number has gaps on both sides, so that no line goes through it.

    >>> alone(np.array([1.0, np.nan, 2.0, 3.0]))
    array([ True, False, False, False])
    """
    known = np.isfinite(np.pad(values, 1, constant_values=np.nan))
    return known[1:-1] & ~known[:-2] & ~known[2:]


def group(steps: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the mean step and the smallest, mean and largest value of consecutive steps in about 200 groups.

    NaN does not count; a group of nothing else is NaN.
    """
    starts = np.arange(0, len(steps), math.ceil(len(steps) / GROUPS))
    sizes = np.diff(starts, append=len(steps))
    known = np.add.reduceat(np.isfinite(values).astype(float), starts)
    total = np.add.reduceat(np.nan_to_num(values), starts)
    mean = np.divide(total, known, out=np.full(len(starts), np.nan), where=known > 0)
    middle = np.add.reduceat(steps, starts) / sizes
    return middle, np.fmin.reduceat(values, starts), mean, np.fmax.reduceat(values, starts)
