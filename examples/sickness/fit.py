"""Networks that learn by heart or too little, and trainings that end too early or too late."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from datasets import spiral
from examples.sickness.common import MENDED, SICK, Case, Training, digits, draw_accuracies, draw_losses, panels, train
from figures.style import LINES
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam

NAMES = "as it is", "mended"


def by_heart() -> tuple[Training, Training]:
    """Train on 60 digits, and on all."""
    sick, mended = (
        train(TwoLayerNet(64, 100, 10, seed=0), SGD(lr=0.3), digits(count), epochs, 30)
        for count, epochs in ((60, 40), (None, 40))
    )
    return sick, mended


def too_simple() -> tuple[Training, Training]:
    """Train without a hidden layer, and with one."""
    data = *spiral(300, noise=0.1, seed=0), *spiral(150, noise=0.1, seed=1)
    sick, mended = (train(MultiLayerNet(2, sizes, 3, seed=0), Adam(lr=0.02), data, 60, 20) for sizes in ([], [50]))
    return sick, mended


def too_short() -> tuple[Training, Training]:
    """Train for two epochs, and for twenty."""
    sick, mended = (train(TwoLayerNet(64, 50, 10, seed=0), SGD(lr=0.1), epochs=epochs) for epochs in (2, 20))
    return sick, mended


def too_long() -> tuple[Training, Training]:
    """Train zeros and sixes for 60 epochs, and for six."""
    x, t, x_test, t_test = digits()
    chosen, tested = np.isin(t, (0, 6)), np.isin(t_test, (0, 6))
    data = x[chosen], t[chosen], x_test[tested], t_test[tested]
    sick, mended = (train(TwoLayerNet(64, 50, 10, seed=0), SGD(lr=0.1), data, epochs, 20) for epochs in (60, 6))
    return sick, mended


def draw_gap(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the accuracies in training and in the test."""
    both = panels(figure, [f"{len(one.data[0]):,} training samples: accuracy (%)" for one in (sick, mended)])
    for axes, training in zip(both, (sick, mended), strict=True):
        draw_accuracies(
            axes, {"training": (training.accuracies("train"), MENDED), "test": (training.accuracies("test"), SICK)}
        )


def draw_boundaries(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw where the networks draw the line."""
    reached = [one.accuracies("train")[-1] for one in (sick, mended)]
    words = f"no hidden layer: {reached[0]:.0f} %", f"50 hidden units: {reached[1]:.0f} %", "loss"
    left, middle, right = panels(figure, words)
    for axes, training in ((left, sick), (middle, mended)):
        draw_answers(axes, training)
    draw_losses(right, sick, mended, NAMES)


def draw_answers(axes: Axes, training: Training) -> None:
    """Draw the plane in the colours of the network's answers, and the training points in those of their labels."""
    x, t = training.data[:2]
    sides = [np.linspace(low - 0.1, high + 0.1, 120) for low, high in zip(x.min(axis=0), x.max(axis=0), strict=True)]
    places = np.stack(np.meshgrid(*sides), axis=-1).astype(np.float32)
    answers = training.network.predict(places.reshape(-1, 2)).argmax(axis=1).reshape(places.shape[:2])
    colours = [line["color"] for line in LINES[:3]]
    axes.contourf(*sides, answers, levels=(-0.5, 0.5, 1.5, 2.5), colors=colours, alpha=0.25)
    for k, colour in enumerate(colours):
        axes.plot(*x[t == k].T, ".", color=colour, markersize=3)
    axes.grid(visible=False)
    axes.set(xticks=[], yticks=[])


def draw_later(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the loss, and the accuracy in the test."""
    left, right = panels(figure, ["loss", "test accuracy (%)"])
    names = tuple(f"{len(one.accuracies('test'))} epochs" for one in (sick, mended))
    draw_losses(left, sick, mended, names)
    draw_accuracies(
        right, {names[0]: (sick.accuracies("test"), SICK), names[1]: (mended.accuracies("test"), MENDED)}, lowest=50
    )


CASES = (
    Case("overfitting", by_heart, draw_gap),
    Case("underfitting", too_simple, draw_boundaries),
    Case("unfinished", too_short, draw_later),
    Case("plateau", too_long, draw_later),
)
