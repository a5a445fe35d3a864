"""How high things stand: level with their neighbours, as far as the room in their column lets them."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from graph.picture.columns import Item, Link, ends_by_start, starts_by_end

SWEEPS = 12
LEAF, NODE, LANE = 1e-6, 1.0, 4.0  # how much these insist on their place


def heights(
    columns: Sequence[Sequence[Item]], links: Sequence[Link], gaps: Sequence[Sequence[float]]
) -> dict[Item, float]:
    """Return where the axis of each item lies, upwards from some zero.

    Column after column, to and fro, each item wants to be at the mean of its neighbours. Leaves, which are computed
    from nothing, give way: they stand above or below the line of what is computed, and come after it at the end.

    Parameters
    ----------
    columns : sequence of sequences of Item
        From top to bottom.
    links : sequence of Link
    gaps : sequence of sequences of float
        For each column, the least distance from each item to the one below it.
    """
    before, after = starts_by_end(links), ends_by_start(links)
    computed = {end.node for end in before if not end.is_lane}
    leaves = {item for column in columns for item in column if item.node not in computed}
    # What is computed from computed things is level with these, wherever the leaves are.
    before = {end: [start for start in starts if start not in leaves] or starts for end, starts in before.items()}
    weights = {item: LEAF if item in leaves else LANE if item.is_lane else NODE for item in (*before, *leaves)}
    after_leaves = {start: ends for start, ends in after.items() if start in leaves}
    y = dict.fromkeys(weights, 0.0)
    forwards = list(zip(columns, gaps, strict=True))
    backwards = forwards[::-1]
    for neighbours, way in [*[(after, backwards), (before, forwards)] * SWEEPS, (after_leaves, backwards)]:
        for column, column_gaps in way:
            wanted = [mean_height(y, neighbours.get(item, [item])) for item in column]
            y |= zip(column, spread(wanted, column_gaps, [weights[item] for item in column]), strict=True)
    return y


def mean_height(y: Mapping[Item, float], items: Sequence[Item]) -> float:
    """Return the mean height of some items."""
    return sum(y[item] for item in items) / len(items)


def spread(wanted: Sequence[float], gaps: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return places near the wanted ones, from the top down, each at least a gap below the one before.

    They minimise the weighted sum of the squared distances from the wanted places. With the gaps taken off, they need
    only be in order, and the best are those of isotonic regression: neighbours out of order are pooled, and stand
    together at the mean of what they want.

    Source: M. Ayer et al., "An Empirical Distribution Function for Sampling with Incomplete Information", Annals of
    Mathematical Statistics 26 (4), 1955.

    Parameters
    ----------
    wanted : sequence of float
    gaps : sequence of float
        One fewer: the least distance from each to the next.
    weights : sequence of float
        How much each insists.

    Examples
    --------
    >>> spread([3.0, 0.0, 0.0], [1.0, 1.0], [1.0, 1.0, 1.0])
    [3.0, 0.5, -0.5]
    """
    depths = [0.0, *accumulate(gaps)]
    pools: list[tuple[float, float, int]] = []  # the mean of each, its weight, its size
    for place, depth, weight in zip(wanted, depths, weights, strict=True):
        pools.append((place + depth, weight, 1))
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            (above, heavy, many), (below, light, few) = pools[-2:]
            total = heavy + light
            pools[-2:] = [((above * heavy + below * light) / total, total, many + few)]
    means = [mean for mean, _, size in pools for _ in range(size)]
    return [mean - depth for mean, depth in zip(means, depths, strict=True)]
