import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from figures import plot_mistakes
from figures.evaluation import most_confident_mistakes

IMAGES = np.arange(4 * 9.0).reshape(4, 3, 3)
TRUE, PREDICTED, CONFIDENCE = [0, 1, 2, 3], [0, 7, 8, 9], [1.0, 0.5, 0.875, 0.625]


def texts_of(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def images_of(figure):
    return [image.get_array() for image in figure.axes[0].images]


def test_the_mistakes_are_shown_from_the_most_confident_on():
    figure = plot_mistakes(IMAGES, TRUE, PREDICTED, CONFIDENCE)
    assert texts_of(figure) == ["2 → 8", "87.5 %", "3 → 9", "62.5 %", "1 → 7", "50.0 %"]
    shown = IMAGES[[2, 3, 1]]
    np.testing.assert_array_equal(images_of(figure), (shown - shown.min()) / (shown.max() - shown.min()))


def test_they_are_those_of_the_evaluation(trained):
    network = trained[0]
    evaluation = network.evaluation
    figure = plot_mistakes(network.x, evaluation.labels, evaluation.predicted, evaluation.confidence, count=8)
    expected = most_confident_mistakes(evaluation, 8)
    np.testing.assert_array_equal(images_of(figure), network.x[expected].reshape(-1, 8, 8))
    pairs = zip(evaluation.labels[expected], evaluation.predicted[expected], strict=True)
    assert texts_of(figure)[::2] == [f"{true} → {predicted}" for true, predicted in pairs]


@pytest.mark.parametrize(
    ("count", "title"),
    [(24, "all 3 mistakes"), (2, "the 2 most confident of 3 mistakes")],
)
def test_the_title_says_how_many_of_how_many_are_shown(count, title):
    figure = plot_mistakes(IMAGES, TRUE, PREDICTED, CONFIDENCE, count=count)
    assert figure.axes[0].get_title() == f"{title}: true and predicted class, confidence"


def test_one_mistake_is_the_only_one():
    assert plot_mistakes(IMAGES[:2], TRUE[:2], PREDICTED[:2], [1, 1]).axes[0].get_title().startswith("the only mistake")


def test_no_mistake_is_said_to_be_none():
    figure = plot_mistakes(IMAGES, TRUE, TRUE, CONFIDENCE)
    assert figure.axes[0].get_title() == "no mistake among 4 samples"
    assert images_of(figure) == texts_of(figure) == []


def test_high_values_are_dark_as_ink():
    (image,) = plot_mistakes([[[0.0, 1.0]]], [0], [1], [1.0]).axes[0].images
    shades = image.to_rgba(image.get_array())[0, :, :3]
    np.testing.assert_array_equal(shades, [[1, 1, 1], [0, 0, 0]])


def test_all_images_are_on_one_scale():
    faint, strong = images_of(plot_mistakes([[[0.0, 0.5]], [[0.0, 2.0]]], [0, 0], [1, 1], [0.9, 0.8]))
    np.testing.assert_array_equal(faint, [[0, 0.25]])
    np.testing.assert_array_equal(strong, [[0, 1]])


@pytest.mark.parametrize("shape", [(4, 9), (4, 1, 3, 3), (4, 3, 3)])
def test_images_may_be_flat_or_have_one_channel(shape):
    figure = plot_mistakes(IMAGES.reshape(shape), TRUE, PREDICTED, CONFIDENCE)
    np.testing.assert_array_equal(images_of(figure), images_of(plot_mistakes(IMAGES, TRUE, PREDICTED, CONFIDENCE)))


def test_three_channels_are_red_green_and_blue(rng):
    images = rng.uniform(0, 1, (2, 3, 4, 5))
    images.flat[:2] = 0, 1
    shown = images_of(plot_mistakes(images, [0, 0], [1, 1], [0.9, 0.8]))
    np.testing.assert_allclose(shown, images.transpose(0, 2, 3, 1))


def test_integers_are_images_too():
    image = np.array([[[0, 255]]], np.uint8)
    np.testing.assert_array_equal(images_of(plot_mistakes(image, [0], [1], [1])), [[[0, 1]]])


def test_pixels_that_are_not_finite_are_drawn_without_a_warning():
    figure = plot_mistakes([[[0.0, np.nan, np.inf, 1.0]]], [0], [1], [np.nan])
    FigureCanvasAgg(figure).draw()
    np.testing.assert_array_equal(images_of(figure), [[[0, 0, 1, 1]]])


def test_names_stand_in_for_classes():
    figure = plot_mistakes(IMAGES[:2], [0, 0], [0, 1], [0.5, 0.5], labels=["Ankle boot", "T-shirt/top", "Bag"])
    assert texts_of(figure) == ["Ankle boot\n→ T-shirt/top", "50.0 %"]


def test_captions_stand_below_their_image_and_above_the_next(trained):
    evaluation = trained[0].evaluation
    figure = plot_mistakes(trained[0].x, evaluation.labels, evaluation.predicted, evaluation.confidence)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (ax,) = figure.axes
    captions = zip(ax.images, ax.texts[::2], ax.texts[1::2], strict=True)
    tops = sorted({round(image.get_window_extent().y1) for image in ax.images}, reverse=True)
    for image, classes, confidence in captions:
        below = image.get_window_extent()
        next_top = max((top for top in tops if top < below.y0), default=0)
        for text in (classes, confidence):
            box = text.get_window_extent(canvas.get_renderer())
            assert next_top < box.y0 < box.y1 < below.y0
            assert box.x0 + box.x1 == pytest.approx(below.x0 + below.x1, abs=1)


def test_without_images_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match=r"nothing to draw: no images \(shape \(0, 64\)\)"):
        plot_mistakes(np.zeros((0, 64)), [], [], [])


