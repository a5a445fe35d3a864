"""The apple shop: what a purchase costs, and how much each number in it matters.

::

    total = (apple price * apples + orange price * oranges) * tax

Two apples at 100, three oranges at 150 and a tenth for the tax are 715. The picture shows how that is computed, from
left to right, with the values above the edges; and below them what comes back from right to left, the gradient
dtotal/d(value). It says how much dearer the purchase becomes when the value grows by 1: one more apple costs 110, and
if an apple cost 1 more, the total would rise by 2.2. A node that adds hands back what it gets; a node that multiplies
hands back what it gets times its other input.

The example is that of *Deep Learning from Scratch*, chapter 5.
"""

from graph import Variable, draw
from picture import leave, new_figure


def purchase():
    """Return the total, with everything it was computed from, and the gradients there."""
    apple_price, apples = Variable(100, "apple price"), Variable(2, "apples")
    orange_price, oranges = Variable(150, "orange price"), Variable(3, "oranges")
    tax = Variable(1.1, "tax")
    total = (apple_price * apples + orange_price * oranges) * tax
    total.name = "total"
    total.backward()
    print(f"the total is {total.data:.0f}")
    for variable in (apple_price, apples, orange_price, oranges, tax):
        print(f"dtotal/d({variable.name}) = {variable.grad:.4g}")
    return total


def picture():
    """Return the figure."""
    figure, axes = new_figure("What the purchase costs, and what its price depends on", height=3.4)
    draw(purchase(), ax=axes)
    return figure


if __name__ == "__main__":
    leave(picture)
