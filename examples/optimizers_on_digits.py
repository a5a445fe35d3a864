"""Five optimizers learn handwritten digits: the same network, the same start, the same batches.

::

    SGD          W <- W - lr g
    Momentum     gathers the gradients g as a velocity
    AdaGrad      divides each weight's step by the root of the sum of its g^2
    RMSprop      the same with a running mean of g^2, which forgets
    Adam         momentum and RMSprop together

The picture shows the loss of each batch, averaged over the steps before it. The lowest line learns fastest; plain
SGD with the same small rate has hardly begun when the others are done. The learning rates are those of *Deep
Learning from Scratch*, chapter 6.1; each optimizer has its own best one, so this is no championship.

The digits are MNIST where it is on this machine, else the embedded ones.
"""

from itertools import islice

import numpy as np

from datasets import batches
from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import SGD, AdaGrad, Adam, Momentum, RMSprop

STEPS, BATCH, SMOOTHED = 300, 100, 15
OPTIMIZERS = (SGD(lr=0.01), Momentum(lr=0.01), AdaGrad(lr=0.01), RMSprop(lr=0.001), Adam(lr=0.001))


def endless_batches(data):
    """Yield mini-batches, epoch after epoch, always in the same order."""
    rng = np.random.default_rng(0)
    while True:
        yield from batches(data.x_train, data.t_train, BATCH, rng)


def losses(data, optimizer):
    """Return the loss of every step of a training."""
    network = MultiLayerNet(data.x_train.shape[1], [100] * 4, data.classes, seed=0)
    of_steps = []
    for x, t in islice(endless_batches(data), STEPS):
        optimizer.update(network.params, network.gradient(x, t))
        of_steps.append(network.last_loss)
    return np.array(of_steps)


def draw():
    """Train five times, and return the figure."""
    data = open_available()
    figure, axes = new_figure("Five optimizers, one network, the same batches", height=4.8)
    steps = np.arange(SMOOTHED, STEPS + 1)
    for optimizer, line in zip(OPTIMIZERS, LINES, strict=True):
        name = type(optimizer).__name__
        smooth = np.convolve(losses(data, optimizer), np.ones(SMOOTHED) / SMOOTHED, mode="valid")
        axes.plot(steps, smooth, **line, markevery=30, label=f"{name}, lr {optimizer.lr:g}")
        print(f"{data.name}, {name:9} mean loss of the last {SMOOTHED} steps {smooth[-1]:.3f}")
    axes.set(xlabel=f"step (a batch of {BATCH} digits)", ylabel="training loss", ylim=(0, 2.5))
    axes.legend(loc="upper right")
    return figure


if __name__ == "__main__":
    leave(draw)
