"""A decision boundary forming: a hidden layer bends straight lines until three spiral arms come apart.

::

    scores = ReLU(x W1 + b1) W2 + b2        the colour of a point of the plane is its highest score

Without the hidden layer every boundary between two classes is a straight line. Each hidden unit adds a fold, where
its ReLU begins, and training moves the folds. The animation shows the plane after more and more epochs: first three
wedges, then hooks, then arms; and how the loss falls meanwhile.
"""

import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.colors import ListedColormap

from datasets import batches, spiral
from networks import TwoLayerNet
from picture import LINES, leave, new_figure
from training import Adam

EPOCHS, FRAMES = 200, 50
REGIONS = ListedColormap(["#9db8dc", "#f7d9b5", "#dff0e3"])  # dark, middle and light, in print too
SIDE = np.linspace(-1.15, 1.15, 160)


def train_and_look():
    """Return the samples, the class of every point of the plane after each epoch, and the loss of each epoch."""
    x, t = spiral(300, noise=0.02)
    network, optimizer, rng = TwoLayerNet(2, 40, 3, seed=0), Adam(lr=0.003), np.random.default_rng(0)
    plane = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2).astype(np.float32)
    looks, losses = [], []
    for _ in range(EPOCHS + 1):
        losses.append(network.loss(x, t))
        looks.append(network.predict(plane).argmax(axis=1).reshape(len(SIDE), -1))
        for batch in batches(x, t, 30, rng):
            optimizer.update(network.params, network.gradient(*batch))
    print(f"after {EPOCHS} epochs the loss is {losses[-1]:.3f} (it was {losses[0]:.2f}),", end=" ")
    print(f"{network.accuracy(x, t):.1%} of the points lie in the region of their class")
    return x, t, looks, losses


def draw():
    """Train, and return the animation."""
    x, t, looks, losses = train_and_look()
    figure, (plane, curve) = new_figure("A hidden layer learns three spiral arms", 1, 2, 4.6, width_ratios=(1.2, 1))
    image = plane.imshow(looks[0], REGIONS, vmin=0, vmax=2, origin="lower", extent=(-1.15, 1.15, -1.15, 1.15))
    for k, line in enumerate(LINES[:3]):
        plane.scatter(*x[t == k].T, s=20, color=line["color"], marker=line["marker"], edgecolor="white", linewidth=0.4)
    plane.set(xlabel="$x_1$", ylabel="$x_2$", xticks=(-1, 0, 1), yticks=(-1, 0, 1), title="after epoch 0")
    plane.grid(False)
    (fallen,) = curve.plot([], [], color=LINES[0]["color"])
    (now,) = curve.plot([], [], color=LINES[0]["color"], marker="o")
    curve.set(xlabel="epoch", ylabel="loss", xlim=(-3, EPOCHS + 3), ylim=(0, 1.05 * max(losses)))
    epochs = np.unique(np.geomspace(1, EPOCHS + 1, FRAMES).astype(int)) - 1

    for _ in range(2):
        figure.draw_without_rendering()  # the layout settles, and stays
    figure.set_layout_engine("none")

    def show(epoch):
        image.set_data(looks[epoch])
        fallen.set_data(range(epoch + 1), losses[: epoch + 1])
        now.set_data([epoch], [losses[epoch]])
        plane.set_title(f"after epoch {epoch}")

    return FuncAnimation(figure, show, [*epochs, *[EPOCHS] * 15])


if __name__ == "__main__":
    leave(draw, endings=(".gif",))
