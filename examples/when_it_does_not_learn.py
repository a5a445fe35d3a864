"""When it does not learn: one network, trained six times with something wrong, and once as it should be.

::

    findings = diagnose(trainer)      what is wrong, causes first; of each a code, a message, a remedy
    findings[0].tried                 what happened when the remedy was tried on a copy

The picture shows the loss of each, with that of the healthy training, and above it the code that
``diagnose`` gave first. A loss beyond 5, or that is no number any more, lies at the upper edge. The same curve has many
causes; and where the labels were shuffled, the loss falls all the same: the network learns them by heart.

The digits are MNIST where it is on this machine, else the embedded ones.
"""

import contextlib

import numpy as np

from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import SGD, Trainer, TrainingDiverged, diagnose

SAMPLES, EPOCHS, BATCH = 1000, 40, 50
WRONG = {
    "learning rate 50": {"lr": 50.0},
    "weights of 0": {"init": 0.0},
    "sigmoid, tiny weights": {"init": 0.0001, "activation": "sigmoid"},
    "labels shuffled": {"shuffled": True},
    "pixels from 0 to 255": {"scale": 255},
    "100 samples": {"samples": 100},
}


def train(data, lr=0.1, init="he", activation="relu", shuffled=False, scale=1, samples=SAMPLES):
    """Return the trainer after a training, in which one thing may be wrong."""
    x, t = data.x_train[:samples] * np.float32(scale), data.t_train[:samples]
    t = np.random.default_rng(0).permutation(t) if shuffled else t
    network = MultiLayerNet(x.shape[1], [100, 100, 100], data.classes, activation, init, seed=0)
    test = data.x_test[:SAMPLES] * np.float32(scale), data.t_test[:SAMPLES]
    trainer = Trainer(network, x, t, *test, optimizer=SGD(lr=lr), epochs=EPOCHS, batch_size=BATCH, seed=0)
    with contextlib.suppress(TrainingDiverged):
        trainer.train()
    return trainer


def curve(trainer):
    """Return times in epochs, and the mean loss around each; at most 5, which is far above guessing."""
    losses = np.nan_to_num(np.array(trainer.traces.columns["loss"], float), nan=np.inf)
    pieces = np.array_split(np.arange(len(losses)), min(EPOCHS, len(losses)))
    return [p.mean() / trainer.steps_per_epoch for p in pieces], [min(5.0, losses[p].mean()) for p in pieces]


def draw():
    """Train seven times, diagnose, and return the figure."""
    data = open_available()
    healthy = train(data)
    print(f"{data.name}, healthy: {', '.join(map(str, diagnose(healthy))) or 'nothing was found'}")
    figure, panels = new_figure("When it does not learn", 2, 3, 5.4, sharex=True, sharey=True)
    for axes, (name, wrong) in zip(panels.flat, WRONG.items(), strict=True):
        trainer = train(data, **wrong)
        finding = diagnose(trainer)[0]
        print(f"{name}: {finding}")
        axes.plot(*curve(healthy), color=LINES[0]["color"], label="healthy")
        axes.plot(*curve(trainer), **LINES[1], markevery=6, label="as it is")
        axes.set_title(f"{name}:\n{finding.code}", fontsize=11)
        axes.set_xlabel("epoch" if axes in panels[-1] else "")
        axes.set_ylabel("loss" if axes in panels[:, 0] else "")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


if __name__ == "__main__":
    leave(draw)
