import itertools
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Polygon
from PIL import Image

from graph import Variable, draw, from_network, no_grad
from graph.picture.nodes import nodes_of
from graph.walk import topological_order
from graph_pictures import Rendered, any_inside, apple_shop, overlap, random_graph
from networks import TwoLayerNet
from tests_support import folder_contents

HIDDEN = "\N{HORIZONTAL ELLIPSIS}"
TIMES = "\N{MULTIPLICATION SIGN}"
graphs = st.builds(random_graph, st.integers(0, 2**32 - 1), st.integers(1, 60))


def chain(length):
    x = Variable(0.5, "x")
    for _ in range(length):
        x = x.tanh()
    x.backward()
    return x


def fan(width):
    x = Variable(2.0, "x")
    y = sum((x * Variable(k, f"w{k}") for k in range(width)), start=Variable(0.0, "start"))
    y.backward()
    return y


def diamonds(count):
    x = Variable(1.0, "x")
    for _ in range(count):
        x = x.exp() * 0.1 + x.tanh()
    x.backward()
    return x


def reuse(times):
    x = Variable(1.1, "x")
    y = x
    for _ in range(times):
        y = y * x
    y.backward()
    return y


def network():
    rng = np.random.default_rng(0)
    loss = from_network(TwoLayerNet(20, 7, 3, seed=0), rng.standard_normal((5, 20)), [0, 1, 2, 0, 1])
    loss.backward()
    return loss


KINDS = pytest.mark.parametrize(
    "output",
    [
        apple_shop(),
        chain(1),
        pytest.param(chain(59), marks=pytest.mark.exhaustive),
        pytest.param(fan(15), marks=pytest.mark.exhaustive),
        pytest.param(diamonds(12), marks=pytest.mark.exhaustive),
        reuse(29),
        network(),
        Variable(3.0, "x"),
    ],
    ids=["shop", "one operation", "chain", "fan", "diamonds", "reuse", "network", "no operation"],
)


def said(figure):
    return Counter(text.get_text() for text in figure.axes[0].texts)


def gradients(figure):
    return Counter(text.get_text() for text in figure.axes[0].texts if text.get_style() == "italic")


def assert_is_clear(figure):
    """No text on another, on an edge or on the rim of a node; no edge through a node; all within the picture."""
    seen = Rendered(figure)
    for (one, box), (other, other_box) in itertools.combinations(seen.texts, 2):
        assert not overlap(box, other_box), (one, other)
    for text, box in seen.texts:
        assert (box[:2] > 0).all(), text
        assert (box[2:] < seen.size).all(), text
        for line in seen.lines + seen.heads:
            assert not any_inside(line, box), text
        for kind, shape in seen.shapes:
            if overlap(box, shape, slack=0.5):
                points = np.array(list(itertools.product(box[::2], box[1::2])))
                assert all(any_inside(point[np.newaxis], shape, kind) for point in points), text
    for (_, shape), (_, other) in itertools.combinations(seen.shapes, 2):
        assert not overlap(shape, other)
    for (kind, shape), line in itertools.product(seen.shapes, seen.lines + seen.heads):
        assert not any_inside(line, shape, kind, slack=1.5)


@pytest.mark.exhaustive
@given(graphs)
@settings(max_examples=30)
def test_any_graph_is_drawn_clearly(output):
    assert_is_clear(draw(output))


@pytest.mark.exhaustive
@KINDS
def test_graphs_of_every_kind_are_drawn_clearly(output):
    assert_is_clear(draw(output))


