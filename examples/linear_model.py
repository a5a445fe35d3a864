"""The smallest model that learns: y = x w, one weight, three points, and every step of the chain rule.

::

    forward     y = x w        s = y - t        loss = s^2
    backward    dloss/ds = 2 s        dloss/dy = dloss/ds        dloss/dw = dloss/dy x

The points are (1, 2), (2, 4) and (3, 6), so w should become 2; it starts at 1, and plain SGD with a learning
rate of 0.01 takes one point at a time. The picture shows the first step as a computational graph, values above
the arrows and gradients below them, and the way of w towards 2.
"""

import numpy as np

from layers import Add, Multiply
from picture import LINES, leave, new_figure
from training import SGD

POINTS = ((1.0, 2.0), (2.0, 4.0), (3.0, 6.0))
EPOCHS = 20
BLUE, ORANGE = LINES[0]["color"], LINES[1]["color"]


def step(w, x, t):
    """Return the values of the forward pass and the gradients of the backward pass, node by node."""
    times, minus, square = Multiply(), Add(), Multiply()
    y = times.forward(x, w)
    s = minus.forward(y, -t)
    loss = square.forward(s, s)
    ds = sum(square.backward(1.0))  # s goes in twice, so its two gradients add up
    dy, _ = minus.backward(ds)
    _, dw = times.backward(dy)
    return {"w": w.item(), "y": y, "s": s, "loss": loss}, {"w": dw, "y": dy, "s": ds, "loss": 1.0}


def draw_graph(axes, values, grads):
    """Draw the nodes from left to right, what flows forward above the arrows and what flows back below them."""
    axes.set(xlim=(0, 8), ylim=(-0.75, 0.95))
    axes.axis("off")
    for place, sign in ((2, r"$\times$"), (4, "$-$"), (6, "$(\\ )^2$")):
        bubble = {"boxstyle": "circle,pad=0.45", "facecolor": "#f3f3f3", "edgecolor": "#444444"}
        axes.text(place, 0, sign, ha="center", va="center", fontsize=13 if place == 6 else 17, bbox=bubble)
    for place, name in zip((1, 3, 5, 7), values, strict=True):
        for height, color, ends in ((0.1, BLUE, "-|>"), (-0.1, ORANGE, "<|-")):
            arrow = {"arrowstyle": ends, "color": color, "linewidth": 2}
            axes.annotate("", (place + 0.66, height), (place - 0.66, height), arrowprops=arrow)
        axes.text(place, 0.2, f"{name} = {values[name]:g}", ha="center", color=BLUE)
        axes.text(place, -0.2, f"dloss/d{name}\n= {grads[name]:g}", ha="center", va="top", color=ORANGE)
    for place, text in ((2, "x = 1"), (4, "t = 2")):
        axes.annotate(text, (place, 0.3), (place, 0.8), ha="center", color=BLUE, arrowprops={"arrowstyle": "->"})


def draw():
    """Train, and return the figure."""
    params, optimizer, way = {"w": np.array(1.0)}, SGD(lr=0.01), [1.0]
    first = step(params["w"], *POINTS[0])
    for _ in range(EPOCHS):
        for x, t in POINTS:
            _, grads = step(params["w"], x, t)
            optimizer.update(params, grads)
            way.append(params["w"].item())
    figure, (graph, curve) = new_figure("One weight learns that y = 2 x", 2, height=5.4, height_ratios=(1, 1.2))
    draw_graph(graph, *first)
    curve.plot(way, **LINES[0], markevery=3)
    curve.axhline(2, color="#444444", linestyle=":")
    curve.set(xlabel="step (a point after each epoch)", ylabel="w", xlim=(-0.5, 60.5), ylim=(0.95, 2.08))
    print("first step: y = {y:g}, s = {s:g}, loss = {loss:g};".format(**first[0]), end=" ")
    print(f"backward gives dloss/dw = {first[1]['w']:g}, so w goes from 1 to {way[1]:g}")
    print(f"after {EPOCHS} epochs w = {way[-1]:.4f}, and the prediction for x = 4 is {4 * way[-1]:.3f}; it was 4")
    return figure


if __name__ == "__main__":
    leave(draw)
