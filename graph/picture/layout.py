"""Where the nodes of a graph stand and how its edges run, in inches; nothing is drawn here.

The nodes stand in columns, and every edge leads to the right. Where an edge passes a column, a lane is kept free for
it, as if a node stood there; so edges bend between the columns only, and cross nothing but other edges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from graph.picture.columns import Item, Link, columns_of, items_by_column, links_of, starts_by_end
from graph.picture.ordering import order_columns
from graph.picture.spacing import heights, spread

MARGIN = 0.15
GAP = 0.14  # between two nodes of a column
LANE = 0.05  # above and below an edge that passes a column
PORT = 0.13  # between two edges that enter one node
ARRIVAL = 0.12  # before a shape, edges run straight for so long at least
STEM = 0.45  # behind it too
BEND = 0.3  # between two columns at least
SLOPE = 0.16  # and so much more for each inch that an edge climbs there

Point = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """The room that a node takes: its shape, and what is written above and below the edge that leaves it."""

    width: float
    height: float
    label: float = 0.0
    above: float = 0.0
    below: float = 0.0


@dataclass(frozen=True)
class Wire:
    """A piece of an edge: it bends from ``start`` to ``bend``, and runs straight to ``end``, at a node or in a lane."""

    source: int
    target: int | None
    start: Point
    bend: Point
    end: Point


@dataclass(frozen=True)
class Layout:
    """The picture's size, each node's centre, where the straight edge behind it ends, and the wires from there on."""

    width: float
    height: float
    centers: list[Point]
    stems: list[Point]
    wires: list[Wire]


class Sides(NamedTuple):
    """Where a column begins, where its shapes end, and where it ends itself."""

    left: float
    shapes: float
    right: float


def lay_out(inputs: Sequence[Sequence[int]], sizes: Sequence[Size]) -> Layout:
    """Return where everything stands.

    Parameters
    ----------
    inputs : sequence of sequences of int
        The nodes whose values each node takes, in their order. A node comes after its inputs; the last is the output,
        and every other one is used.
    sizes : sequence of Size
        One for each node.

    Examples
    --------
    >>> layout = lay_out([[], [], [0, 1]], [Size(0.5, 0.5)] * 3)
    >>> (x0, y0), (x1, y1), (x2, y2) = layout.centers
    >>> x0 == x1 < x2, y0 > y2 > y1
    (True, True)
    >>> [(wire.source, wire.target) for wire in layout.wires]
    [(0, 2), (1, 2)]
    """
    nodes = [Item(node, column) for node, column in enumerate(columns_of(inputs))]
    links = links_of(inputs)
    columns = order_columns(items_by_column(nodes[-1], links), links)
    y = heights_above_the_bottom(columns, links, sizes)
    sides = column_sides(columns, links, sizes, y)
    return Layout(
        width=sides[-1].right + MARGIN,
        height=max(y[item] + above_and_below(item, sizes)[0] for item in y) + MARGIN,
        centers=[(sides[item.column].shapes - sizes[item.node].width / 2, y[item]) for item in nodes],
        stems=[(sides[item.column].right, y[item]) for item in nodes],
        wires=[
            wire for end, starts in starts_by_end(links).items() for wire in wires_into(end, starts, sizes, sides, y)
        ],
    )


def heights_above_the_bottom(
    columns: Sequence[Sequence[Item]], links: Sequence[Link], sizes: Sequence[Size]
) -> dict[Item, float]:
    """Return how high the axis of each item lies: that of the edge which leaves it."""
    rooms = {item: above_and_below(item, sizes) for column in columns for item in column}
    gaps = [[rooms[upper][1] + GAP + rooms[lower][0] for upper, lower in pairwise(column)] for column in columns]
    y = heights(columns, links, gaps)
    bottom = min(y[item] - below for item, (_, below) in rooms.items()) - MARGIN
    return {item: height - bottom for item, height in y.items()}


def above_and_below(item: Item, sizes: Sequence[Size]) -> tuple[float, float]:
    """Return how far an item reaches above its axis, and below."""
    if item.is_lane:
        return LANE, LANE
    size = sizes[item.node]
    return max(size.height / 2, size.above), max(size.height / 2, size.below)


def column_sides(
    columns: Sequence[Sequence[Item]], links: Sequence[Link], sizes: Sequence[Size], y: Mapping[Item, float]
) -> list[Sides]:
    """Return where each column lies: the steeper the edges between two columns, the farther they stand apart."""
    climbs = [0.0] * len(columns)
    for start, end, _ in links:
        climbs[end.column] = max(climbs[end.column], abs(y[end] - y[start]))
    sides: list[Sides] = []
    for column, climb in zip(columns, climbs, strict=True):
        standing = [sizes[item.node] for item in column if not item.is_lane]
        left = sides[-1].right + BEND + SLOPE * climb if sides else MARGIN - ARRIVAL
        shapes = left + ARRIVAL + max(size.width for size in standing)
        sides.append(Sides(left, shapes, shapes + max(STEM, *(size.label for size in standing))))
    return sides


def wires_into(
    end: Item, starts: Sequence[Item], sizes: Sequence[Size], sides: Sequence[Sides], y: Mapping[Item, float]
) -> list[Wire]:
    """Return the pieces of edges that lead to an item: to the rim of a node, or through a lane to its end."""
    here, size = sides[end.column], sizes[end.node]
    if end.is_lane:
        target, ports, ends = None, [0.0], [here.right]
    else:
        target, ports = end.node, port_heights([y[start] - y[end] for start in starts], size.height)
        ends = [here.shapes - size.width / 2 - reach(size, port) for port in ports]
    return [
        Wire(start.node, target, (sides[start.column].right, y[start]), (here.left, y[end] + port), (x, y[end] + port))
        for start, port, x in zip(starts, ports, ends, strict=True)
    ]


def port_heights(climbs: Sequence[float], height: float) -> list[float]:
    """Return how high above its centre the edges enter a node, in the order of its inputs from top to bottom.

    Parameters
    ----------
    climbs : sequence of float
        How much higher than the node each edge comes from.
    height : float
        The node's.
    """
    limit, last = 0.36 * height, len(climbs) - 1
    gap = min(PORT, 2 * limit / max(last, 1))
    ports = spread([min(max(0.3 * climb, -limit), limit) for climb in climbs], [gap] * last, [1.0] * len(climbs))
    return [min(max(port, (last - k) * gap - limit), limit - k * gap) for k, port in enumerate(ports)]


def reach(size: Size, port: float) -> float:
    """Return how far an ellipse reaches to the left of its centre, at some height above it.

    >>> reach(Size(2.0, 2.0), 0.0), reach(Size(2.0, 2.0), 1.0)
    (1.0, 0.0)
    """
    return size.width / 2 * sqrt(1 - (2 * port / size.height) ** 2)
