import io
import itertools

import numpy as np
import pytest
from matplotlib.animation import PillowWriter
from PIL import Image, ImageSequence

from graph import Variable, animate, draw
from graph.picture.animation import DPI, scenes
from graph.picture.drawing import painted
from graph.walk import topological_order
from graph_pictures import apple_shop, random_graph
from tests_support import few_quick, folder_contents


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The animation of the apple shop: its frames, and how long each stands, in milliseconds."""
    path = tmp_path_factory.mktemp("shop") / "shop.gif"
    animate(apple_shop(), path)
    with Image.open(path) as image:
        frames = [(pixels(frame), frame.info["duration"]) for frame in ImageSequence.Iterator(image)]
    return [frame for frame, _ in frames], [time for _, time in frames]


def pixels(image):
    return np.asarray(image.convert("RGB"), float)


def changed(one, other):
    """Rows and columns where two pictures differ by more than the rounding of a GIF's colours."""
    return np.argwhere(np.abs(one - other).max(axis=2) > 60)


def orange(picture):
    """How many pixels have the colour of gradients."""
    red, green, blue = np.moveaxis(picture, 2, 0)
    return int(((red > 150) & (green < 100) & (blue < 60)).sum())


def shown(groups):
    """How many of some nodes' values or gradients are visible."""
    return sum(all(artist.get_visible() for artist in artists) for artists in groups if artists)


@pytest.mark.exhaustive
def test_each_value_and_each_gradient_has_a_frame_and_the_start_the_turn_and_the_end(shop):
    frames, _ = shop
    assert len(topological_order(apple_shop())) == 9
    assert len(frames) == 1 + 9 + 1 + 9 + 1


def test_the_last_frame_is_the_picture(shop):
    frames, _ = shop
    file = io.BytesIO()
    draw(apple_shop()).savefig(file, dpi=DPI)
    with Image.open(file) as image:
        assert len(changed(frames[-1], pixels(image))) == 0


def test_gradients_are_there_after_the_turn_only(shop):
    frames, _ = shop
    amounts = [orange(frame) for frame in frames]
    assert amounts[:11] == [0] * 11
    assert all(fewer + 50 < more for fewer, more in itertools.pairwise(amounts[10:20]))


def test_values_appear_from_left_to_right_and_gradients_from_right_to_left(shop):
    frames, _ = shop
    ends = [changed(after, before)[:, 1].max() for before, after in itertools.pairwise(frames)]
    forward, back = ends[1:9], ends[10:19]
    width = frames[0].shape[1]
    for way in (forward, back[::-1]):
        assert all(there < next_ + 0.1 * width for there, next_ in itertools.pairwise(way))
        assert way[-1] - way[0] > 0.6 * width


def test_the_end_stands_longest_and_the_turn_longer_than_a_node(shop):
    _, times = shop
    assert times[-1] > times[10] > times[0] == times[5] == times[15]


@pytest.mark.parametrize("seed", few_quick(range(5), 0))
def test_one_node_more_is_told_with_every_scene(seed):
    output = random_graph(seed, 40)
    painting = painted("animate", output)
    nodes = len(painting.values)
    with_gradient = sum(variable.grad is not None for variable in topological_order(output))
    seen = [(shown(painting.values), shown(painting.gradients)) for _ in scenes(painting)]
    forward = [(count, 0) for count in range(nodes + 1)]
    assert seen == [
        *forward,
        (nodes, 0),
        *((nodes, count + 1) for count in range(with_gradient)),
        (nodes, with_gradient),
    ]


def test_what_is_computed_appears_after_what_it_is_computed_from():
    output = random_graph(3, 40)
    painting, order = painted("animate", output), topological_order(output)
    places = {id(variable): place for place, variable in enumerate(order)}
    shown = set()
    for _ in scenes(painting):
        new = {k for k, group in enumerate(painting.values) if group[0].get_visible()} - shown
        for k in new:
            if order[k].creator is not None:
                assert {places[id(source)] for source in order[k].creator.inputs} <= shown
        shown |= new


@pytest.mark.exhaustive
def test_twenty_nodes_are_less_than_a_megabyte(tmp_path):
    y = Variable(0.5, "x")
    for k in range(6):
        y = (y * Variable(1.0, f"w{k}")).tanh()
    y = y.exp()
    y.backward()
    animate(y, tmp_path / "flow.gif")
    assert len(topological_order(y)) == 20
    assert (tmp_path / "flow.gif").stat().st_size < 1_000_000


def test_the_animation_goes_on_for_ever(tmp_path):
    x = Variable(1.0, "x")
    y = x.exp()
    y.backward()
    animate(y, str(tmp_path / "flow.gif"))
    with Image.open(tmp_path / "flow.gif") as image:
        assert image.info["loop"] == 0


def test_without_gradients_there_is_nothing_to_flow_back(tmp_path):
    with pytest.raises(
        ValueError, match=r"animate: the graph has no gradients yet; call backward\(\) on its output first"
    ):
        animate(Variable(1.0, "x") * 2, tmp_path / "flow.gif")
    assert folder_contents(tmp_path) == []


@pytest.mark.parametrize("name", ["flow.png", "flow", "flow.mp4"])
def test_an_animation_is_a_gif(tmp_path, name):
    with pytest.raises(ValueError, match=r"animate: expected a file name that ends in \.gif, got"):
        animate(apple_shop(), tmp_path / name)


def test_only_a_variable_can_be_animated(tmp_path):
    with pytest.raises(TypeError, match="animate: expected a Variable, the output of a graph; got float"):
        animate(3.0, tmp_path / "flow.gif")


def test_a_graph_that_is_too_large_is_refused(tmp_path):
    y = Variable(1.0)
    for _ in range(200):
        y = y.tanh()
    y.backward()
    with pytest.raises(ValueError, match=r"animate: the graph has 201 nodes.*animate\(\.\.\., depth=5\)"):
        animate(y, tmp_path / "flow.gif")


def test_a_failing_write_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "flow.gif").write_bytes(b"old")
    frames = []

    def full_disk(self, **options):
        frames.append(PillowWriter.grab_frame)
        if len(frames) == 5:
            raise OSError("no space left")
        usual(self, **options)

    usual = PillowWriter.grab_frame
    monkeypatch.setattr(PillowWriter, "grab_frame", full_disk)
    with pytest.raises(OSError, match="no space left"):
        animate(apple_shop(), tmp_path / "flow.gif")
    assert folder_contents(tmp_path) == ["flow.gif"]
    assert (tmp_path / "flow.gif").read_bytes() == b"old"