@pytest.mark.exhaustive
@KINDS
def test_a_picture_that_shrinks_to_fit_its_axes_stays_clear(output):
    figure = Figure(figsize=(12, 4), dpi=300)
    assert draw(output, ax=figure.add_axes((0, 0, 1, 1))) is figure
    assert_is_clear(figure)


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "spoil",
    [
        lambda texts, shapes: texts[0].set_position(texts[-1].get_position()),
        lambda texts, shapes: texts[0].set_position((0, 0)),
        lambda texts, shapes: texts[0].set_fontsize(14),
        lambda texts, shapes: texts[1].set_fontsize(30),
        lambda texts, shapes: shapes[Ellipse].set_height(0.8),
        lambda texts, shapes: shapes[Ellipse].set_width(0.6),
        lambda texts, shapes: shapes[FancyBboxPatch].set_width(1.3),
        lambda texts, shapes: shapes[FancyBboxPatch].set_height(0.8),
    ],
)
def test_the_measure_sees_what_is_not_clear(spoil):
    figure = draw(apple_shop())
    assert_is_clear(figure)
    axes = figure.axes[0]
    spoil(axes.texts, {type(patch): patch for patch in axes.patches})
    with pytest.raises(AssertionError):
        assert_is_clear(figure)


@pytest.mark.exhaustive
@given(graphs)
@settings(max_examples=20)
def test_every_value_and_every_gradient_is_told_once(output):
    """Numbers to four digits; arrays by their norms."""
    variables = topological_order(output)
    texts = [text.get_text() for text in draw(output).axes[0].texts]
    forward, back = [], []
    for text in draw(output).axes[0].texts:
        numbers = text.get_text().split("\n")[-1].removeprefix("norm ").split(" = ")[-1]
        try:
            (back if text.get_style() == "italic" else forward).append(float(numbers))
        except ValueError:
            continue  # a name, or a sign
    assert len(texts) >= len(variables)
    assert_close(forward, [np.linalg.norm(v.data) if v.shape else v.data for v in variables])
    grads = [variable.grad for variable in variables if variable.grad is not None]
    assert_close(back, [np.linalg.norm(grad) if np.ndim(grad) else grad for grad in grads])


def assert_close(shown, expected):
    assert len(shown) == len(expected)
    np.testing.assert_allclose(sorted(shown), sorted(expected), rtol=6e-4)


def test_the_apple_shop_shows_the_numbers_of_the_book():
    figure = draw(apple_shop())
    assert gradients(figure) == Counter(["2.2", "110", "3.3", "165", "1.1", "1.1", "1.1", "650", "1"])
    forward = said(figure) - gradients(figure)
    names = ["apple price", "apples", "orange price", "oranges", "tax", TIMES, TIMES, "+", TIMES]
    assert forward == Counter([*names, "100", "2", "150", "3", "1.1", "200", "450", "650", "715"])


def test_a_value_stands_above_its_edge_and_a_gradient_below_under_an_arrow_to_the_left():
    x = Variable(2.0, "x")
    y = x.exp()
    y.backward()
    figure = draw(y)
    places = {text.get_text(): text.get_position()[1] for text in figure.axes[0].texts}
    assert places["2"] > places["x"] > places["1"]
    assert places["7.389"] > places["exp"] > places["1"]
    heads = [patch.get_xy() for patch in figure.axes[0].patches if isinstance(patch, Polygon)]
    below = [head for head in heads if head[0, 1] < places["x"] - 0.01]
    assert len(below) == 2
    assert all(tip[0] < back[0] for tip, back, *_ in below)


def test_gradients_differ_from_values_in_more_than_colour():
    texts = draw(apple_shop()).axes[0].texts
    styles = {text.get_text(): (text.get_style(), text.get_color()) for text in texts}
    assert styles["715"][0] == "normal"
    assert styles["3.3"][0] == "italic"
    assert styles["715"][1] != styles["3.3"][1]


def test_before_backward_there_are_only_values():
    x = Variable(3.0, "x")
    assert gradients(draw(x * x)) == Counter()
    assert said(draw(x * x)) == Counter(["x", "3", TIMES, "9"])


