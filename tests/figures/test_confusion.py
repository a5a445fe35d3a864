import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from figures import plot_confusion


def cells_of(figure):
    """The text of each cell that has one, by row and column."""
    (ax,) = figure.axes
    return {
        (int(text.get_position()[1]), int(text.get_position()[0])): text
        for text in ax.texts
        if text.get_ha() == "center"
    }


def colours_of(figure):
    """The colour of each cell, shape (K, K, 3)."""
    return figure.axes[0].collections[0].get_array()


def lightness_of(figure):
    return colours_of(figure) @ [0.299, 0.587, 0.114]


def test_each_count_that_is_not_zero_stands_in_its_cell(trained):
    confusion = trained[0].evaluation.confusion
    written = {place: int(text.get_text()) for place, text in cells_of(plot_confusion(confusion)).items()}
    assert written == {(i, j): confusion[i, j] for i, j in np.argwhere(confusion).tolist()}


def test_rows_are_true_and_columns_predicted():
    (ax,) = plot_confusion([[5, 2], [0, 7]], labels=["cat", "dog"]).axes
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("true", "predicted")
    for axis in (ax.xaxis, ax.yaxis):
        assert [label.get_text() for label in axis.get_ticklabels()] == ["cat", "dog"]
        np.testing.assert_array_equal(axis.get_ticklocs(), [0.5, 1.5])
    assert ax.get_ylim() == (2, 0)  # the first row is above


def test_without_labels_the_classes_are_numbers():
    (ax,) = plot_confusion(np.eye(3, dtype=int)).axes
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2"]


def test_the_share_of_each_row_that_is_right_stands_at_its_end():
    (ax,) = plot_confusion([[3, 1, 0], [0, 0, 0], [2, 0, 0]]).axes
    assert [text.get_text() for text in ax.texts if text.get_ha() == "left"] == ["right", "75.0 %", "none", "0.0 %"]


def test_the_share_of_all_that_is_right_stands_above():
    assert plot_confusion([[990, 10], [40, 960]]).axes[0].get_title() == "1,950 of 2,000 right (97.50 %)"
    assert plot_confusion([[0]]).axes[0].get_title() == "0 of 0 right (0.00 %)"


def test_the_colour_is_the_share_of_the_row_whatever_the_row_counts():
    few, many = colours_of(plot_confusion([[8, 2], [200, 800]]))
    np.testing.assert_array_equal(few, many[::-1])


def test_more_mistakes_are_darker():
    light = lightness_of(plot_confusion([[90, 0, 10], [1, 99, 0], [5, 0, 95]]))
    assert light[0, 2] < light[2, 0] < light[1, 0] < light[0, 1]
    assert light[0, 1] == pytest.approx(1)


@pytest.mark.exhaustive
def test_one_mistake_in_a_thousand_can_be_seen():
    assert lightness_of(plot_confusion([[999, 1], [0, 1000]]))[0, 1] < 0.97


def test_what_is_right_is_blue_and_a_mistake_orange():
    colours = colours_of(plot_confusion([[9, 1], [1, 9]]))
    assert (colours[[0, 1], [0, 1], 2] > colours[[0, 1], [0, 1], 0]).all()
    assert (colours[[0, 1], [1, 0], 2] < colours[[0, 1], [1, 0], 0]).all()


def test_in_grey_the_diagonal_of_a_network_that_learned_is_darkest(trained):
    light = lightness_of(plot_confusion(trained[0].evaluation.confusion))
    diagonal = np.eye(10, dtype=bool)
    assert light[diagonal].max() < light[~diagonal].min()


@pytest.mark.parametrize("right", [0, 20, 50, 60, 100])
def test_a_count_differs_in_lightness_from_its_cell(right):
    figure = plot_confusion([[right, 100 - right], [100 - right, right]])
    for (i, j), text in cells_of(figure).items():
        ink = 1.0 if text.get_color() == "white" else 0.1
        assert abs(lightness_of(figure)[i, j] - ink) > 0.35


@pytest.mark.exhaustive
def test_a_count_fits_into_its_cell():
    figure = plot_confusion(np.full((26, 26), 88888))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (ax,) = figure.axes
    for (i, j), text in cells_of(figure).items():
        box = text.get_window_extent(canvas.get_renderer())
        (left, top), (right, bottom) = ax.transData.transform([(j, i), (j + 1, i + 1)])
        assert left < box.x0 < box.x1 < right
        assert bottom < box.y0 < box.y1 < top


def test_wide_names_are_written_upright():
    names = ["a rather long name", "b"] * 10
    for labels, rotation in ((names, 90), (None, 0)):
        (ax,) = plot_confusion(np.eye(20, dtype=int), labels=labels).axes
        assert {label.get_rotation() for label in ax.get_xticklabels()} == {rotation}


def test_labels_are_no_formulas_and_have_letters_that_the_font_has():
    figure = plot_confusion([[1, 1], [1, 1]], labels=["$x_1$", "고양이"])
    FigureCanvasAgg(figure).draw()
    labels = figure.axes[0].get_xticklabels()
    assert [label.get_text() for label in labels] == ["$x_1$", "???"]
    assert not any(label.get_parse_math() for label in labels)


def test_counts_may_be_whole_floats():
    assert cells_of(plot_confusion(np.array([[3.0, 0.0], [0.0, 4.0]])))[1, 1].get_text() == "4"


@pytest.mark.parametrize("shape", [(0, 0), (2, 3), (4,), (2, 2, 2)])
def test_a_matrix_that_is_not_square_is_refused(shape):
    with pytest.raises(ValueError, match=rf"has shape \(K, K\) for at least one class, got \({shape[0]},"):
        plot_confusion(np.zeros(shape, int))


@pytest.mark.parametrize(("value", "said"), [(0.5, "0.5"), (-1, "-1"), (np.nan, "nan"), (np.inf, "inf")])
def test_what_is_no_count_is_refused(value, said):
    with pytest.raises(ValueError, match=f"holds counts, whole numbers of at least 0, got {said}"):
        plot_confusion([[1, value], [0, 1]])


def test_texts_are_no_counts():
    with pytest.raises(ValueError, match="holds counts, got an array of <U1"):
        plot_confusion([["a", "b"], ["c", "d"]])


@pytest.mark.parametrize("labels", [["a"], ["a", "b", "c"]])
def test_as_many_labels_are_needed_as_classes(labels):
    with pytest.raises(ValueError, match=f"expected 2 labels, one for each class, got {len(labels)}"):
        plot_confusion([[1, 0], [0, 1]], labels=labels)
