"""Overfitting, and two remedies: of 1,000 training digits 300 bear a wrong label, and a network learns those too.

::

    weight decay    dL/dW + 0.03 W    every step pulls the weights towards zero
    dropout         each unit is silent in 6 of 10 steps, chosen by lot, so that none can rely on another

The picture shows the accuracy on the training digits, wrong labels and all, and on test digits with right ones. A
network that has understood the digits gets 70 % of the training labels, those that are right. With neither remedy
the training line climbs far above that: it learns mistakes by heart, and the test line pays for it. With weight
decay or dropout it stays near, and the test line stays up.

The digits are MNIST where it is on this machine, else the embedded ones.
"""

import numpy as np

from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import Momentum, Trainer

SAMPLES, WRONG, EPOCHS = 1000, 300, 60
REMEDIES = {
    "neither": {},
    "weight decay": {"weight_decay_lambda": 0.03},
    "dropout": {"use_dropout": True, "dropout_ratio": 0.6},
}


def history(data, remedy):
    """Train on labels of which some are wrong, and return the records of all epochs."""
    t = data.t_train[:SAMPLES].copy()
    t[:WRONG] = (t[:WRONG] + np.random.default_rng(0).integers(1, data.classes, WRONG)) % data.classes
    network = MultiLayerNet(data.x_train.shape[1], [200, 200], data.classes, seed=0, **remedy)
    samples = data.x_train[:SAMPLES], t, data.x_test[:SAMPLES], data.t_test[:SAMPLES]
    return Trainer(network, *samples, optimizer=Momentum(lr=0.01), epochs=EPOCHS, batch_size=50, seed=0).train()


def draw():
    """Train three times, and return the figure."""
    data = open_available()
    figure, panels = new_figure("Learning mistakes by heart, and two remedies", 1, 3, 4.2, sharex=True, sharey=True)
    for axes, (name, remedy) in zip(panels, REMEDIES.items(), strict=True):
        records = history(data, remedy)
        for kind, words, line in (("train", "training", LINES[0]), ("test", "test", LINES[1])):
            percent = [100 * record[f"{kind}_accuracy"] for record in records]
            axes.plot(range(1, EPOCHS + 1), percent, **line, markevery=8, label=words)
        right = 100 * (1 - WRONG / SAMPLES)
        axes.axhline(right, color="#555555", linestyle=":", label="right labels")
        axes.set(title=name, xlabel="epoch", ylim=(0, 104))
        last = records[-1]
        print(f"{data.name}, {name}: training {last['train_accuracy']:.1%}, test {last['test_accuracy']:.1%}")
    panels[0].set_ylabel("accuracy (%)")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


if __name__ == "__main__":
    leave(draw)