def test_a_constant_stands_in_a_dashed_box_with_its_value_and_has_no_gradient():
    x = Variable(3.0, "x")
    y = x * 2
    y.backward()
    figure = draw(y)
    boxes = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyBboxPatch)]
    assert [box.get_linestyle() for box in boxes] == ["-", "--"]
    assert said(figure) == Counter(["x", "3", "2", TIMES, "6", "1", "2"])
    assert gradients(figure) == Counter(["1", "2"])


def test_a_computed_value_that_has_a_name_is_shown_with_it():
    y = Variable(3.0, "x") * 2
    y.name = "y"
    assert "y = 6" in said(draw(y))


def test_arrays_are_shown_by_shape_and_norm_and_their_gradients_by_norm():
    x = Variable(np.array([[3.0, 0.0], [0.0, 4.0]]), "x")
    h = x * 1.0
    h.name = "h"
    y = (h * h).sum()
    y.backward()
    texts = said(draw(y))
    assert texts["(2, 2)\nnorm 5"] == 1
    assert texts["h (2, 2)\nnorm 5"] == 1
    assert texts["norm 10"] == 2


def test_small_arrays_are_written_out_when_asked():
    x = Variable(np.array([[3.0, 0.0], [0.0, 4.0]]), "x")
    y = (x * x).sum()
    y.backward()
    texts = said(draw(y, elements=4))
    assert texts["[[3, 0],\n [0, 4]]"] == 1
    assert texts["[[6, 0],\n [0, 8]]"] == 1
    assert "norm" not in " ".join(said(draw(y, elements=4)))
    assert "norm" in " ".join(said(draw(y, elements=3)))


def test_an_array_of_one_element_keeps_its_sign():
    assert "[[-2]]" in said(draw(Variable([[-2.0]], "x")))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -0.0, 5e-324])
def test_any_number_can_be_shown(value):
    assert_is_clear(draw(-Variable(value, "x")))


def test_there_is_no_negative_zero():
    assert "-0" not in said(draw(-Variable(0.0, "x")))


def test_the_layers_of_a_network_are_nodes_and_the_norms_stand_at_the_edges():
    loss = network()
    texts = said(draw(loss))
    assert {"x", "Affine1", "ReLU1", "Affine2", "Softmax\nWithLoss", "t"} <= set(texts)
    scores = loss.creator.inputs[0]
    assert f"(5, 3)\nnorm {np.linalg.norm(scores.data):.4g}" in texts
    assert f"norm {np.linalg.norm(scores.grad):.4g}" in gradients(draw(loss))


def test_a_value_that_is_used_often_is_told_once_and_its_edge_branches():
    figure = draw(reuse(5))
    assert said(figure)["x"] == 1
    assert sum(isinstance(patch, Circle) for patch in figure.axes[0].patches) >= 4


def test_every_edge_ends_in_one_arrow_head():
    y = Variable(2.0, "x")
    for _ in range(3):
        y = y * y.exp().tanh()  # an edge that passes two columns
    heads = [patch for patch in draw(y).axes[0].patches if isinstance(patch, Polygon)]
    edges = sum(len(variable.creator.inputs) for variable in topological_order(y) if variable.creator)
    assert len(heads) == edges + 1  # the last one leads out


def test_the_picture_grows_with_the_graph_and_its_texts_do_not():
    small, large = draw(chain(2)), draw(chain(50))
    assert large.get_figwidth() > 10 * small.get_figwidth()
    sizes, small_sizes = ({text.get_fontsize() for text in figure.axes[0].texts} for figure in (large, small))
    assert sizes == small_sizes
    assert min(sizes) >= 10


def test_names_are_written_as_they_are():
    figure = draw(Variable(1.0, "$x_1") + Variable(2.0, r"\frac{a}{$b$}"))
    assert {"$x_1", r"\frac{a}{$b$}"} <= set(said(figure))
    assert not any(text.get_parse_math() or text.get_usetex() for text in figure.axes[0].texts)
    assert_is_clear(figure)


