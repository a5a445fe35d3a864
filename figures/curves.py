"""Loss and accuracy, epoch by epoch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.style import LINES, as_numbers, finish, get_axes, line_style, show_legend, whole_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TRAIN, TEST = LINES[:2]
KEYS = ("epoch", "train_loss", "train_accuracy", "test_accuracy")


def plot_curves(history: Sequence[dict[str, Any]], title: str = "", axes: Any = None) -> "Figure":
    """Return a figure with the training loss on the left, training and test accuracy on the right.

    The history of a regression has no accuracy; its figure has the loss alone. A number that is None or not finite
    is a gap in its line.

    Parameters
    ----------
    history : sequence of dict
        The records of :class:`training.Trainer`, at least one.
    title : str
        A character that the font lacks becomes ``?``.
    axes : sequence of Axes, optional
        The two axes (for a regression: the one) to draw on; without them, those of a new figure.

    Raises
    ------
    ValueError
        When the history is empty, a record lacks one of the numbers, or the number of axes is wrong.

    Examples
    --------
    >>> record = {"epoch": 1, "train_loss": 0.4, "train_accuracy": 0.9, "test_accuracy": 0.88}
    >>> [axes.get_ylabel() for axes in plot_curves([record]).axes]
    ['training loss', 'accuracy (%)']
    """
    check_history(history)
    plots = {"loss": plot_loss, "accuracy": plot_accuracy}
    if all(record["test_accuracy"] is None for record in history):
        del plots["accuracy"]
    figure, axes = get_axes(axes, list(plots), (4.5 * len(plots), 3.8), title, columns=len(plots))
    for plot, each in zip(plots.values(), axes, strict=True):
        plot(each, history)
    return figure


def check_history(history: Sequence[dict[str, Any]]) -> None:
    """Raise ValueError when there is no record, or one lacks a number."""
    if not len(history):
        raise ValueError("there is nothing to draw: the history holds no epoch")
    for index, record in enumerate(history):
        lacking = [key for key in KEYS if key not in record]
        if lacking:
            raise ValueError(f"record {index} of the history has no {', '.join(lacking)}; it has {', '.join(record)}")


def plot_loss(axes: "Axes", history: Sequence[dict[str, Any]]) -> None:
    """Draw the mean training loss of each epoch."""
    epochs, loss = column(history, "epoch"), column(history, "train_loss")
    axes.plot(epochs, loss, label="training", **line_style(TRAIN, len(epochs)))
    finish(axes, "epoch", "training loss")
    whole_ticks(axes)
    if not (loss < 0).any():
        axes.set_ylim(bottom=0)


def plot_accuracy(axes: "Axes", history: Sequence[dict[str, Any]]) -> None:
    """Draw training and test accuracy after each epoch, and write the last test accuracy above their names."""
    epochs, train, test = (column(history, key) for key in ("epoch", "train_accuracy", "test_accuracy"))
    axes.plot(epochs, 100 * train, label="training", **line_style(TRAIN, len(epochs)))
    axes.plot(epochs, 100 * test, label="test", **line_style(TEST, len(epochs)))
    finish(axes, "epoch", "accuracy (%)")
    whole_ticks(axes)
    show_legend(axes, title=f"test after epoch {epochs[-1]:g}: {100 * test[-1]:.2f} %")


def column(history: Sequence[dict[str, Any]], key: str) -> np.ndarray:
    """Return one number of all records, shape (number of records,)."""
    return as_numbers([record[key] for record in history])
