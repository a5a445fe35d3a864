import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from figures import plot_traces
from figures.traces import group
from tests_support import few_quick

NAMES = ["learning rate", "gradient norm", "loss"]


def line_of(axes):
    (line,) = axes.lines
    return line


def test_the_traces_of_a_training_are_drawn_one_below_the_other(trained):
    axes = plot_traces(trained[0].traces).axes
    assert [each.get_ylabel() for each in axes] == NAMES
    for each, name in zip(axes, ("lr", "gradient_norm", "loss"), strict=True):
        assert list(line_of(each).get_xdata()) == trained[0].traces["step"]
        assert list(line_of(each).get_ydata()) == trained[0].traces[name]


def test_what_was_not_measured_has_no_panel():
    (axes,) = plot_traces({"step": [1, 2], "loss": [2.0, 1.0]}).axes
    assert axes.get_ylabel() == "loss"


def test_of_many_steps_the_line_is_the_mean_and_the_band_holds_all():
    loss = np.random.default_rng(0).uniform(1, 2, 1000)
    (axes,) = plot_traces({"step": np.arange(1000), "loss": loss}).axes
    np.testing.assert_allclose(line_of(axes).get_ydata(), loss.reshape(200, 5).mean(axis=1))
    np.testing.assert_allclose(line_of(axes).get_xdata(), np.arange(2, 1000, 5))
    vertices = axes.collections[0].get_paths()[0].vertices
    assert (vertices[:, 1].min(), vertices[:, 1].max()) == (loss.min(), loss.max())


@given(st.integers(1, 3000), st.integers(0, 2**32 - 1))
def test_every_number_lies_within_the_band_of_its_group(steps, seed):
    rng = np.random.default_rng(seed)
    values = np.where(rng.random(steps) < 0.2, np.nan, rng.standard_normal(steps))
    middle, low, mean, high = group(np.arange(steps, dtype=float), values)
    assert len(middle) <= 200
    finite = np.isfinite(mean)
    assert ((low <= mean + 1e-12) & (mean <= high + 1e-12))[finite].all()
    if finite.any():
        assert (np.nanmin(low), np.nanmax(high)) == (np.nanmin(values), np.nanmax(values))
    assert np.isfinite(values).any() == finite.any()


@pytest.mark.parametrize("gap", [None, float("nan"), float("inf")])
def test_what_is_not_finite_is_a_gap(gap):
    (axes,) = plot_traces({"step": [1, 2, 3], "loss": [2.0, gap, 1.0]}).axes
    np.testing.assert_array_equal(line_of(axes).get_ydata(), [2, np.nan, 1])


def test_a_number_between_two_gaps_is_a_dot():
    loss = [1.0] * 100
    loss[50] = loss[52] = None
    (axes,) = plot_traces({"step": range(100), "loss": loss}).axes
    assert line_of(axes).get_markevery() == [51]


def test_few_steps_are_dots():
    (axes,) = plot_traces({"step": [1, 2, 3], "loss": [3.0, 2.0, 1.0]}).axes
    assert line_of(axes).get_markevery() == [0, 1, 2]


def test_without_a_finite_number_the_panel_says_so():
    (axes,) = plot_traces({"step": [1, 2], "lr": [None, None]}).axes
    assert [text.get_text() for text in axes.texts] == ["no finite value"]


@pytest.mark.parametrize(
    ("name", "values", "scale"),
    [
        ("loss", np.geomspace(2.3, 0.01, 50), "log"),
        ("loss", np.linspace(2.3, 1.9, 50), "linear"),
        ("loss", np.append(np.geomspace(2.3, 0.01, 50), 0.0), "linear"),
        ("loss", np.linspace(-1, 1, 50), "linear"),
        ("gradient_norm", np.append(np.ones(50), 1000.0), "log"),
        ("gradient_norm", np.linspace(1, 3, 50), "linear"),
        ("lr", 0.05 * (1 + np.cos(np.linspace(0, 3, 50))), "linear"),
        ("lr", np.repeat([0.1, 0.01, 0.001], 20), "log"),
        ("lr", np.full(50, 0.1), "linear"),
    ],
)
def test_the_axis_is_logarithmic_where_the_values_span_decades(name, values, scale):
    (axes,) = plot_traces({"step": range(len(values)), name: values}).axes
    assert axes.get_yscale() == scale
    low, high = axes.get_ylim()
    assert low <= values.min() <= values.max() <= high


def test_a_linear_axis_of_positive_values_begins_at_zero():
    (axes,) = plot_traces({"step": [1, 2], "lr": [0.1, 0.1]}).axes
    assert axes.get_ylim()[0] == 0


def test_powers_are_written_in_plain_letters():
    figure = plot_traces({"step": range(100), "loss": np.geomspace(1e-9, 1e9, 100)})
    FigureCanvasAgg(figure).draw()
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert any(label.startswith("1e-") for label in labels)
    assert not any("$" in label for label in labels)


@pytest.mark.parametrize(
    "value", few_quick([0.0, 5e-324, 1e-99, 3.4e38, 1e99, 1.7e308, -1e99, -1.7e308], 0.0, -1.7e308)
)
def test_any_size_is_drawn_without_a_warning(assert_texts_are_readable, value):
    for values in ([value] * 3, [value, 1.0, 2.0], [value] * 500):
        assert_texts_are_readable(plot_traces({"step": range(len(values)), "lr": values, "loss": values}))


@pytest.mark.parametrize(
    ("traces", "message"),
    [
        ({"step": [], "loss": []}, "nothing to draw: the traces hold no step"),
        ({"loss": [1.0]}, "expected traces with step and one or more of lr, gradient_norm, loss, got loss"),
        ({"step": [1]}, "expected traces with step and one or more of lr, gradient_norm, loss, got step"),
        ({"step": [1, 2], "lr": [0.1]}, "the traces hold 2 steps, but 1 values of lr"),
    ],
)
def test_traces_are_steps_and_as_many_values(traces, message):
    with pytest.raises(ValueError, match=message):
        plot_traces(traces)
