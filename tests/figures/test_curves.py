import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from figures import plot_curves, save_figure
from tests_support import few_quick, folder_contents

HISTORY = [
    {"epoch": n, "train_loss": 1 / n, "train_accuracy": 1 - 0.5 / n, "test_accuracy": 1 - 0.6 / n} for n in (1, 2, 3)
]


def test_the_curves_are_those_of_the_history():
    loss, accuracy = plot_curves(HISTORY, "a run").axes
    assert [list(line.get_xdata()) for line in (*loss.lines, *accuracy.lines)] == [[1, 2, 3]] * 3
    assert list(loss.lines[0].get_ydata()) == [1 / n for n in (1, 2, 3)]
    train, test = accuracy.lines
    assert list(train.get_ydata()) == [100 * (1 - 0.5 / n) for n in (1, 2, 3)]
    assert list(test.get_ydata()) == [100 * (1 - 0.6 / n) for n in (1, 2, 3)]


def test_training_and_test_differ_in_more_than_colour():
    train, test = plot_curves(HISTORY).axes[1].lines
    assert train.get_linestyle() != test.get_linestyle()
    assert train.get_marker() != test.get_marker()


def test_one_epoch_is_enough_and_none_is_refused(tmp_path):
    save_figure(plot_curves(HISTORY[:1]), tmp_path / "one.png")
    with pytest.raises(ValueError, match="the history holds no epoch"):
        plot_curves([])


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")])
def test_a_figure_is_written_in_the_format_of_its_ending(tmp_path, name, start):
    save_figure(plot_curves(HISTORY), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert folder_contents(tmp_path) == [name]


def test_the_last_test_accuracy_stands_in_the_legend():
    legend = plot_curves(HISTORY).axes[1].get_legend()
    assert legend.get_title().get_text() == "test after epoch 3: 80.00 %"
    assert [text.get_text() for text in legend.get_texts()] == ["training", "test"]


def test_a_regression_has_a_loss_and_no_accuracy():
    history = [{**record, "train_accuracy": None, "test_accuracy": None} for record in HISTORY]
    (axes,) = plot_curves(history).axes
    assert axes.get_ylabel() == "training loss"


def test_a_regression_shows_the_loss_in_the_test_beside_that_of_the_training():
    without = {"train_accuracy": None, "test_accuracy": None}
    (axes,) = plot_curves([{**record, **without, "test_loss": 0.25} for record in HISTORY]).axes
    assert [line.get_label() for line in axes.lines] == ["training", "test"]
    assert list(axes.lines[1].get_ydata()) == [0.25] * 3
    assert axes.get_legend().get_title().get_text() == "test after epoch 3: 0.25"


def test_what_is_held_out_has_lines_of_its_own():
    held_out = {"validation_accuracy": 0.5, "validation_loss": 2.0}
    loss, accuracy = plot_curves([{**record, **held_out} for record in HISTORY]).axes
    assert [line.get_label() for line in loss.lines] == ["training", "validation"]
    assert [line.get_label() for line in accuracy.lines] == ["training", "validation", "test"]
    assert list(accuracy.lines[1].get_ydata()) == [50] * 3
    assert len({(line.get_linestyle(), line.get_marker()) for line in accuracy.lines}) == 3


def findings(**epochs):
    return [{"code": code, "epoch": epoch} for code, epoch in epochs.items()]


def marks(axes):
    """The words above axes, with the place of the line below each."""
    lines = [float(line.get_xdata()[0]) for line in axes.lines if len(set(line.get_xdata())) == 1]
    return dict(zip([text.get_text() for text in axes.texts], lines, strict=True))


def test_both_charts_mark_the_epoch_from_which_on_a_finding_holds():
    figure = plot_curves(HISTORY, findings=findings(overfitting=2, noisy=None))
    assert [marks(axes) for axes in figure.axes] == [{"overfitting from epoch 2": 2.0}] * 2


@pytest.mark.parametrize("epoch", [None, 0, 4])
def test_an_epoch_that_is_none_of_the_history_is_not_marked(epoch):
    assert marks(plot_curves(HISTORY, findings=findings(overfitting=epoch)).axes[0]) == {}


def test_a_mark_is_neither_a_curve_nor_in_the_legend():
    without, marked = plot_curves(HISTORY).axes[1], plot_curves(HISTORY, findings=findings(overfitting=2)).axes[1]
    for axes in (without, marked):
        assert [text.get_text() for text in axes.get_legend().get_texts()] == ["training", "test"]
    assert marked.get_xlim() == without.get_xlim()


def test_a_title_on_axes_of_mine_stands_above_the_marks_and_looks_as_it_did(assert_texts_are_readable):
    figure = Figure(figsize=(9, 4), layout="constrained")
    axes = list(figure.subplots(1, 2))
    axes[0].set_title("mine", color="red", fontweight="bold")
    plot_curves(HISTORY, axes=axes, findings=findings(overfitting=2, plateau=1))
    assert_texts_are_readable(figure)
    assert (axes[0].title.get_color(), axes[0].title.get_fontweight()) == ("red", "bold")


def test_what_is_not_finite_is_a_gap():
    losses = [1.0, None, float("inf"), float("nan"), 2.0]
    history = [{**HISTORY[0], "epoch": n, "train_loss": loss} for n, loss in enumerate(losses, start=1)]
    line = plot_curves(history).axes[0].lines[0]
    np.testing.assert_array_equal(line.get_ydata(), [1, np.nan, np.nan, np.nan, 2])


def test_epochs_are_whole_numbers():
    figure = plot_curves(HISTORY)
    FigureCanvasAgg(figure).draw()
    for axes in figure.axes:
        assert {label.get_text() for label in axes.get_xticklabels()} >= {"1", "2", "3"}
        assert all(tick == round(tick) for tick in axes.get_xticks())


def test_a_loss_below_zero_is_seen():
    history = [{**record, "train_loss": -record["train_loss"]} for record in HISTORY]
    assert plot_curves(history).axes[0].get_ylim()[0] < -1


def test_a_record_without_a_number_is_refused():
    message = "record 1 of the history has no train_loss; it has epoch, train_accuracy, test_accuracy"
    lacking = {key: value for key, value in HISTORY[1].items() if key != "train_loss"}
    with pytest.raises(ValueError, match=message):
        plot_curves([HISTORY[0], lacking])


@pytest.mark.parametrize("value", few_quick([0.0, 5e-324, 3.4e38, 1e99, 1.7e308, float("nan"), None], 5e-324, None))
def test_a_loss_of_any_size_is_drawn_without_a_warning(assert_texts_are_readable, value):
    for losses in ([value] * 3, [1.0, value, value]):
        history = [{**record, "train_loss": loss} for record, loss in zip(HISTORY, losses, strict=True)]
        assert_texts_are_readable(plot_curves(history))
