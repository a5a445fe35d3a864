"""What a training run tells of itself: a record for each epoch, and a trace through its steps."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_POINTS = 4000


class History(list[dict[str, Any]]):
    """The records of a run, one an epoch, as a list that can draw itself.

    >>> record = {"epoch": 1, "train_loss": 0.5, "train_accuracy": 0.8, "test_accuracy": 0.7, "seconds": 1.0}
    >>> figure = History([record]).plot("one epoch")
    """

    def plot(self, title: str = "") -> "Figure":
        """Return a figure with loss and accuracy by epoch; in a notebook it shows itself."""
        from figures import plot_curves

        return plot_curves(self, title)


class Traces:
    """Learning rate, length of the gradient and loss, step by step.

    Of a long run every second, every fourth, ... step is kept, so that it never holds more than some thousand points.

    Attributes
    ----------
    columns : dict of str to list
        ``step`` (counted from 1), ``lr`` (NaN where the optimizer has none), ``gradient_norm`` and ``loss``.
    stride : int
        Every how many steps there is a point.

    Examples
    --------
    >>> traces = Traces()
    >>> for step in range(1, 5):
    ...     traces.add(step, lr=0.1, gradient_norm=2.0, loss=1.0 / step)
    >>> traces.columns["step"], traces.columns["loss"][-1]
    ([1, 2, 3, 4], 0.25)
    """

    def __init__(self) -> None:
        self.columns: dict[str, list[float]] = {"step": [], "lr": [], "gradient_norm": [], "loss": []}
        self.stride = 1

    def add(self, step: int, lr: float, gradient_norm: float, loss: float) -> None:
        """Note a step, if its turn is to be noted."""
        if (step - 1) % self.stride:
            return
        for column, value in zip(self.columns.values(), (step, lr, gradient_norm, loss), strict=True):
            column.append(value)
        if len(self.columns["step"]) > MOST_POINTS:
            self.stride *= 2
            self.columns = {
                name: [
                    value
                    for step, value in zip(self.columns["step"], column, strict=True)
                    if (step - 1) % self.stride == 0
                ]
                for name, column in self.columns.items()
            }

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the columns as arrays in float64, which keep every bit."""
        return {name: np.array(column, float) for name, column in self.columns.items()}

    def load(self, arrays: dict[str, np.ndarray], stride: int) -> None:
        """Take columns that :meth:`arrays` gave."""
        self.stride = stride
        self.columns = {name: arrays[name].tolist() for name in self.columns}
        self.columns["step"] = [int(step) for step in self.columns["step"]]
