import pytest

from figures import plot_curves, save_figure
from tests_support import folder_contents

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
