"""What convolution filters learn: from noise to edges, and what they then see in a digit.

::

    y[i, j] = ReLU(b + sum over p, q of  W[p, q] x[i + p, j + q])        one filter W of 5 x 5 weights

The picture shows eight filters of the first layer of a SimpleConvNet, light weights positive and dark ones negative.
Before training they are noise. After it most have a light side and a dark side, with a border between them that
lies, stands or slants: each answers where the image has an edge like its own. The last row shows these answers to
the digit on the left. Nobody told the network about edges; it was asked for the digits' names only.

The experiment is that of *Deep Learning from Scratch*, chapter 7.6. The digits are MNIST where it is on this
machine, else the embedded ones, in whose 8 x 8 pixels edges are few.
"""

import numpy as np

from datasets.opening import open_available
from networks import SimpleConvNet
from picture import leave, new_figure
from training import Momentum, Trainer

SAMPLES, SEEN, SHOWN = 10_000, 30_000, 8
FILTERS = {"filter_num": 20, "filter_size": 5, "pad": 2, "stride": 1}


def train(data):
    """Return the network after training, its filters before, and the digit to look at."""
    shape = (1, *data.image_shape)
    x, t = data.x_train[:SAMPLES].reshape(-1, *shape), data.t_train[:SAMPLES]
    x_test, t_test = data.x_test[:1000].reshape(-1, *shape), data.t_test[:1000]
    network = SimpleConvNet(shape, FILTERS, output_size=data.classes, weight_init_std=0.02, seed=0)
    before = network.layers["Convolution1"].W.copy()
    epochs = round(SEEN / len(x))
    Trainer(network, x, t, x_test, t_test, optimizer=Momentum(lr=0.05), epochs=epochs, batch_size=50, seed=0).train()
    print(f"{data.name}: test accuracy {network.accuracy(x_test, t_test):.1%} after {epochs} epochs", end=", ")
    return network, before, x_test[t_test == 4][:1]


def show(axes, image, largest=None):
    """Draw a small image; with ``largest``, grey is zero."""
    axes.imshow(image, "gray", vmin=0 if largest is None else -largest, vmax=largest)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(True)
    axes.grid(False)


def draw():
    """Train, and return the figure."""
    network, before, digit = train(open_available())
    convolution, relu = network.layers["Convolution1"], network.layers["ReLU1"]
    after, answers = convolution.W, relu.forward(convolution.forward(digit))[0]
    figure, grid = new_figure("What the filters of the first layer learn", 3, SHOWN + 1, 3.2)
    strongest = np.sort(np.argsort(-after.std(axis=(1, 2, 3)))[:SHOWN])
    for column, k in zip(grid[:, 1:].T, strongest, strict=True):
        for axes, filters in zip(column, (before, after), strict=False):
            show(axes, filters[k, 0], np.abs(filters[k]).max())
        show(column[2], answers[k])
    for axes, words in zip(grid[:, 1], ("before", "after", "answers"), strict=True):
        axes.set_ylabel(words)
    for axes in grid[:2, 0]:
        axes.set_visible(False)
    show(grid[2, 0], digit[0, 0])
    print(f"the weights' std grew from {before.std():.3f} to {after.std():.3f}")
    return figure


if __name__ == "__main__":
    leave(draw)
