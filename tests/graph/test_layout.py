import itertools
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.picture.columns import Item, Link, columns_of, items_by_column, links_of
from graph.picture.layout import Size, lay_out, port_heights
from graph.picture.ordering import crossings, order_columns
from graph.picture.spacing import spread


def random_inputs(seed, nodes):
    """The inputs of each node of a random graph in which every node but the last is used."""
    rng = random.Random(seed)
    reach = rng.choice([2, 5, nodes])  # a chain of neighbours, or edges across the whole graph
    inputs = [[]]
    for node in range(1, nodes):
        near = range(max(0, node - reach), node)
        inputs.append(rng.choices(near, k=rng.choice([0, 1, 2, 2, 3])) if node < nodes - 1 else [])
    used = {source for sources in inputs for source in sources}
    inputs[-1] += [node for node in range(nodes - 1) if node not in used]
    return inputs


graphs = st.builds(random_inputs, st.integers(0, 2**32 - 1), st.integers(2, 60))
some_graphs = pytest.mark.parametrize("inputs", [random_inputs(seed, 3 * seed + 2) for seed in range(20)])


def random_sizes(inputs):
    rng = np.random.default_rng(len(inputs))
    return [Size(*rng.uniform(0.3, 1.2, 2), *rng.uniform(0, 0.8, 3)) for _ in inputs]


