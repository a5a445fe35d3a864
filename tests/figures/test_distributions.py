import copy

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from figures import plot_distributions
from tests_support import few_quick


def sizes_of(axes):
    """The standard deviations that are drawn, by the label of their line."""
    return {line.get_label(): list(line.get_ydata()) for line in axes.lines if line.get_label().startswith("epoch")}


def marks_of(axes):
    """The layers that are marked, by what the mark says."""
    return {line.get_label(): list(line.get_xdata()) for line in axes.lines if not line.get_label().startswith("epoch")}


def broken(records, **changes):
    """Records of three layers and two epochs, the second layer of the last epoch with these changes."""
    made = records(3, 2)
    made[-1]["layers"][1].update(changes)
    return made


def test_the_standard_deviations_are_those_of_the_records(trained):
    distributions = trained[1].distributions
    figure = plot_distributions(distributions)
    for axes, kind in ((figure.axes[0], "activation_std"), (figure.axes[2], "gradient_std")):
        assert sizes_of(axes) == {
            f"epoch {record['epoch']}": [layer[kind] for layer in record["layers"]] for record in distributions
        }


def test_the_layers_are_named_in_their_order(trained):
    figure = plot_distributions(trained[1].distributions)
    FigureCanvasAgg(figure).draw()
    for axes in figure.axes[2:]:
        assert [label.get_text() for label in axes.get_xticklabels()] == list(trained[1].network.layers)


@pytest.mark.exhaustive
def test_of_many_layers_every_second_or_so_is_named(records):
    figure = plot_distributions(records(60, 1))
    FigureCanvasAgg(figure).draw()
    named = [label.get_text() for label in figure.axes[2].get_xticklabels()]
    assert named == [f"Affine{n}" for n in range(1, 61, 2)]


@pytest.mark.first_is_quick
@pytest.mark.parametrize(("epochs", "chosen"), [(1, [1]), (2, [1, 2]), (4, [1, 2, 3, 4]), (100, [1, 34, 67, 100])])
def test_the_first_and_the_last_epoch_and_some_between_are_lines(records, epochs, chosen):
    assert list(sizes_of(plot_distributions(records(3, epochs)).axes[0])) == [f"epoch {epoch}" for epoch in chosen]


def test_the_lines_of_two_epochs_differ_in_more_than_colour(records):
    lines = plot_distributions(records(3, 4)).axes[0].lines
    assert len({line.get_linestyle() for line in lines}) == len({line.get_marker() for line in lines}) == 4


@pytest.mark.exhaustive
def test_a_signal_that_vanishes_and_one_that_explodes_are_straight_lines(records):
    for factor in (0.5, 2.0):
        axes = plot_distributions(records(50, 1, factor)).axes[0]
        heights = axes.transData.transform([(k, y) for k, y in enumerate(sizes_of(axes)["epoch 1"])])[:, 1]
        steps = np.diff(heights) / (axes.bbox.height)
        np.testing.assert_allclose(steps, steps[0])
        assert abs(heights[-1] - heights[0]) > 0.8 * axes.bbox.height
        assert np.sign(steps[0]) == np.sign(factor - 1)


def test_layers_of_about_one_size_look_level(records):
    axes = plot_distributions(records(10, 1, 1.02)).axes[0]
    heights = axes.transData.transform([(k, y) for k, y in enumerate(sizes_of(axes)["epoch 1"])])[:, 1]
    assert abs(heights[-1] - heights[0]) < 0.05 * axes.bbox.height


def test_the_spread_is_that_of_the_quantiles_over_the_root_mean_square(records):
    made = records(2, 3)
    for axes, kind in zip(plot_distributions(made).axes[1::2], ("activation", "gradient"), strict=True):
        outer, inner = axes.collections
        (median,) = axes.lines
        layer = made[0]["layers"][0]
        quantiles = np.array(layer[kind]) / np.hypot(layer[f"{kind}_std"], layer[kind][2])
        for band, low, high in ((outer, 0, 4), (inner, 1, 3)):
            heights = band.get_paths()[0].vertices[:, 1]
            assert (heights.min(), heights.max()) == pytest.approx((quantiles[low], quantiles[high]))
        assert median.get_ydata()[0] == pytest.approx(quantiles[2])


