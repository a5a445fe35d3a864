"""Samples and labels from which nothing, or the wrong thing, is learned."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from datasets import moons
from examples.sickness.common import (
    MENDED,
    SICK,
    Case,
    Training,
    digits,
    draw_accuracies,
    draw_bars,
    draw_losses,
    panels,
    train,
)
from figures.style import log_scale
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam

NAMES = "as it is", "mended"
UNITS = np.array([0.002, 1.0, 40.0, 3000.0])  # of the features of a table


def split(x: np.ndarray, t: np.ndarray, count: int) -> tuple[np.ndarray, ...]:
    """Return the first so many samples for training, and the others for the test."""
    return x[:count], t[:count], x[count:], t[count:]


def nothing_to_learn() -> tuple[Training, Training]:
    """Train on targets that have nothing to do with the inputs, and on targets that have."""
    rng = np.random.default_rng(0)
    x, noise = rng.standard_normal((2, 1200, 4)).astype(np.float32)
    tables = noise[:, :1], (x[:, :1] - x[:, 1:2] + 0.3 * noise[:, :1]) / 1.4
    sick, mended = (
        train(MultiLayerNet(4, [20], 1, seed=0, loss="identity"), SGD(lr=0.02), split(x, t, 900), epochs=15)
        for t in tables
    )
    return sick, mended


def unscaled() -> tuple[Training, Training]:
    """Train on the features of a table in their own units, and scaled."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((600, 4)).astype(np.float32)
    t = (x[:, 0] * x[:, 1] + x[:, 2] > 0.3 * x[:, 3]).astype(int)
    network = [MultiLayerNet(4, [40], 2, seed=0) for _ in range(2)]
    return (
        train(network[0], SGD(lr=0.1), split((x * UNITS).astype(np.float32), t, 450), 30),
        train(network[1], SGD(lr=0.1), split(x, t, 450), 30),
    )


def unrelated() -> tuple[Training, Training]:
    """Train on digits whose labels were shuffled, and on digits with their own."""
    x, t, x_test, t_test = digits(300)
    shuffled = np.random.default_rng(0).permutation(t)
    sick, mended = (
        train(TwoLayerNet(64, 100, 10, seed=0), Adam(lr=0.01), (x, labels, x_test, t_test), 40)
        for labels in (shuffled, t)
    )
    return sick, mended


def leaked() -> tuple[Training, Training]:
    """Train on points of which half stand in the test too, and on the same points with another test."""
    x, t = moons(80, noise=0.45, seed=2)
    x_new, t_new = moons(200, noise=0.45, seed=3)
    sick, mended = (
        train(MultiLayerNet(2, [80, 80], 2, seed=3), Adam(lr=0.02), (x, t, *test), 150, 20)
        for test in ((x[::2], t[::2]), (x_new, t_new))
    )
    return sick, mended


