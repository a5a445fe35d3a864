import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from datasets import moons, spiral, xor
from figures import plot_boundary
from figures.boundary import COLOURS, MARKERS, STRENGTH, colours_of
from layers import Affine, SoftmaxWithLoss
from networks import Network, TwoLayerNet

LEFT_AND_RIGHT = np.array([[-1.0, 0], [-1, 1], [1, 0], [1, 1]], np.float32), np.array([0, 0, 1, 1])


def by_the_first_feature(scale=50.0):
    """A network that answers 1 where the first feature is positive."""
    return Network(
        [Affine(np.array([[-scale, scale], [0, 0]], np.float32), np.zeros(2, np.float32))], SoftmaxWithLoss()
    )


def plane_of(figure):
    (image,) = figure.axes[0].images
    return image.get_array()


def lightness(rgb):
    return np.asarray(rgb) @ [0.299, 0.587, 0.114]


def test_the_plane_has_the_colour_of_the_answer():
    plane = plane_of(plot_boundary(by_the_first_feature(), *LEFT_AND_RIGHT))
    for place, k in ((0, 0), (-1, 1)):
        expected = 1 - STRENGTH[k] * (1 - colours_of(2)[k])
        np.testing.assert_allclose(plane[:, place], np.broadcast_to(expected, plane[:, place].shape), atol=1e-3)


def test_the_plane_is_paler_where_the_network_is_less_sure():
    plane = plane_of(plot_boundary(by_the_first_feature(scale=2.0), *LEFT_AND_RIGHT))
    side = plane.shape[1]
    assert lightness(plane[0, side // 2 - 1]) > lightness(plane[0, side // 4]) > lightness(plane[0, 0])


def test_the_line_stands_where_the_answer_changes():
    axes = plot_boundary(by_the_first_feature(), *LEFT_AND_RIGHT).axes[0]
    (contour,) = [drawn for drawn in axes.collections if type(drawn).__name__ == "QuadContourSet"]
    (path,) = contour.get_paths()
    np.testing.assert_allclose(path.vertices[:, 0], 0, atol=1e-3)


def test_points_that_are_taken_for_another_class_have_a_ring_and_are_counted():
    x, t = LEFT_AND_RIGHT
    axes = plot_boundary(by_the_first_feature(), x, t, x, np.array([0, 1, 1, 1])).axes[0]
    (rings,) = [drawn for drawn in axes.collections if str(drawn.get_label()).startswith("wrong")]
    assert rings.get_offsets().tolist() == [[-1, 1]]
    said = [text.get_text() for text in axes.get_legend().get_texts()]
    assert said == ["0", "1", "test: 4", "wrong: 1 of 4"]


def test_every_point_is_drawn_in_its_class():
    x, t = spiral(90)
    axes = plot_boundary(TwoLayerNet(2, 5, 3, seed=0), x, t, labels=["a", "b", "c"]).axes[0]
    drawn = {group.get_label(): group.get_offsets() for group in axes.collections}
    for k, name in enumerate("abc"):
        np.testing.assert_allclose(np.sort(drawn[name], axis=0), np.sort(x[t == k], axis=0), atol=1e-6)


def test_classes_differ_in_markers_and_the_planes_of_the_first_in_lightness():
    assert len(set(MARKERS)) == len(MARKERS) >= 12
    assert len(set(COLOURS)) == len(COLOURS)
    planes = [lightness(1 - share * (1 - colour)) for share, colour in zip(STRENGTH[:3], colours_of(3), strict=True)]
    assert np.diff(sorted(planes)).min() > 0.05


def test_one_hot_labels_are_labels():
    x, t = xor(20)
    figures = [plot_boundary(TwoLayerNet(2, 5, 2, seed=0), x, labels) for labels in (t, np.eye(2)[t])]
    first, second = ([group.get_offsets().tolist() for group in figure.axes[0].collections] for figure in figures)
    assert first == second


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_network_that_diverged_is_drawn_without_a_warning(broken):
    network = TwoLayerNet(2, 5, 2, seed=0)
    network.params["W2"][...] = broken
    FigureCanvasAgg(plot_boundary(network, *moons(20))).draw()


def test_a_single_point_is_drawn_without_a_warning():
    FigureCanvasAgg(plot_boundary(TwoLayerNet(2, 5, 2, seed=0), np.ones((1, 2), np.float32), np.array([1]))).draw()


@pytest.mark.parametrize(
    ("x", "t", "message"),
    [
        (np.zeros((4, 3)), np.zeros(4, int), r"x: expected samples of shape \(N, 2\), got \(4, 3\)"),
        (np.zeros((0, 2)), np.zeros(0, int), r"x: expected samples of shape \(N, 2\), got \(0, 2\)"),
        (np.zeros((4, 2)), np.zeros(3, int), "x has 4 samples, got 3 labels or targets for them"),
        (np.zeros((4, 2)), np.full(4, 7), "labels must lie in 0..1"),
    ],
)
def test_points_that_lie_in_no_plane_are_refused(x, t, message):
    with pytest.raises(ValueError, match=message):
        plot_boundary(TwoLayerNet(2, 5, 2, seed=0), x, t)


def test_a_network_that_tells_no_classes_apart_is_refused():
    with pytest.raises(ValueError, match="expected scores of at least two classes"):
        plot_boundary(TwoLayerNet(2, 5, 1, seed=0, loss="identity"), *moons(20))


def test_names_with_dollars_in_them_are_no_formulas():
    figure = plot_boundary(by_the_first_feature(), *LEFT_AND_RIGHT, labels=[r"$\frac{1}$", "$"], features=("$x^$", "y"))
    FigureCanvasAgg(figure).draw()
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()][:2] == [r"$\frac{1}$", "$"]


@pytest.mark.exhaustive
def test_of_very_many_classes_the_first_are_named_and_the_legend_stays_in_the_picture():
    x = np.random.default_rng(0).normal(size=(120, 2)).astype(np.float32)
    figure = plot_boundary(TwoLayerNet(2, 10, 60, seed=0), x, np.arange(120) % 60)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()][14:17] == ["14", "15", "and 44 more"]
    frame = legend.get_window_extent(canvas.get_renderer())
    assert frame.y0 >= 0
    assert frame.y1 <= figure.bbox.y1