def points_of(wire):
    """Points along a wire: its bend, a cubic curve that begins and ends level, and the straight rest."""
    s = np.linspace(0, 1, 50)
    weights = np.stack([(1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s**2 * (1 - s), s**3], axis=1)
    (x0, y0), (x1, y1) = wire.start, wire.bend
    middle = (x0 + x1) / 2
    bend = weights @ [[x0, y0], [middle, y0], [middle, y1], [x1, y1]]
    return np.concatenate([bend, np.linspace(wire.bend, wire.end, 20)])


def rooms_of(layout, sizes):
    """Left, right, bottom and top of each node's shape, and of what is written at the edge that leaves it."""
    shapes, labels = [], []
    for size, (x, y), (end, _) in zip(sizes, layout.centers, layout.stems, strict=True):
        right = x + size.width / 2
        shapes.append((right - size.width, right, y - size.height / 2, y + size.height / 2))
        labels.append((right, end, y - size.below, y + size.above))
    return shapes, labels


def is_inside(points, room, slack=1e-9):
    left, right, bottom, top = room
    x, y = points.T
    return (x > left + slack) & (x < right - slack) & (y > bottom + slack) & (y < top - slack)


@given(graphs)
def test_edges_lead_from_every_input_to_its_node(inputs):
    layout = lay_out(inputs, random_sizes(inputs))
    ways = Counter()
    for wire in layout.wires:
        if wire.target is not None:
            ways[wire.source, wire.target] += 1
        starts = {layout.stems[wire.source], *(w.end for w in layout.wires if w.source == wire.source)}
        assert wire.start in starts, "an edge begins where its node's edge ends, or goes on from a lane"
    assert ways == Counter((source, node) for node, sources in enumerate(inputs) for source in sources)


@given(graphs)
def test_every_edge_leads_to_the_right(inputs):
    for wire in lay_out(inputs, random_sizes(inputs)).wires:
        assert wire.start[0] < wire.bend[0] < wire.end[0]
        assert wire.bend[1] == wire.end[1]


@given(graphs)
def test_no_two_nodes_share_room_and_all_lie_in_the_picture(inputs):
    sizes = random_sizes(inputs)
    layout = lay_out(inputs, sizes)
    shapes, labels = rooms_of(layout, sizes)
    for a, b in itertools.combinations(shapes + labels, 2):
        assert a[1] <= b[0] + 1e-9 or b[1] <= a[0] + 1e-9 or a[3] <= b[2] + 1e-9 or b[3] <= a[2] + 1e-9
    for left, right, bottom, top in shapes + labels:
        assert left > 0
        assert right < layout.width
        assert bottom > 0
        assert top < layout.height


@pytest.mark.exhaustive
@given(graphs)
def test_no_edge_crosses_a_node_or_what_is_written(inputs):
    sizes = random_sizes(inputs)
    layout = lay_out(inputs, sizes)
    shapes, labels = rooms_of(layout, sizes)
    points = {wire: points_of(wire) for wire in layout.wires}
    for wire, way in points.items():
        for node, room in enumerate(shapes):
            if node != wire.target:
                assert not is_inside(way, room).any()
        for room in labels:
            assert not is_inside(way, room).any()


@given(graphs)
def test_an_edge_ends_on_the_rim_of_its_node(inputs):
    sizes = random_sizes(inputs)
    layout = lay_out(inputs, sizes)
    for wire in layout.wires:
        if wire.target is not None:
            size, (x, y) = sizes[wire.target], layout.centers[wire.target]
            across, up = (wire.end[0] - x) / (size.width / 2), (wire.end[1] - y) / (size.height / 2)
            assert across < 0
            assert across**2 + up**2 == pytest.approx(1)


@given(graphs)
def test_edges_enter_a_node_in_the_order_of_its_inputs(inputs):
    layout = lay_out(inputs, random_sizes(inputs))
    for node, sources in enumerate(inputs):
        arriving = [wire for wire in layout.wires if wire.target == node]
        arriving.sort(key=lambda wire: -wire.end[1])
        assert [wire.source for wire in arriving] == list(sources)
        enough = 0.1 / max(len(sources), 1)  # of the smallest height
        assert all(upper.end[1] - lower.end[1] > enough for upper, lower in itertools.pairwise(arriving))


@given(graphs)
def test_two_edges_share_no_lane(inputs):
    layout = lay_out(inputs, random_sizes(inputs))
    lanes = [wire for wire in layout.wires if wire.target is None]
    for a, b in itertools.combinations(lanes, 2):
        assert a.bend[0] != b.bend[0] or abs(a.end[1] - b.end[1]) > 0.1


@given(graphs)
def test_a_node_stands_right_before_the_first_that_needs_it(inputs):
    columns = columns_of(inputs)
    users = {source: [] for source in range(len(inputs) - 1)}
    for node, sources in enumerate(inputs):
        for source in sources:
            users[source].append(columns[node])
    assert all(columns[source] == min(used) - 1 for source, used in users.items())
    assert min(columns) == 0


@pytest.mark.parametrize("length", [2, 10, 60])
def test_a_chain_is_level(length):
    layout = lay_out([[], *([node] for node in range(length - 1))], [Size(0.5, 0.5)] * length)
    assert len({round(y, 9) for _, y in layout.centers}) == 1


def test_a_chain_stays_level_when_leaves_enter_it():
    inputs, chain = [[]], [0]
    for _ in range(10):
        inputs += [[], [chain[-1], len(inputs)]]
        chain.append(len(inputs) - 1)
    centers = lay_out(inputs, [Size(0.5, 0.5, 0.5, 0.2, 0.2)] * len(inputs)).centers
    assert np.ptp([centers[node][1] for node in chain[1:]]) < 1e-3


def test_a_node_stands_halfway_between_two_inputs_of_equal_rank():
    centers = lay_out([[], [], [0, 1], [], [], [3, 4], [2, 5]], [Size(0.5, 0.5)] * 7).centers
    for node, (upper, lower) in {2: (0, 1), 5: (3, 4), 6: (2, 5)}.items():
        assert centers[node][1] == pytest.approx((centers[upper][1] + centers[lower][1]) / 2, abs=1e-4)
        assert centers[upper][1] > centers[lower][1]


def test_a_value_that_is_used_twice_by_one_node_has_two_edges():
    upper, lower = lay_out([[], [0, 0]], [Size(0.5, 0.5)] * 2).wires
    assert upper.start == lower.start
    assert upper.end[1] > lower.end[1] + 0.1


@some_graphs
def test_ordering_leaves_no_more_crossings_than_there_were(inputs):
    links = links_of(inputs)
    output = Item(len(inputs) - 1, max(columns_of(inputs)))
    before = items_by_column(output, links)
    after = order_columns(before, links)
    assert crossings(after, links) <= crossings(before, links)
    assert [sorted(column) for column in after] == [sorted(column) for column in before]


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_a_tree_has_no_crossings_and_the_inputs_stand_in_their_order(seed, nodes):
    rng = random.Random(seed)
    inputs, roots = [], []
    for node in range(nodes):
        count = min(len(roots), rng.choice([0, 1, 2, 3])) if node < nodes - 1 else len(roots)
        inputs.append([roots.pop() for _ in range(count)])
        roots.append(node)
    links = links_of(inputs)
    columns = items_by_column(Item(nodes - 1, max(columns_of(inputs))), links)
    assert crossings(columns, links) == 0
    centers = lay_out(inputs, [Size(0.5, 0.5)] * nodes).centers
    for sources in inputs:
        beside = [source for source in sources if centers[source][0] == centers[sources[0]][0]]
        assert all(centers[upper][1] > centers[lower][1] for upper, lower in itertools.pairwise(beside))


def test_ordering_finds_the_order_without_crossings():
    """A ladder, upside down at every second column."""
    a, b = ([Item(node, column) for column in range(6)] for node in (0, 1))
    links = [Link(*pair) for row in (a, b) for pair in itertools.pairwise(row)]
    columns = [list(pair)[:: (-1) ** number] for number, pair in enumerate(zip(a, b, strict=True))]
    assert crossings(columns, links) == 5
    assert crossings(order_columns(columns, links), links) == 0


@some_graphs
def test_crossings_are_counted_as_by_comparing_every_pair(inputs):
    links = links_of(inputs)
    columns = items_by_column(Item(len(inputs) - 1, max(columns_of(inputs))), links)
    rank = {item: place for column in columns for place, item in enumerate(column)}
    ends = [(link.start.column, rank[link.start], rank[link.end] + link.port) for link in links]
    pairs = itertools.combinations(ends, 2)
    assert crossings(columns, links) == sum(a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for a, b in pairs)


@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_spreading_keeps_the_gaps_and_nothing_nearer_to_the_wanted_places_does(count, seed):
    rng = np.random.default_rng(seed)
    wanted, weights = rng.normal(0, 2, count), rng.uniform(0.1, 2, count)
    gaps = rng.uniform(0, 1, count - 1)
    places = np.array(spread(wanted, gaps, weights))
    assert (-np.diff(places) >= gaps - 1e-9).all()
    cost = weights @ (places - wanted) ** 2
    for _ in range(20):  # the cost is convex: were there a better place, there would be one nearby
        other = places + rng.normal(0, 0.1, count)
        other = np.minimum.accumulate(other + np.append(0, np.cumsum(gaps))) - np.append(0, np.cumsum(gaps))
        assert weights @ (other - wanted) ** 2 >= cost - 1e-9


def test_what_has_room_stands_where_it_wants():
    assert spread([5.0, 3.0, -1.0], [1.0, 1.0], [1.0] * 3) == [5.0, 3.0, -1.0]


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=12))
def test_edges_enter_within_the_height_of_a_node(climbs):
    ports = port_heights(climbs, height=0.5)
    assert all(abs(port) <= 0.36 * 0.5 + 1e-9 for port in ports)
    assert all(upper > lower for upper, lower in itertools.pairwise(ports))


@pytest.mark.parametrize(
    ("inputs", "leaves"),
    [([[], [], [0, 1], [], [2, 3], [], [4, 5]], {0: 2, 1: 2, 3: 4, 5: 6}), ([[], [], [1, 1, 0], [1], [2, 3]], {0: 2})],
)
def test_a_leaf_stands_near_what_needs_it(inputs, leaves):
    centers = lay_out(inputs, [Size(0.5, 0.5)] * len(inputs)).centers
    for leaf, user in leaves.items():
        assert abs(centers[leaf][1] - centers[user][1]) < 0.7
