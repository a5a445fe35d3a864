"""Which nodes stand in which column, and the lanes in which edges pass the columns between.

The first nodes on the left, the output on the right. A node comes as late as it can, right before the first that takes
its value, so the longest path to the output decides its column.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Item(NamedTuple):
    """What stands in a column: a node, or a lane that is kept free for the edge that leaves the node."""

    node: int
    column: int
    is_lane: bool = False


class Link(NamedTuple):
    """What leads from an item to one of the next column, and how far down it arrives there: 0 the top, 1 the bottom."""

    start: Item
    end: Item
    port: float = 0.5


def columns_of(inputs: Sequence[Sequence[int]]) -> list[int]:
    """Return each node's column: as many before the output's as the longest path between the two has edges.

    >>> columns_of([[], [0], [], [1, 2]])
    [0, 1, 1, 2]
    """
    steps = [0] * len(inputs)
    for node in reversed(range(len(inputs))):
        for source in inputs[node]:
            steps[source] = max(steps[source], steps[node] + 1)
    return [max(steps) - step for step in steps]


def links_of(inputs: Sequence[Sequence[int]]) -> list[Link]:
    """Return what leads from each column to the next. The edges that leave one node share their lanes.

    >>> [(link.start.node, link.end.node, link.end.is_lane) for link in links_of([[], [0], [0, 1]])]
    [(0, 1, False), (0, 0, True), (0, 2, False), (1, 2, False)]
    """
    columns = columns_of(inputs)
    links: dict[Link, None] = {}  # a set that keeps its order
    for node, sources in enumerate(inputs):
        for number, source in enumerate(sources):
            lanes = (Item(source, c, is_lane=True) for c in range(columns[source] + 1, columns[node]))
            way = [Item(source, columns[source]), *lanes]
            links |= dict.fromkeys(Link(*pair) for pair in pairwise(way))
            links[Link(way[-1], Item(node, columns[node]), (number + 0.5) / len(sources))] = None
    return list(links)


def items_by_column(output: Item, links: Sequence[Link]) -> list[list[Item]]:
    """Return the items of each column in the order in which a walk back from the output meets them.

    The walk takes the inputs of a node in their order, so a tree is in order already: no two of its edges cross.
    """
    before = starts_by_end(links)
    columns: list[list[Item]] = [[] for _ in range(output.column + 1)]
    waiting, seen = [output], set()
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            columns[item.column].append(item)
            waiting += reversed(before.get(item, []))
    return columns


def starts_by_end(links: Sequence[Link]) -> dict[Item, list[Item]]:
    """Return the items that lead to each item, in the order of its inputs."""
    before: dict[Item, list[Item]] = {}
    for start, end, _ in sorted(links, key=lambda link: link.port):
        before.setdefault(end, []).append(start)
    return before


def ends_by_start(links: Sequence[Link]) -> dict[Item, list[Item]]:
    """Return the items to which each item leads."""
    after: dict[Item, list[Item]] = {}
    for start, end, _ in links:
        after.setdefault(start, []).append(end)
    return after
