"""Six optimizers in a long valley, where the gradient hardly ever points at the minimum.

::

    f(x, y) = x^2 / 20 + y^2        df/dx = x / 10        df/dy = 2 y

The valley is twenty times steeper across than along. The picture shows thirty steps of each from (-7, 2). SGD jumps
from wall to wall, because a rate that is bold along the valley is too bold across it. Momentum and Nesterov's
momentum let the jumps cancel and gather speed along the valley; Nesterov's brakes earlier. AdaGrad, RMSprop and
Adam divide each coordinate's step by the size of its own gradients, so that steep and flat count alike.

The example is that of *Deep Learning from Scratch*, chapter 6.1.
"""

import numpy as np

from picture import LINES, leave, new_figure
from training import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSprop

START, STEPS = (-7.0, 2.0), 30
OPTIMIZERS = (
    SGD(lr=0.95),
    Momentum(lr=0.1),
    Nesterov(lr=0.1),
    AdaGrad(lr=1.5),
    RMSprop(lr=0.3),
    Adam(lr=0.3),
)


def f(x, y):
    """Return the height of the valley."""
    return x**2 / 20 + y**2


def walk(optimizer):
    """Return the points (STEPS + 1, 2) that the optimizer passes."""
    params = {"point": np.array(START)}
    path = [START]
    for _ in range(STEPS):
        x, y = params["point"]
        optimizer.update(params, {"point": np.array([x / 10, 2 * y])})
        path.append(tuple(params["point"]))
    return np.array(path)


def draw():
    """Walk, and return the figure."""
    figure, grid = new_figure("Thirty steps down a long valley", 2, 3, 5, sharex=True, sharey=True)
    x, y = np.meshgrid(np.linspace(-8.5, 8.5, 171), np.linspace(-3.4, 3.4, 137))
    for axes, optimizer in zip(grid.flat, OPTIMIZERS, strict=True):
        path, name = walk(optimizer), type(optimizer).__name__
        axes.contour(x, y, f(x, y), levels=np.arange(0.3, 4, 0.9) ** 2, colors="#aaaaaa", linewidths=0.8)
        axes.plot(*path.T, color=LINES[0]["color"], marker="o", markersize=3.5, linewidth=1.4)
        axes.plot(*START, color=LINES[0]["color"], marker="s", markersize=7)
        axes.plot(0, 0, color=LINES[1]["color"], marker="*", markersize=14, markeredgecolor="white")
        axes.set_title(f"{name}, lr {optimizer.lr:g}")
        axes.grid(False)
        print(f"{name:9} is at ({path[-1][0]:5.2f}, {path[-1][1]:5.2f}) after {STEPS} steps, f = {f(*path[-1]):.4f}")
    for axes in grid.flat:
        axes.set(xlabel="x", ylabel="y")
        axes.label_outer()
    return figure


if __name__ == "__main__":
    leave(draw)
