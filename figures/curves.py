"""Loss and accuracy, epoch by epoch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.marked import mark_epochs
from figures.style import LINES, as_numbers, finish, get_axes, line_style, show_legend, whole_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TRAIN, TEST, VALIDATION = LINES[:3]
LINES_OF = {"training": ("train_{}", TRAIN), "validation": ("validation_{}", VALIDATION), "test": ("test_{}", TEST)}
KEYS = ("epoch", "train_loss", "train_accuracy", "test_accuracy")


def plot_curves(
    history: Sequence[dict[str, Any]],
    title: str = "",
    axes: Any = None,
    findings: Sequence[Mapping[str, Any]] | None = None,
) -> "Figure":
    """Return a figure with the loss on the left, training and test accuracy on the right.

    The history of a regression has no accuracy; its figure has the loss alone, in training and test. With samples held
    out for validation, there are lines for them too. A number that is None or not finite is a gap in its line.

    Parameters
    ----------
    history : sequence of dict
        The records of :class:`training.Trainer`, at least one.
    title : str
        A character that the font lacks becomes ``?``.
    axes : sequence of Axes, optional
        The two axes (for a regression: the one) to draw on; without them, those of a new figure.
    findings : sequence of mapping, optional
        Of a diagnosis, as plain data. Where one has an ``epoch``, a line stands there, with its ``code`` above.

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
        mark_epochs(each, history, findings or ())
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
    """Draw the mean training loss of each epoch, and the losses in validation and test where they were measured."""
    drawn = draw_lines(axes, history, "loss", 1)
    finish(axes, "epoch", "loss" if len(drawn) > 1 else "training loss")
    whole_ticks(axes)
    if not any((line < 0).any() for line in drawn.values()):
        axes.set_ylim(bottom=0)
    if len(drawn) > 1:
        last = {name: line[-1] for name, line in drawn.items()}
        told = f"test after epoch {history[-1]['epoch']:g}: {last['test']:.4g}" if "test" in last else None
        show_legend(axes, title=told)


def plot_accuracy(axes: "Axes", history: Sequence[dict[str, Any]]) -> None:
    """Draw training, validation and test accuracy after each epoch; the last one in the test is above their names."""
    drawn = draw_lines(axes, history, "accuracy", 100)
    finish(axes, "epoch", "accuracy (%)")
    whole_ticks(axes)
    show_legend(axes, title=f"test after epoch {history[-1]['epoch']:g}: {drawn['test'][-1]:.2f} %")


def draw_lines(axes: "Axes", history: Sequence[dict[str, Any]], what: str, times: float) -> dict[str, np.ndarray]:
    """Draw a line for each set of samples of which the last record has the number, and return the lines."""
    epochs, drawn = column(history, "epoch"), {}
    for name, (key, look) in LINES_OF.items():
        if history[-1].get(key.format(what)) is not None or key.format(what) in KEYS:
            drawn[name] = times * column(history, key.format(what))
            axes.plot(epochs, drawn[name], label=name, **line_style(look, len(epochs)))
    return drawn


def column(history: Sequence[dict[str, Any]], key: str) -> np.ndarray:
    """Return one number of all records, shape (number of records,)."""
    return as_numbers([record.get(key) for record in history])
