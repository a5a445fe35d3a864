"""In which order the items of each column stand, so that few edges cross: the barycentre method.

Each item moves to the mean place of its neighbours in the column beside it, column after column, to and fro. The order
with the fewest crossings is kept.

Source: K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE
Transactions on Systems, Man, and Cybernetics 11 (2), 1981, section IV.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence

from graph.picture.columns import Item, Link

SWEEPS = 12


def order_columns(columns: Sequence[Sequence[Item]], links: Sequence[Link]) -> list[list[Item]]:
    """Return the columns, each from top to bottom in an order in which few links cross.

    >>> a, b, c, d = Item(0, 0), Item(1, 0), Item(2, 1), Item(3, 1)
    >>> order_columns([[a, b], [c, d]], [Link(a, d), Link(b, c)]) == [[b, a], [c, d]]
    True
    """
    best = ordered = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        ordered = sorted_by_neighbours(ordered, links, backwards=sweep % 2 == 0)
        if crossings(ordered, links) < crossings(best, links):
            best = ordered
    return best


def sorted_by_neighbours(columns: list[list[Item]], links: Sequence[Link], backwards: bool) -> list[list[Item]]:
    """Return the columns, each sorted by where its items' neighbours stand: those behind it, or those before it."""
    neighbours: dict[Item, list[tuple[Item, float]]] = {}
    for start, end, port in links:
        here, there = (start, (end, port)) if backwards else (end, (start, 0.5))
        neighbours.setdefault(here, []).append(there)
    rank: dict[Item, int] = {}
    result = []
    for column in reversed(columns) if backwards else columns:
        means = {}
        for place, item in enumerate(column):
            places = [rank[beside] + port for beside, port in neighbours.get(item, ())]
            means[item] = sum(places) / len(places) if places else place
        result.append(sorted(column, key=means.__getitem__))
        rank |= {item: place for place, item in enumerate(result[-1])}
    return result[::-1] if backwards else result


def crossings(columns: Sequence[Sequence[Item]], links: Sequence[Link]) -> int:
    """Return how many pairs of links cross.

    >>> a, b, c, d = Item(0, 0), Item(1, 0), Item(2, 1), Item(3, 1)
    >>> crossings([[a, b], [c, d]], [Link(a, d), Link(b, c)])
    1
    """
    rank = {item: place for column in columns for place, item in enumerate(column)}
    ends: dict[int, list[float]] = {}  # of the links seen so far, by column
    count = 0
    for _, column, end in sorted((rank[link.start], link.start.column, rank[link.end] + link.port) for link in links):
        seen = ends.setdefault(column, [])
        count += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return count