def test_the_style_of_other_pictures_leaves_this_one_legible():
    with rc_context({"figure.facecolor": "black", "font.size": 30, "axes.grid": True, "text.color": "white"}):
        figure = draw(apple_shop())
        assert_is_clear(figure)
    assert figure.get_facecolor() == (1, 1, 1, 1)


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")]
)
def test_the_ending_of_the_path_says_the_format(tmp_path, ending, start):
    draw(apple_shop(), tmp_path / f"shop.{ending}")
    assert folder_contents(tmp_path) == [f"shop.{ending}"]
    assert (tmp_path / f"shop.{ending}").read_bytes().startswith(start)


def test_the_png_is_the_figure(tmp_path):
    figure = draw(apple_shop(), str(tmp_path / "shop.png"))
    with Image.open(tmp_path / "shop.png") as image:
        assert image.size == tuple(np.round(figure.get_size_inches() * 150 - 0.5))
        pixels = np.asarray(image.convert("L"))
    assert pixels[0].min() == pixels[-1].min() == pixels[:, 0].min() == pixels[:, -1].min() == 255
    assert (pixels < 100).any()


@pytest.mark.parametrize("name", ["shop.jpg", "shop", "shop.gif", ".png"])
def test_another_ending_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(ValueError, match=r"draw: expected a file name that ends in \.png or \.svg or \.pdf, got"):
        draw(apple_shop(), tmp_path / name)
    assert folder_contents(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"draw: there is no folder '.*nowhere'"):
        draw(apple_shop(), tmp_path / "nowhere" / "shop.png")


def test_a_failing_write_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "shop.png").write_bytes(b"old")

    def full_disk(self, file, **options):
        file.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(Figure, "savefig", full_disk)
    with pytest.raises(OSError, match="no space left"):
        draw(apple_shop(), tmp_path / "shop.png")
    assert folder_contents(tmp_path) == ["shop.png"]
    assert (tmp_path / "shop.png").read_bytes() == b"old"


def test_a_notebook_gets_a_png_of_a_new_figure():
    assert draw(apple_shop())._repr_png_().startswith(b"\x89PNG")


@pytest.mark.exhaustive
def test_pyplot_is_not_needed_and_importing_graph_imports_no_matplotlib(root):
    code = (
        "import sys, graph; assert 'matplotlib' not in sys.modules; x = graph.Variable(1.0); "
        "graph.draw(x * 2)._repr_png_(); assert 'matplotlib.pyplot' not in sys.modules; print('fine')"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120)
    assert result.stdout == "fine\n", result.stderr


def test_a_graph_can_be_drawn_beside_other_things():
    figure = Figure(figsize=(16, 8), layout="constrained")
    figure.suptitle("two shops")
    left, right = figure.subplots(1, 2)
    assert draw(apple_shop(), ax=left) is draw(apple_shop(), ax=right) is figure
    FigureCanvasAgg(figure).draw()
    assert len(left.texts) == len(right.texts) == 27
    for axes in (left, right):
        window = axes.get_window_extent()
        for text in axes.texts:
            assert window.contains(*text.get_window_extent().min)
            assert window.contains(*text.get_window_extent().max)


def test_axes_whose_place_is_not_settled_yet_get_it_first():
    usual = draw(apple_shop())
    figure = Figure(figsize=usual.get_size_inches() + 0.4, layout="constrained")
    axes = figure.subplots()
    assert axes.get_window_extent().width < usual.bbox.width
    draw(apple_shop(), ax=axes)
    assert [text.get_fontsize() for text in axes.texts] == [text.get_fontsize() for text in usual.axes[0].texts]


def test_a_graph_can_be_drawn_in_a_part_of_a_figure(tmp_path):
    figure = Figure(figsize=(12, 4))
    axes = figure.subfigures(1, 2)[0].add_axes((0, 0, 1, 1))
    assert draw(apple_shop(), tmp_path / "both.png", axes) is figure
    assert folder_contents(tmp_path) == ["both.png"]


