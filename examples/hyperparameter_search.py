"""Searching hyperparameters: random trials on logarithmic scales, judged by digits set aside for that.

::

    lr = 10^u, u uniform in (-4, 0.5)        weight decay = 10^v, v uniform in (-6, 0)

The exponents are drawn and not the numbers, because 0.001 and 0.01 differ as much as 0.1 and 1 do; and at random, not
on a grid, because then no two trials have the same learning rate. The picture shows 80 trials, on the left by both
numbers (large and dark is good), on the right by the learning rate alone: it decides nearly everything, below a good
range too slow, above it diverging, and the weight decay only must not be large (hollow squares). The star is the
best trial. The test digits are asked once, at the end, about it alone; chosen by them, it would look better than it is.

The experiment is that of *Deep Learning from Scratch*, chapter 6.5. The digits are MNIST where it is on this
machine, else the embedded ones.

Source: J. Bergstra, Y. Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012.
"""

from contextlib import suppress

import numpy as np

from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import SGD, Trainer, TrainingDiverged

TRIALS, SAMPLES, VALIDATED, EPOCHS = 80, 500, 500, 10
BLUE, ORANGE = LINES[0]["color"], LINES[1]["color"]


def train(data, lr, decay):
    """Return a network trained with these, and its accuracy on the validation digits; 0 where it diverged."""
    network = MultiLayerNet(data.x_train.shape[1], [100], data.classes, weight_decay_lambda=decay, seed=0)
    x, x_validation = np.split(data.x_train[: SAMPLES + VALIDATED], [SAMPLES])
    t, t_validation = np.split(data.t_train[: SAMPLES + VALIDATED], [SAMPLES])
    trainer = Trainer(
        network, x, t, x_validation, t_validation, optimizer=SGD(lr), epochs=EPOCHS, batch_size=50, seed=0
    )
    with suppress(TrainingDiverged):
        trainer.train()
    return network, trainer.history[-1]["test_accuracy"] if len(trainer.history) == EPOCHS else 0.0


def draw():
    """Search, and return the figure."""
    data, rng = open_available(), np.random.default_rng(0)
    trials = np.column_stack([10 ** rng.uniform(-4, 0.5, TRIALS), 10 ** rng.uniform(-6, 0, TRIALS)])
    networks, accuracies = zip(*(train(data, lr, decay) for lr, decay in trials), strict=True)
    percent, best = 100 * np.array(accuracies), int(np.argmax(accuracies))
    lr, decay = trials.T
    figure, (plane, line) = new_figure(f"{TRIALS} random trials, judged on a validation set", 1, 2, 4.4)
    order = np.argsort(percent)
    dots = {"c": percent[order], "cmap": "Blues", "vmin": -20, "vmax": 110, "edgecolor": "#444444", "linewidth": 0.6}
    plane.scatter(lr[order], decay[order], s=10 + 0.012 * percent[order] ** 2, **dots)
    large = decay > 0.1
    line.scatter(lr[~large], percent[~large], s=25, color=BLUE, label="weight decay up to 0.1")
    line.scatter(lr[large], percent[large], s=25, marker="s", facecolor="white", edgecolor=BLUE, label="above 0.1")
    for axes, height in ((plane, decay[best]), (line, percent[best])):
        axes.plot(lr[best], height, marker="*", markersize=20, color=ORANGE, markeredgecolor="white")
        axes.set(xscale="log", xlabel="learning rate", xticks=(1e-4, 1e-3, 1e-2, 1e-1, 1))
    plane.set(yscale="log", ylabel="weight decay")
    line.set(ylabel="validation accuracy (%)", ylim=(-3, 113), yticks=range(0, 101, 20))
    line.legend(loc="upper left", borderpad=0, handletextpad=0.2)
    test = networks[best].accuracy(data.x_test, data.t_test)
    print(
        f"{data.name}: the best of {TRIALS} trials has lr {lr[best]:.3g} and weight decay {decay[best]:.1e}:", end=" "
    )
    print(f"{percent[best]:.1f} % of the validation digits, and {100 * test:.1f} % of the test digits")
    return figure


if __name__ == "__main__":
    leave(draw)
