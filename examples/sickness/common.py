"""What the sick trainings and their pictures share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from datasets import load_digits
from figures.style import BLUE, GRID, ORANGE, log_scale
from training import Trainer, TrainingDiverged, diagnose

# What is sick is orange and dashed, what is mended blue.
SICK = {"color": ORANGE, "linestyle": "--"}
MENDED = {"color": BLUE, "linestyle": "-"}
POINTS = 60  # of a curve


@dataclass
class Training:
    """A training that has come to its end: what ``diagnose`` takes, and the losses of its steps."""

    network: Any
    data: tuple[Any, ...]
    optimizer: Any = None
    losses: list[float] = field(default_factory=list)
    trainer: Trainer | None = None
    rows: np.ndarray | None = None  # the samples of the last batch
    diverged: bool = False

    def findings(self) -> list[Any]:
        """Return what is wrong with it."""
        if self.trainer is not None:
            return diagnose(self.trainer)
        return diagnose(self.network, *self.data, optimizer=self.optimizer, losses=self.losses)

    def accuracies(self, part: str) -> list[float]:
        """Return the accuracy in per cent after each epoch, of the part ``train`` or ``test``."""
        return [100 * record[f"{part}_accuracy"] for record in self.trainer.history] if self.trainer else []


@dataclass(frozen=True)
class Case:
    """A code, the sick and the mended training, and what draws the two."""

    code: str
    train: Callable[[], tuple[Training, Training]]
    draw: Callable[[Figure, Training, Training], None]


def digits(samples: int | None = None) -> tuple[np.ndarray, ...]:
    """Return the embedded digits: training samples and labels, the first so many, and test samples and labels."""
    (x_train, t_train), (x_test, t_test) = load_digits()
    return x_train[:samples], t_train[:samples], x_test, t_test


def train(
    network: Any, optimizer: Any, data: tuple[Any, ...] | None = None, epochs: int = 5, batch_size: int = 50
) -> Training:
    """Train a network, on the digits where nothing else is said."""
    data = digits() if data is None else data
    trainer = Trainer(network, *data, optimizer=optimizer, epochs=epochs, batch_size=batch_size, seed=0)
    training = Training(network, data, optimizer, trainer=trainer)
    try:
        trainer.train()
    except TrainingDiverged:
        training.diverged = True
    training.losses = list(trainer.traces.columns["loss"])
    return training


def panels(figure: Figure, titles: Sequence[str], **options: Any) -> list[Axes]:
    """Return axes side by side, one for each title."""
    found = list(np.ravel(figure.subplots(1, len(titles), **options)))
    for axes, title in zip(found, titles, strict=True):
        axes.set_title(title)
        axes.grid(color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
    return found


def draw_losses(
    axes: Axes, sick: Training, mended: Training, names: tuple[str, str], guess: float | None = None
) -> None:
    """Draw the loss over the steps, each point the mean of some; ``guess`` is the loss of guessing.

    What is no number, or beyond fifty times the loss at which the mended one began, lies at the upper edge.
    """
    top, shown = 50 * mended.losses[0], []
    for training, name, line in zip((sick, mended), names, (SICK, MENDED), strict=True):
        steps, losses = thinned(training.losses)
        shown.append(np.minimum(losses, top))
        axes.plot(steps, shown[-1], **line, label=name, zorder=3 - steps[-1] / 1e6)
        if training.diverged:
            axes.text(steps[-1], shown[-1][-1], "   no number any more", color=line["color"], va="center")
    if guess is not None:
        axes.axhline(guess, color="#555555", linestyle=":", label="guessing")
    low, high = float(np.concatenate(shown).min()), float(np.concatenate(shown).max())
    if high > 20 * low:
        log_scale(axes, low / 1.5, high * 1.5)
    else:
        axes.set_ylim(0, 1.08 * high)
    axes.set_xlabel("step")
    axes.legend()


def thinned(losses: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return some steps, and the mean loss of those around each."""
    values = np.nan_to_num(np.array(losses, float), nan=np.inf, posinf=np.inf)
    pieces = np.array_split(np.arange(1, len(values) + 1), min(POINTS, len(values)))
    return np.array([piece.mean() for piece in pieces]), np.array([values[piece - 1].mean() for piece in pieces])


def draw_accuracies(axes: Axes, lines: dict[str, tuple[Sequence[float], dict[str, Any]]], lowest: float = 0) -> None:
    """Draw accuracies in per cent over the epochs, each with its look, by name."""
    for name, (accuracies, line) in lines.items():
        axes.plot(range(1, len(accuracies) + 1), accuracies, **line, label=name, zorder=3 - len(accuracies) / 1e6)
    axes.set_ylim(lowest, 104)
    axes.set_xlabel("epoch")
    axes.legend()


def draw_bars(
    axes: Axes, labels: Sequence[str], sick: Sequence[float], mended: Sequence[float], names: tuple[str, str]
) -> None:
    """Draw two bars beside each other for each label."""
    places = np.arange(len(labels))
    axes.bar(places - 0.2, sick, 0.38, color=SICK["color"], label=names[0])
    axes.bar(places + 0.2, mended, 0.38, color=MENDED["color"], label=names[1])
    axes.set_xticks(places, labels)
    axes.grid(visible=False, axis="x")
    axes.legend()
