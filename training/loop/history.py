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

    Of a long run every second, every fourth, ... step is kept, and the last one, so that it never holds more than some
    thousand points.

    Attributes
    ----------
    columns : dict of str to list
        ``step`` (counted from 1), ``lr`` (NaN where the optimizer has none), ``gradient_norm`` and ``loss``.
    stride : int
        Every how many steps there is a point that stays.

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
        """Note a step, in the place of the last one if that is none of those that stay."""
        steps = self.columns["step"]
        passing = bool(steps) and not self.stays(steps[-1])
        for column, value in zip(self.columns.values(), (step, lr, gradient_norm, loss), strict=True):
            if passing:
                column.pop()
            column.append(value)
        if len(steps) > MOST_POINTS:
            self.thin()

    def stays(self, step: float) -> bool:
        """Return whether the point of a step stays when others follow."""
        return (step - 1) % self.stride == 0

    def thin(self) -> None:
        """Keep every second of the points that stay, and the last one."""
        self.stride *= 2
        last = len(self.columns["step"]) - 1
        kept = [place for place, step in enumerate(self.columns["step"]) if place == last or self.stays(step)]
        self.columns = {name: [column[place] for place in kept] for name, column in self.columns.items()}

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the columns as arrays in float64, which keep every bit."""
        return {name: np.array(column, float) for name, column in self.columns.items()}

    def load(self, arrays: dict[str, np.ndarray], stride: int) -> None:
        """Take columns that :meth:`arrays` gave."""
        self.stride = stride
        self.columns = {name: arrays[name].tolist() for name in self.columns}
        self.columns["step"] = [int(step) for step in self.columns["step"]]
