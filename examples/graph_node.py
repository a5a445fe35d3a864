"""The chain rule at one node after the other: loss = (x w - 2)^2 at x = w = 1.

A node with the inputs x and y and the output z gets dloss/dz from behind. It knows nothing of the graph but its own
local derivatives, dz/dx and dz/dy, and that is enough::

    dloss/dx = dloss/dz * dz/dx        dloss/dy = dloss/dz * dz/dy

The picture shows three nodes that do so one after the other, from right to left, and below them what each of them
multiplies. In the end dloss/dw is -2: with a larger w the loss would be smaller.
"""

from graph import Variable, draw
from picture import leave, new_figure

PLACES = (0.02, 0.13, 0.42, 0.7)  # of the table's columns
TABLE = """
node     | forward              | its own derivative      | what it hands back
square   | loss = s s = {loss}  | dloss/ds = 2 s = {2s}   | dloss/ds = {dloss} * {2s} = {ds}
minus    | s = y_hat - 2 = {s}  | ds/dy_hat = 1           | dloss/dy_hat = {ds} * 1 = {dy_hat}
times    | y_hat = x w = {y_hat} | dy_hat/dw = x = {x}    | dloss/dw = {dy_hat} * {x} = {dw}
"""


def compute():
    """Return the loss after backward, and the numbers of the table."""
    x, w = Variable(1.0, "x"), Variable(1.0, "w")
    y_hat = x * w
    s = y_hat - 2.0
    loss = s**2
    y_hat.name, s.name, loss.name = "y_hat", "s", "loss"
    loss.backward()
    numbers = {variable.name: variable.data for variable in (x, w, y_hat, s, loss)}
    numbers |= {f"d{variable.name}": variable.grad for variable in (x, w, y_hat, s, loss)}
    return loss, {name: f"{value:g}" for name, value in (numbers | {"2s": 2 * s.data}).items()}


def picture():
    """Return the figure."""
    loss, numbers = compute()
    figure, (graph, table) = new_figure(
        "Each node multiplies by its own derivative", 2, height=3.9, height_ratios=(3, 2)
    )
    draw(loss, ax=graph)
    table.axis("off")
    rows = [[cell.strip().format(**numbers) for cell in row.split("|")] for row in TABLE.strip().splitlines()]
    for height, row in zip((0.85, 0.57, 0.31, 0.05), rows, strict=True):
        style = {"fontsize": 11, "weight": "bold" if row is rows[0] else "normal", "transform": table.transAxes}
        for place, cell in zip(PLACES, row, strict=True):
            table.text(place, height, cell, **style)
        print(" ".join(f"{cell:<22}" for cell in row).rstrip())
    return figure


if __name__ == "__main__":
    leave(picture)
