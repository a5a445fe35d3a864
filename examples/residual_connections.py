"""Residual connections: why a network of 42 layers learns when each block only adds to what it gets.

::

    plain       y = f(x)              dL/dx = f.backward(dout)
    residual    y = x + f(x)          dL/dx = dout + f.backward(dout)

f is affine, ReLU, affine; another ReLU follows. In a plain network a gradient reaches the first layer only through
the product of all layers above it; a residual block has a way past f, on which it arrives unchanged. The picture
shows, on the left, how two networks of 42 layers learn; on the right, the loss at the end for other depths too. The
plain network learns the more slowly the deeper it is, the residual one learns as fast or faster.

The last affine layer of each residual branch begins at a tenth of He's standard deviation, so that each block begins
close to y = x. The digits are MNIST where it is on this machine, else the embedded ones.

Source: K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016.
"""

from itertools import islice

import numpy as np

from datasets import batches
from datasets.opening import open_available
from layers import Affine, ReLU, Residual, SoftmaxWithLoss
from layers.initializers import he
from networks import Network
from picture import LINES, leave, new_figure
from training import Adam

BLOCKS, WIDTH, STEPS, LAST = (2, 5, 10, 20), 48, 250, 25


def build(blocks, residual, inputs, classes):
    """Return a network of ``2 blocks + 2`` affine layers."""
    rng = np.random.default_rng(0)

    def affine(D, M, factor=1):
        return Affine(np.float32(factor) * he((D, M), rng), np.zeros(M, np.float32))

    layers = [affine(inputs, WIDTH), ReLU()]
    for _ in range(blocks):
        f = affine(WIDTH, WIDTH), ReLU(), affine(WIDTH, WIDTH, 0.1 if residual else 1)
        layers += [Residual(*f), ReLU()] if residual else [*f, ReLU()]
    return Network([*layers, affine(WIDTH, classes)], SoftmaxWithLoss())


def losses(data, blocks, residual):
    """Return the loss of every step of a training, averaged over the last ones."""
    network, optimizer = build(blocks, residual, data.x_train.shape[1], data.classes), Adam(lr=0.001)
    rng, of_steps = np.random.default_rng(0), []
    epochs = (batches(data.x_train, data.t_train, 100, rng) for _ in range(STEPS))
    for x, t in islice((batch for epoch in epochs for batch in epoch), STEPS):
        optimizer.update(network.params, network.gradient(x, t))
        of_steps.append(network.last_loss)
    return np.convolve(of_steps, np.ones(LAST) / LAST, mode="valid")


def draw():
    """Train eight networks, and return the figure."""
    data = open_available()
    figure, (curves, depths) = new_figure("A way past every block keeps 42 layers trainable", 1, 2, 4.4, sharey=True)
    layers = [2 * blocks + 2 for blocks in BLOCKS]
    for name, residual, line in (("plain", False, LINES[1]), ("residual", True, LINES[0])):
        found = [losses(data, blocks, residual) for blocks in BLOCKS]
        curves.plot(range(LAST, STEPS + 1), found[-1], **line, markevery=30, label=name)
        depths.plot(layers, [loss[-1] for loss in found], **line, label=name)
        ends = ", ".join(f"{loss[-1]:.2f} with {count} layers" for loss, count in zip(found, layers, strict=True))
        print(f"{data.name}, {name}: training loss {ends}")
    curves.set(xlabel="step", ylabel="training loss", title=f"{layers[-1]} layers", ylim=(0, 2.4))
    depths.set(xlabel="layers", title=f"after {STEPS} steps", xticks=layers)
    curves.legend()
    return figure


if __name__ == "__main__":
    leave(draw)
