"""Learning rates that are too high and too low."""

import functools

import numpy as np
from matplotlib.figure import Figure

from examples.sickness.common import MENDED, SICK, Case, Training, draw_losses, panels, train
from networks import TwoLayerNet
from training import SGD

RATES = 10.0 ** np.arange(-5, 2.1, 0.5)
HIGH, RIGHT, LOW = 50.0, 0.5, 0.0001


def at_rate(lr: float, epochs: int = 5) -> Training:
    """Train the digits' network at a rate."""
    return train(TwoLayerNet(64, 50, 10, seed=0), SGD(lr=lr), epochs=epochs)


def too_high() -> tuple[Training, Training]:
    """Train with steps that leap over the valley, and with shorter ones."""
    return at_rate(HIGH), at_rate(RIGHT)


def too_low() -> tuple[Training, Training]:
    """Train with steps that lead nowhere, and with longer ones."""
    return at_rate(LOW), at_rate(RIGHT)


@functools.cache
def losses_by_rate() -> list[float]:
    """Return the loss after some steps at each rate."""
    return [float(np.mean(at_rate(lr, 3).losses[-10:])) for lr in RATES]


def draw_rate(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the loss that each rate reaches, and where the two trainings are."""
    left, right = panels(figure, ["loss after 87 steps, by learning rate", "loss"])
    left.plot(RATES, np.minimum(losses_by_rate(), 4.0), color="#888888", linewidth=1)
    left.set(xscale="log", xlabel="learning rate", ylim=(0, 4.2))
    left.set_xticks(RATES[2::4], [f"{rate:g}" for rate in RATES[2::4]])
    left.set_xticks([], minor=True)
    for training, line in ((sick, SICK), (mended, MENDED)):
        lr = training.optimizer.lr
        loss = min(float(np.interp(np.log(lr), np.log(RATES), losses_by_rate())), 4.0)
        left.plot(lr, loss, "o", color=line["color"], markersize=8)
    names = f"lr={sick.optimizer.lr:g}", f"lr={mended.optimizer.lr:g}"
    draw_losses(right, sick, mended, names)


CASES = (Case("learning-rate-too-high", too_high, draw_rate), Case("learning-rate-too-low", too_low, draw_rate))