@pytest.mark.parametrize("shape", [(4, 10), (4, 2, 3, 3), (4,), (4, 1, 1, 3, 3)])
def test_other_shapes_are_no_images(shape):
    with pytest.raises(ValueError, match=r"expected images of shape \(N, H, W\).* got shape \(4,"):
        plot_mistakes(np.zeros(shape), TRUE, PREDICTED, CONFIDENCE)


@pytest.mark.parametrize("name", ["true", "predicted"])
@pytest.mark.parametrize(
    ("classes", "message"),
    [
        ([0, 1, 2], r"expected a class for each of 4 images, got shape \(3,\)"),
        (np.eye(4, dtype=int), r"expected a class for each of 4 images, got shape \(4, 4\)"),
        ([0.0, 1.0, 2.0, 3.0], "expected integers from 0, got float64"),
        ([0, 1, 2, -1], "expected integers from 0, got int64 from -1"),
    ],
)
def test_classes_are_an_integer_for_each_image(name, classes, message):
    given = {"true": TRUE, "predicted": PREDICTED, name: np.asarray(classes)}
    with pytest.raises(ValueError, match=f"{name}: {message}"):
        plot_mistakes(IMAGES, **given, confidence=CONFIDENCE)


@pytest.mark.parametrize(
    ("confidence", "message"),
    [([1.0], r"got shape \(1,\)"), ([99.0, 1, 1, 1], "from 0 to 1, got 99"), ([-0.1, 1, 1, 1], "got -0.1")],
)
def test_confidences_are_a_probability_for_each_image(confidence, message):
    with pytest.raises(ValueError, match=f"confidence: .*{message}"):
        plot_mistakes(IMAGES, TRUE, PREDICTED, confidence)


def test_each_class_needs_a_label():
    with pytest.raises(ValueError, match="expected a label for each of 10 classes, got 9 labels"):
        plot_mistakes(IMAGES, TRUE, PREDICTED, CONFIDENCE, labels=list("abcdefghi"))


def test_at_least_one_mistake_is_asked_for():
    with pytest.raises(ValueError, match="count must be at least 1, got 0"):
        plot_mistakes(IMAGES, TRUE, PREDICTED, CONFIDENCE, count=0)
