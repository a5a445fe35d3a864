"""One digit on its way through a TwoLayerNet, and the gradient on its way back.

::

    x -> Affine1 -> ReLU1 -> Affine2 -> SoftmaxWithLoss -> loss        and back again

The picture shows the graph with one node for each layer. Of the arrays it gives the shape and the norm, the root of the
sum of their squares: that of the values above the edges, that of the gradients below. Where a gradient vanishes, its
norm says so. Below the graph stand three of the arrays themselves: the digit; the gradient of the scores, y - t, which
is negative for the right answer alone; and the gradient of the digit. More ink where that is dark would make the loss
smaller, more ink where it is light would make it larger.

The digit is the first that the network, after a short training, takes for another one. The digits are MNIST where it is
on this machine, else the embedded ones.
"""

import numpy as np

from datasets.opening import open_available
from graph import Variable, draw, from_network
from networks import TwoLayerNet
from picture import LINES, leave, new_figure
from training import SGD, Trainer


def first_mistake(data):
    """Return a network after a short training, and the first test digit that it gets wrong, with its label."""
    x, t, x_test, t_test = data.x_train[:1000], data.t_train[:1000], data.x_test[:1000], data.t_test[:1000]
    network = TwoLayerNet(data.features, 50, data.classes, seed=0)
    Trainer(network, x, t, x_test, t_test, optimizer=SGD(lr=0.1), epochs=5, batch_size=20, seed=0).train()
    wrong = np.flatnonzero(network.predict(x_test).argmax(axis=1) != t_test)[:1]
    return network, x_test[wrong], t_test[wrong]


def show(axes, values, shape, title, lowest):
    """Draw an image."""
    axes.imshow(values.reshape(shape), "gray", vmin=lowest, vmax=np.abs(values).max())
    axes.set(title=title, xticks=[], yticks=[])
    axes.grid(False)


def picture():
    """Return the figure."""
    data = open_available()
    network, x, t = first_mistake(data)
    x = Variable(x, "x")
    loss = from_network(network, x, t)
    loss.name = "loss"
    loss.backward()
    scores, _ = loss.creator.inputs
    print(f"{data.name}: a {t.item()} that is taken for a {scores.data.argmax()}, loss {loss.data:.3f};", end=" ")
    sizes = [np.linalg.norm(variable.grad) for variable in (scores, x)]
    print("the norm of the gradient is {:.3f} at the scores and {:.3f} at the pixels".format(*sizes))

    figure, grid = new_figure("One digit forward, its gradient back", 2, 3, height=4.8, height_ratios=(2, 3))
    draw(loss, ax=figure.add_subplot(grid[0, 0].get_gridspec()[0, :]))
    for unused in grid[0]:
        unused.remove()
    image, bars, pixels = grid[1]
    show(image, x.data, data.image_shape, f"x, a {t.item()}", lowest=0)
    bars.bar(range(data.classes), scores.grad[0], color=LINES[1]["color"])
    bars.set(title="gradient of the scores", xlabel="digit", xticks=range(data.classes), ylim=(-1.1, 1.1))
    show(pixels, x.grad, data.image_shape, "gradient of x", lowest=-np.abs(x.grad).max())
    return figure


if __name__ == "__main__":
    leave(picture)