def test_the_epochs_of_a_layer_follow_each_other_in_its_place(records):
    (median,) = plot_distributions(records(2, 3)).axes[1].lines
    np.testing.assert_allclose(median.get_xdata(), [-0.42, 0, 0.42, np.nan, 0.58, 1, 1.42, np.nan])


def test_a_lone_epoch_fills_the_place_of_its_layer(records):
    axes = plot_distributions(records(1, 1)).axes[1]
    vertices = axes.collections[0].get_paths()[0].vertices
    assert (vertices[:, 0].min(), vertices[:, 0].max()) == pytest.approx((-0.42, 0.42))


def test_a_layer_without_spread_is_marked_at_the_bottom(records):
    axes = plot_distributions(broken(records, activation_std=0.0, activation=[0.0] * 5)).axes
    assert marks_of(axes[0]) == {"zero": [1]}
    assert marks_of(axes[2]) == {}
    assert np.isnan(sizes_of(axes[0])["epoch 2"][1])


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_a_layer_that_is_not_finite_is_marked_at_the_top(records, value):
    axes = plot_distributions(broken(records, gradient_std=value, gradient=[value, -1e30, 0, 1e30, value])).axes
    assert marks_of(axes[2]) == {"not finite": [1]}
    assert marks_of(axes[0]) == {}
    assert np.isnan(sizes_of(axes[2])["epoch 2"][1])


@pytest.mark.parametrize(
    "value", few_quick([None, 0.0, 5e-324, 1e-308, 1e-99, 3.4e38, 1e99, 1.7e308, float("inf")], None, 5e-324)
)
def test_any_size_is_drawn_without_a_warning(records, assert_texts_are_readable, value):
    one = broken(records, activation_std=value, activation=[value] * 5)
    all_ = records(3, 2)
    for record in all_:
        for layer in record["layers"]:
            layer.update(gradient_std=value, gradient=[value, 0, value, value, value])
    for made in (one, all_):
        assert_texts_are_readable(plot_distributions(made))


def test_without_any_finite_number_the_panels_are_empty(records, assert_texts_are_readable):
    made = records(2, 2)
    for record in made:
        for layer in record["layers"]:
            layer.update(activation=[None] * 5, activation_std=None, gradient=[0] * 5, gradient_std=0)
    figure = plot_distributions(made)
    assert_texts_are_readable(figure)
    assert marks_of(figure.axes[0]) == {"not finite": [0, 1]}
    assert marks_of(figure.axes[2]) == {"zero": [0, 1]}


@pytest.mark.parametrize("given", [[], [{"epoch": 1, "layers": []}]])
def test_without_epochs_or_layers_there_is_nothing_to_draw(given):
    with pytest.raises(ValueError, match="nothing to draw: the distributions hold no epoch, or no layer"):
        plot_distributions(given)


def test_each_epoch_has_the_same_layers(records):
    made = records(2, 2)
    del made[1]["layers"][0]
    with pytest.raises(ValueError, match=r"epoch 2 has the layers Affine2; expected .* the first epoch, Affine1, A"):
        plot_distributions(made)


def test_a_layer_has_five_quantiles(records):
    message = r"Affine2 in epoch 2: expected the quantiles of the gradient at 5, .* got values of shape \(3,\)"
    with pytest.raises(ValueError, match=message):
        plot_distributions(broken(records, gradient=[1, 2, 3]))


def test_a_layer_has_all_its_numbers(records):
    made = copy.deepcopy(records(3, 2))
    del made[1]["layers"][1]["activation_std"]
    with pytest.raises(ValueError, match="Affine2 in epoch 2 has no activation_std; it has name, activation, gradient"):
        plot_distributions(made)


def test_names_of_layers_are_no_formulas_and_have_letters_that_the_font_has(records):
    figure = plot_distributions(records(2, 1, name="$층_{}$"))
    FigureCanvasAgg(figure).draw()
    assert [label.get_text() for label in figure.axes[2].get_xticklabels()] == ["$?_1$", "$?_2$"]
