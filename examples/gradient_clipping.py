"""Gradient clipping: a leash that keeps one giant step from ending a training.

::

    norm = sqrt(sum of the squares of all gradients)
    if norm > 5:    every gradient times 5 / norm        the direction stays, the step gets shorter

A network of nine layers starts with weights that are too large. The picture shows two trainings with the same
start and the same batches. The first gradients are long in both. Without clipping the first steps throw the weights
far off, where gradients are longer still: within a few steps the loss is beyond all bounds. With clipping the steps
stay short while the gradients are long, and the loss falls; later most gradients are within the leash.

The digits are MNIST where it is on this machine, else the embedded ones.

Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
"""

from itertools import islice

import numpy as np

from datasets import batches
from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import SGD, clip_gradient_norm

LEASH, ENDLESS, HOPELESS, STEPS = 5.0, 1e30, 1e12, 150


def run(data, max_norm):
    """Return the loss and the norm of the gradients of every step, until the loss is hopeless."""
    network = MultiLayerNet(data.x_train.shape[1], [100] * 8, data.classes, weight_init_std=0.2, seed=0)
    optimizer, rng, steps = SGD(lr=0.1), np.random.default_rng(0), []
    epochs = (batches(data.x_train, data.t_train, 100, rng) for _ in range(STEPS))
    for x, t in islice((batch for epoch in epochs for batch in epoch), STEPS):
        with np.errstate(over="ignore", invalid="ignore"):
            grads = network.gradient(x, t)
        if not network.last_loss < HOPELESS:
            break
        steps.append((network.last_loss, clip_gradient_norm(grads, max_norm)))
        optimizer.update(network.params, grads)
    return np.array(steps).T


def draw():
    """Train twice, and return the figure."""
    data = open_available()
    figure, panels = new_figure("Clipping keeps an exploding training alive", 1, 2, 4.4)
    for name, max_norm, line in (("without clipping", ENDLESS, LINES[1]), ("with clipping", LEASH, LINES[0])):
        curves = run(data, max_norm)
        for axes, values in zip(panels, curves, strict=True):
            numbers = range(1, len(values) + 1)
            axes.semilogy(numbers, values, **line, markevery=15 if len(values) == STEPS else 1, label=name)
            if len(values) < STEPS:
                axes.plot(len(values), values[-1], color=line["color"], marker="X", markersize=13)
                axes.text(len(values) + 6, values[-1], "the end", color=line["color"], va="center")
        print(f"{data.name}, {name}: loss {curves[0][0]:.1f} at first, {curves[0][-1]:.3g} in step {len(values)}")
    panels[1].axhline(LEASH, color="#555555", linestyle=":")
    panels[1].text(STEPS, LEASH * 2.5, f"clipped to {LEASH:g}", color="#333333", ha="right")
    for axes, quantity in zip(panels, ("training loss", "norm of the gradients"), strict=True):
        axes.set(xlabel="step", ylabel=quantity)
    panels[0].legend(loc="upper right")
    return figure


if __name__ == "__main__":
    leave(draw)