def rare() -> tuple[Training, Training]:
    """Train on many points of one moon and few of the other, and with every class as often."""
    (x, t), test = moons(400, noise=0.25, seed=1), moons(200, noise=0.25, seed=2)
    few, many = np.flatnonzero(t == 1)[:6], np.flatnonzero(t == 0)
    as_often = np.concatenate([many, np.resize(few, len(many))])
    rows = np.concatenate([many, few])
    sick, mended = (
        train(TwoLayerNet(2, 30, 2, seed=0), SGD(lr=0.1), (x[chosen], t[chosen], *test), 20 * 200 // len(chosen), 20)
        for chosen in (rows, as_often)
    )
    return sick, mended


def one_class() -> tuple[Training, Training]:
    """Train on labels that a comparison has made all the same, and on odd and even."""
    x, t, x_test, t_test = digits()
    sick = train(TwoLayerNet(64, 30, 2, seed=0), SGD(lr=0.3), (x, (t % 2 > 1).astype(int), x_test, t_test % 2))
    mended = train(TwoLayerNet(64, 30, 2, seed=0), SGD(lr=0.3), (x, t % 2, x_test, t_test % 2))
    return sick, mended


def draw_values(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw targets and answers, and the loss with that of guessing."""
    left, right = panels(figure, ["targets and answers", "loss"])
    for training, line, name in ((mended, MENDED, NAMES[1]), (sick, SICK, NAMES[0])):
        _, _, x, t = training.data
        left.plot(t[:, 0], training.network.predict(x)[:, 0], ".", color=line["color"], markersize=3, label=name)
    left.set(xlabel="target", ylabel="answer", xlim=(-3, 3), ylim=(-3, 3))
    left.legend(loc="upper left", markerscale=3)
    draw_losses(right, sick, mended, NAMES, guess=0.5 * float(np.var(sick.data[1])))


def draw_scales(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the size of the features."""
    left, right = panels(figure, ["deviation of each feature", "loss"])
    sizes = [one.data[0].std(axis=0) for one in (sick, mended)]
    draw_bars(left, [f"x{number}" for number in range(1, 5)], *sizes, NAMES)
    log_scale(left, 1e-3, 1e5)
    left.legend(loc="upper left")
    draw_losses(right, sick, mended, NAMES)


def draw_parts(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the accuracy on training samples, and on test samples."""
    both = panels(figure, ["accuracy in training (%)", "accuracy in the test (%)"])
    for axes, part in zip(both, ("train", "test"), strict=True):
        draw_accuracies(axes, {NAMES[0]: (sick.accuracies(part), SICK), NAMES[1]: (mended.accuracies(part), MENDED)})


def draw_leak(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the points that stand on both sides, and the accuracies that are measured with them and without."""
    left, right = panels(figure, ["test samples among the training samples", "test accuracy (%)"])
    x, _, x_test, _ = sick.data
    left.plot(*x.T, ".", color=MENDED["color"], markersize=4, label="training")
    left.plot(*x_test.T, "o", color=SICK["color"], markersize=7, fillstyle="none", label="test")
    left.legend(loc="upper right", ncols=2)
    left.set_ylim(top=3)
    lines = {"as it is": (sick.accuracies("test"), SICK), "new samples": (mended.accuracies("test"), MENDED)}
    draw_accuracies(right, lines, lowest=50)


def draw_classes(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw how many labels each class has, and how much of it is recognised."""
    left, right = panels(figure, ["training samples", "recognised in the test (%)"])
    classes = ["class 0", "class 1"]
    draw_bars(left, classes, *(np.bincount(one.data[1], minlength=2) for one in (sick, mended)), NAMES)
    draw_bars(right, classes, *(recognised(one) for one in (sick, mended)), NAMES)
    for axes in (left, right):
        axes.set_ylim(top=1.35 * axes.get_ylim()[1])
        axes.legend(loc="upper right", ncols=2)


def recognised(training: Training) -> list[float]:
    """Return how many of a hundred test samples of each class are recognised."""
    _, _, x, t = training.data
    answers = training.network.predict(x).argmax(axis=1)
    return [100 * float(np.mean(answers[t == k] == k)) for k in np.unique(t)]


def draw_answers(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the labels, and the answers to test samples."""
    left, right = panels(figure, ["training labels", "answers to test samples"])
    kinds = ["even", "odd"]
    draw_counts(left, kinds, [one.data[1] for one in (sick, mended)])
    draw_counts(right, kinds, [one.network.predict(one.data[2]).argmax(axis=1) for one in (sick, mended)])


def draw_counts(axes: Axes, kinds: list[str], labels: list[np.ndarray]) -> None:
    """Draw how often each class occurs."""
    draw_bars(axes, kinds, *(np.bincount(some, minlength=2) for some in labels), NAMES)


CASES = (
    Case("not-learning", nothing_to_learn, draw_values),
    Case("unscaled-input", unscaled, draw_scales),
    Case("labels-unrelated", unrelated, draw_parts),
    Case("leak", leaked, draw_leak),
    Case("imbalanced", rare, draw_classes),
    Case("one-answer", one_class, draw_answers),
)
