"""A whole network by hand: two layers, one sample, and every number of the forward and the backward pass.

::

    h1 = ReLU(W1 x + b1)        h2 = ReLU(W2 h1 + b2)        L = 1/2 (h2 - y)^2

with x = [1, 2] and the answer y = 3. The picture shows the graph in three pieces, each of which goes on where the one
above it ends: the first layer, the second, and the loss. Above the edges stand the values of the forward pass, from x
to L = 0.7442; below them the gradients, which begin at the end of the last piece with dL/dL = 1. Follow them back: the
loss hands h2 - y = -1.22 to the second layer, and that hands it on times W2 to the first.
"""

import numpy as np

from graph import Variable, draw
from picture import leave, new_figure


def compute():
    """Return the three values in which the pieces end, after backward."""
    x = Variable(np.array([1.0, 2.0]), "x")
    W1, b1 = Variable(np.array([[0.5, 0.3], [0.2, 0.4]]), "W1"), Variable(np.array([0.1, 0.2]), "b1")
    W2, b2 = Variable(np.array([0.6, 0.8]), "W2"), Variable(0.1, "b2")
    h1 = (W1 @ x + b1).relu()
    h2 = (W2 @ h1 + b2).relu()
    L = (h2 - 3) ** 2 / 2
    h1.name, h2.name, L.name = "h1", "h2", "L"
    L.backward()
    print(f"h1 = {h1.data.round(4)}, h2 = {h2.data:.4g}, L = {L.data:.4g}")
    print(f"dL/dW2 = {W2.grad.round(4)}, dL/db2 = {b2.grad:.4g}")
    print(f"dL/dW1 = {W1.grad.round(4).tolist()}, dL/db1 = {b1.grad.round(4)}")
    return h1, h2, L


def picture():
    """Return the figure."""
    titles = ("first layer", "second layer", "loss")
    figure, pieces = new_figure("Two layers, forward and back", 3, height=6.2, height_ratios=(2, 1.8, 1.6))
    for output, title, axes in zip(compute(), titles, pieces, strict=True):
        axes.set_title(title, loc="left")
        draw(output, ax=axes, depth=3, elements=4)
    return figure


if __name__ == "__main__":
    leave(picture)
