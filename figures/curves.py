"""Loss and accuracy, epoch by epoch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TRAIN = {"color": "#1f5fa8", "marker": "o", "linestyle": "-"}
TEST = {"color": "#c2570c", "marker": "s", "linestyle": "--"}


def plot_curves(history: Sequence[dict[str, Any]], title: str = "") -> "Figure":
    """Return a figure with the training loss on the left, training and test accuracy on the right.

    The history of a regression has no accuracy; its figure has the loss alone.

    Parameters
    ----------
    history : sequence of dict
        The records of :class:`training.Trainer`, at least one.
    title : str

    Raises
    ------
    ValueError
        When the history is empty.
    """
    from matplotlib.figure import Figure

    if not history:
        raise ValueError("there is nothing to draw: the history holds no epoch")
    plots = [plot_loss] if history[0]["test_accuracy"] is None else [plot_loss, plot_accuracy]
    figure = Figure(figsize=(4.5 * len(plots), 3.6))
    figure.subplots_adjust(left=0.16 / len(plots), right=0.98, bottom=0.15, top=0.88, wspace=0.22)
    for plot, axes in zip(plots, figure.subplots(1, len(plots), squeeze=False)[0], strict=True):
        plot(axes, history)
    figure.suptitle(title)
    return figure


def plot_loss(axes: "Axes", history: Sequence[dict[str, Any]]) -> None:
    """Draw the mean training loss of each epoch."""
    epochs = [record["epoch"] for record in history]
    axes.plot(epochs, [record["train_loss"] for record in history], label="training", **style(TRAIN, epochs))
    finish(axes, "training loss", epochs)
    axes.set_ylim(bottom=0)


def plot_accuracy(axes: "Axes", history: Sequence[dict[str, Any]]) -> None:
    """Draw training and test accuracy after each epoch, the last test accuracy written beside its point."""
    epochs = [record["epoch"] for record in history]
    test = [100 * record["test_accuracy"] for record in history]
    axes.plot(epochs, [100 * record["train_accuracy"] for record in history], label="training", **style(TRAIN, epochs))
    axes.plot(epochs, test, label="test", **style(TEST, epochs))
    finish(axes, "accuracy (%)", epochs)
    axes.legend(loc="lower right", title=f"test after epoch {epochs[-1]}: {test[-1]:.2f} %")


def style(line: dict[str, Any], epochs: Sequence[int]) -> dict[str, Any]:
    """Return the line's look, with at most about twenty markers."""
    return {**line, "markersize": 4, "linewidth": 1.6, "markevery": max(1, len(epochs) // 20)}


def finish(axes: "Axes", quantity: str, epochs: Sequence[int]) -> None:
    """Label the axes; epochs are whole numbers."""
    from matplotlib.ticker import MaxNLocator

    axes.set_xlabel("epoch")
    axes.set_ylabel(quantity)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
