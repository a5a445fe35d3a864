"""Toy sets, learned: where a network draws the line without and with a hidden layer, and a curve that it fits.

::

    python train.py --dataset spiral        trains on a toy set, with all pictures and a report

The picture shows the plane in the colours of the network's answers, paler where it is less sure, with the test points
on it; a ring is around those that it takes for another class. Without a hidden layer all boundaries are straight lines.
The curve is a regression, with the sum of squares for a loss: each ReLU of the hidden layer is a bend in it.
"""

from datasets.opening import open_toy
from figures import plot_boundary, plot_fit
from networks import MultiLayerNet
from picture import leave, new_figure
from training import Adam, Trainer

PANELS = (("spiral", []), ("spiral", [50]), ("curve", [50]))  # the set, and the units of the hidden layers


def train(data, hidden):
    """Return a network that has learned the data, and what it reached."""
    loss = "softmax" if data.classes else "identity"
    network = MultiLayerNet(data.features, hidden, data.outputs, seed=0, loss=loss)
    samples = data.x_train, data.t_train, data.x_test, data.t_test
    last = Trainer(network, *samples, optimizer=Adam(lr=0.01), epochs=50, batch_size=10, seed=0).train()[-1]
    return network, f"loss {last['test_loss']:.4f}" if last["test_accuracy"] is None else f"{last['test_accuracy']:.0%}"


def draw():
    """Train three times, and return the figure."""
    figure, panels = new_figure("What a hidden layer is for", 1, 3, 3.3)
    for axes, (name, hidden) in zip(panels.flat, PANELS, strict=True):
        data = open_toy(name)
        network, reached = train(data, hidden)
        plot = plot_boundary if data.classes else plot_fit
        plot(network, data.x_test, data.t_test, ax=axes)
        axes.get_legend().remove()
        name = name if hidden else f"{name}, no hidden layer"
        print(f"{name}: {reached} in the test")
        axes.set(title=f"{name}: {reached}", xlabel="", ylabel="")
        axes.tick_params(labelsize=9)
    return figure


if __name__ == "__main__":
    leave(draw)
