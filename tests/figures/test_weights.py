import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from figures import plot_weights


def images_of(figure):
    return [image.get_array() for image in figure.axes[0].images]


def shade(figure, value):
    """The grey, from 0 to 1, in which a weight is drawn."""
    image = figure.axes[0].images[0]
    return image.to_rgba(value)[0]


def test_each_column_of_an_affine_layer_is_an_image(trained):
    W = trained[0].network.params["W1"]
    np.testing.assert_array_equal(images_of(plot_weights(W, (8, 8))), W.T.reshape(-1, 8, 8))


def test_each_filter_of_a_convolution_is_an_image(trained):
    W = trained[1].network.params["W1"]
    np.testing.assert_array_equal(images_of(plot_weights(W)), W[:, 0])


def test_each_channel_is_an_image_beside_the_others_of_its_filter(rng):
    W = rng.standard_normal((5, 3, 2, 2))
    figure = plot_weights(W)
    np.testing.assert_array_equal(images_of(figure), W.reshape(15, 2, 2))
    tops = [image.get_extent()[3] for image in figure.axes[0].images]
    assert all(len(set(tops[k : k + 3])) == 1 for k in range(0, 15, 3))


def test_columns_of_an_affine_layer_may_have_channels(rng):
    W = rng.standard_normal((12, 5))
    np.testing.assert_array_equal(images_of(plot_weights(W, (3, 2, 2))), W.T.reshape(15, 2, 2))


@pytest.mark.parametrize(
    ("shape", "count", "title"),
    [
        ((4, 100), 64, "the weights of 64 of 100 units"),
        ((4, 1), 64, "the weights of 1 unit"),
        ((30, 1, 2, 2), 64, "the weights of 30 filters"),
        ((64, 64, 2, 2), 64, "the weights of 4 of 64 filters, each with 16 of 64 channels"),
        ((9, 3, 2, 2), 10, "the weights of 3 of 9 filters, each with 3 channels"),
        ((9, 3, 2, 2), 2, "the weights of 1 of 9 filters, each with 2 of 3 channels"),
    ],
)
def test_the_title_says_how_many_of_how_many_are_shown(shape, count, title):
    figure = plot_weights(np.ones(shape), (2, 2), count)
    assert figure.axes[0].get_title() == title
    assert len(images_of(figure)) <= count


def test_zero_is_mid_grey_and_the_scale_symmetric():
    figure = plot_weights(np.array([[-1.0, 3.0], [0.5, 0.0]]), (2, 1))
    assert shade(figure, 0.0) == pytest.approx(0.5, abs=0.003)
    for value in (0.5, 1.0, 2.9):
        assert shade(figure, value) + shade(figure, -value) == pytest.approx(1, abs=0.005)
    assert shade(figure, 3.0) == 1
    assert shade(figure, -3.0) == 0


def test_all_images_have_one_scale(trained):
    (ax,) = plot_weights(trained[0].network.params["W1"], (8, 8)).axes
    assert len({(image.norm.vmin, image.norm.vmax) for image in ax.images}) == 1


def test_a_few_large_weights_do_not_turn_all_others_grey(rng):
    W = rng.uniform(-1, 1, (100, 10))
    W[0, 0] = 1000
    assert plot_weights(W, (10, 10)).axes[0].images[0].norm.vmax < 1


def test_the_scale_is_written_below_the_images():
    figure = plot_weights(np.array([[-0.25], [0.125]]), (1, 2))
    (scale,) = figure.axes[0].child_axes
    FigureCanvasAgg(figure).draw()
    assert [label.get_text() for label in scale.get_xticklabels()] == ["-0.25", "0", "0.25"]
    assert scale.get_window_extent().y1 < figure.axes[0].images[0].get_window_extent().y0


def test_what_is_not_finite_is_orange():
    figure = plot_weights(np.array([[np.nan], [np.inf], [1.0], [-1.0]]), (2, 2))
    FigureCanvasAgg(figure).draw()
    (image,) = figure.axes[0].images
    pixels = image.to_rgba(image.get_array())
    red, _, blue, _ = pixels[0, 0]
    assert red > 0.7
    assert blue < 0.2
    np.testing.assert_array_equal(pixels[0, 1], pixels[0, 0])


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_weights_of_no_size_are_drawn_without_a_warning(value):
    FigureCanvasAgg(plot_weights(np.full((4, 3), value), (2, 2))).draw()


@pytest.mark.parametrize("shape", [(), (3,), (3, 3, 3), (0, 4), (2, 1, 0, 3)])
def test_other_shapes_are_no_weights(shape):
    with pytest.raises(ValueError, match=r"expected weights of shape \(D, M\) or \(F, C, FH, FW\), got float64 of sha"):
        plot_weights(np.zeros(shape), (1, 1))


@pytest.mark.parametrize("image_shape", [None, (64,), (1, 1, 8, 8)])
def test_the_weights_of_an_affine_layer_need_the_shape_of_the_images(image_shape):
    with pytest.raises(ValueError, match=r"image_shape must be \(H, W\) or \(C, H, W\), got"):
        plot_weights(np.zeros((64, 10)), image_shape)


def test_the_images_have_as_many_pixels_as_a_column_has_weights():
    message = r"image_shape \(28, 28\) has 784 pixels, but a column of W has 64 weights \(W.shape \(64, 10\)\)"
    with pytest.raises(ValueError, match=message):
        plot_weights(np.zeros((64, 10)), (28, 28))


def test_at_least_one_image_is_asked_for():
    with pytest.raises(ValueError, match="count must be at least 1, got 0"):
        plot_weights(np.zeros((4, 3)), (2, 2), count=0)


def test_filters_stand_further_apart_than_their_channels():
    (ax,) = plot_weights(np.ones((4, 2, 3, 3))).axes
    left = [image.get_extent()[0] for image in ax.images[:3]]
    assert left[2] - left[1] > left[1] - left[0] > 1