@pytest.mark.parametrize("ax", [Figure(), 3.0, "ax"])
def test_what_is_no_axes_is_refused(ax):
    with pytest.raises(TypeError, match=f"draw: ax must be the Axes to draw into, got {type(ax).__name__}"):
        draw(apple_shop(), ax=ax)


def test_in_axes_that_are_large_enough_nothing_is_scaled():
    figure = Figure(figsize=(20, 10))
    draw(apple_shop(), ax=figure.add_axes((0, 0, 1, 1)))
    usual = draw(apple_shop())
    boxes = [Rendered(which).texts for which in (figure, usual)]
    for (text, box), (same, usual_box) in zip(*boxes, strict=True):
        assert text == same
        np.testing.assert_allclose(box[2:] - box[:2], usual_box[2:] - usual_box[:2], atol=1.5)


@pytest.mark.parametrize("not_a_variable", [3.0, None, np.ones(3), "x", [Variable(1.0)]])
def test_only_a_variable_can_be_drawn(not_a_variable):
    name = type(not_a_variable).__name__
    with pytest.raises(TypeError, match=f"draw: expected a Variable, the output of a graph; got {name}"):
        draw(not_a_variable)


@pytest.mark.exhaustive
def test_a_graph_that_is_too_large_is_refused_with_the_way_to_draw_a_part():
    y = chain(10_000)
    message = r"draw: the graph has 10,001 nodes, more than the 150 that .* draw\(\.\.\., depth=5\) shows"
    with pytest.raises(ValueError, match=message):
        draw(y)
    figure = draw(y, depth=5)
    assert said(figure)["tanh"] == 5
    assert_is_clear(figure)


@pytest.mark.exhaustive
def test_a_graph_of_the_largest_size_is_drawn_and_none_that_is_larger():
    assert said(draw(chain(149)))["tanh"] == 149
    with pytest.raises(ValueError, match="the graph has 151 nodes"):
        draw(chain(150))


def test_a_picture_that_is_too_long_for_matplotlib_gets_fewer_pixels(tmp_path, monkeypatch):
    monkeypatch.setattr("graph.picture.drawing.LARGEST", 500)
    draw(apple_shop(), tmp_path / "shop.png")
    with Image.open(tmp_path / "shop.png") as image:
        assert 490 <= image.size[0] <= 500


def test_depth_makes_boxes_of_what_lies_before():
    x = Variable(0.5, "x")
    hidden = x.tanh()
    hidden.name = "h"
    y = (hidden * x.exp()).log()
    texts = said(draw(y, depth=2))
    assert {"h", HIDDEN, TIMES, "log"} <= set(texts)
    assert not {"tanh", "exp", "x"} & set(texts)
    assert said(draw(y, depth=3)) == said(draw(y))
    assert said(draw(y, depth=0)) == Counter([HIDDEN, f"{y.data:.4g}"])


@pytest.mark.parametrize("option", ["depth", "elements"])
@pytest.mark.parametrize("value", [-1, 1.5, "all"])
def test_a_depth_that_is_no_count_is_refused(option, value):
    with pytest.raises(ValueError, match=f"draw: {option} must be a whole number, 0 or more, got {value!r}"):
        draw(apple_shop(), **{option: value})


def test_what_was_computed_without_recording_is_a_box():
    with no_grad():
        y = Variable(1.0, "x") + 1.0
    assert said(draw(y)) == Counter(["2"])


def test_gradients_of_another_output_are_not_drawn():
    x, w = Variable(1.0, "x"), Variable(2.0, "w")
    ((x * w) ** 2).backward()
    new = (x * w + 5.0).exp()
    assert all(node.below == "" for node in nodes_of("draw", new))
    new.backward()
    assert all(node.below for node in nodes_of("draw", new) if not node.is_fixed)
