"""What holds for every picture."""

import io
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from figures import plot_curves, save_figure
from figures.style import LINES, new_figure
from figures.text import fitting_size, printable, shorten, text_width
from tests_support import few_quick

HISTORY = [{"epoch": n, "train_loss": 1 / n, "train_accuracy": 0.9, "test_accuracy": 0.8} for n in (1, 2, 3)]


def png(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=60)
    return file.getvalue()


def lightness(colour):
    red, green, blue = matplotlib.colors.to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.exhaustive
def test_no_text_covers_another_or_is_cut_off(any_picture, assert_texts_are_readable):
    assert_texts_are_readable(any_picture())


@pytest.mark.exhaustive
def test_no_text_covers_another_or_is_cut_off_below_a_long_title(any_picture, assert_texts_are_readable):
    title = "W" * 60 + " on a data set whose name is long too, and nobody cut it off in time"
    texts = assert_texts_are_readable(any_picture(title=title))
    assert any(text.startswith("WWW") for text, _ in texts)


@pytest.mark.exhaustive
def test_texts_are_at_least_six_points_at_full_size(any_picture, drawn_texts):
    figure = any_picture()
    drawn_texts(figure)
    sizes = [text.get_fontsize() for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip()]
    assert min(sizes) >= 6


FORMATS = [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")]


@pytest.mark.parametrize(("name", "start"), few_quick(FORMATS, FORMATS[0]))
def test_every_picture_is_saved_in_every_format(picture, tmp_path, name, start):
    save_figure(picture(title="a title"), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.exhaustive
def test_given_axes_are_drawn_on_and_nothing_else(picture):
    argument, count = picture.axes
    figure = Figure(figsize=(12, 8))
    axes = list(figure.subplots(2, 4).flat)
    given, others = axes[:count], axes[count:]
    before = [(len(each.get_children()), each.get_title(), each.get_position().bounds) for each in others]
    assert picture(**{argument: given[0] if count == 1 else given}) is figure
    png(figure)
    assert figure.axes == axes
    assert all(each.has_data() for each in given)
    assert [(len(each.get_children()), each.get_title(), each.get_position().bounds) for each in others] == before
    assert figure.get_suptitle() == ""


def test_the_title_stands_above_the_first_of_the_given_axes(picture):
    argument, count = picture.axes
    figure = Figure()
    axes = [figure.add_subplot(1, count, place + 1) for place in range(count)]
    picture(**{argument: axes}, title="of mine")
    assert axes[0].get_title().split("\n")[0] == "of mine"
    assert figure.get_suptitle() == ""


def test_as_many_axes_are_needed_as_there_are_panels(picture):
    argument, count = picture.axes
    figure = Figure()
    axes = [figure.add_subplot() for _ in range(count + 1)]
    with pytest.raises(ValueError, match=rf"expected {count} Matplotlib axes \(.*\), got {count + 1}"):
        picture(**{argument: axes})


def test_what_is_no_axes_is_refused(picture):
    argument, count = picture.axes
    with pytest.raises(ValueError, match=f"expected {count} Matplotlib axes .* got {count} objects that are no axes"):
        picture(**{argument: ["axes"] * count})


@pytest.mark.exhaustive
def test_a_picture_changes_no_setting_of_matplotlib(picture):
    before = dict(matplotlib.rcParams)
    png(picture())
    assert dict(matplotlib.rcParams) == before


@pytest.mark.exhaustive
def test_a_picture_does_not_depend_on_the_font_size_that_is_set(picture):
    expected = sorted(text.get_fontsize() for text in visible_texts(picture()))
    with matplotlib.rc_context({"font.size": 30, "axes.titlesize": 30, "xtick.labelsize": 30, "legend.fontsize": 30}):
        assert sorted(text.get_fontsize() for text in visible_texts(picture())) == expected


def visible_texts(figure):
    FigureCanvasAgg(figure).draw()
    return [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip()]


@pytest.mark.exhaustive
def test_several_threads_draw_what_one_draws(picture):
    expected = png(picture(title="one of several"))
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: png(picture(title="one of several")), range(8)))
    assert all(each == expected for each in drawn)


def test_lines_differ_in_more_than_colour():
    looks = {(str(line["linestyle"]), line["marker"]) for line in LINES}
    assert len(looks) == len({line["linestyle"] for line in LINES}) == len({line["marker"] for line in LINES}) == 4


def test_the_first_lines_differ_in_lightness_too():
    assert abs(lightness(LINES[0]["color"]) - lightness(LINES[1]["color"])) > 0.2


@pytest.mark.exhaustive
@given(st.text())
def test_any_title_is_drawn_without_a_warning(title):
    png(new_figure((4, 1), title))


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "title",
    [
        "한글 MNIST",
        "\N{MATHEMATICAL SANS-SERIF CAPITAL A}",
        "\ud800 \x00 \x07",
        "$x^2 \\notatex$",
        "a $ and a $",
        "{} %s \\",
        "👍🏽",
    ],
)
def test_titles_that_are_no_plain_english_are_drawn_without_a_warning(title):
    figure = plot_curves(HISTORY, title)
    png(plot_curves(HISTORY, title, axes=figure.axes))


def test_characters_that_the_font_lacks_become_question_marks():
    assert printable("한글: x → y\n\x00") == "??: x → y\n?"


def test_a_font_that_is_not_on_the_machine_is_passed_over():
    with matplotlib.rc_context({"font.family": ["No Such Font", "DejaVu Sans"]}):
        assert printable("한 →") == "? →"


def test_a_longer_text_is_cut_and_the_cut_is_marked():
    assert shorten("x" * 20, 20) == "x" * 20
    assert shorten("x" * 21, 20) == "x" * 17 + "..."


def test_a_shortened_text_has_one_line():
    assert shorten(" one\n two\t", 20) == "one two"


def test_a_font_size_is_smaller_only_where_the_text_is_too_wide():
    width = text_width("wide", 12)
    assert fitting_size(["wide", "w"], 12, width) == 12
    assert fitting_size(["wide", "w"], 12, width / 2) == pytest.approx(6)
    assert fitting_size([], 12, 1) == 12
