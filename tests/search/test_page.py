"""The page of a search, in a browser, and its pictures."""

import pytest

from browser_support import complaints, look, number_of, opened, text
from figures.search import plot_search, plot_varied
from training.search.command import command


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A browser with the page of a search whose trials came to their end in every way."""
    pytest.importorskip("optuna", reason="Optuna is not installed (pip install optuna)")
    browser = opened(tmp_path_factory.mktemp("profile"))
    study = tmp_path_factory.mktemp("page") / "search"
    words = "--dataset digits --epochs 12 --trials 24 --quiet --vary lr=1e-5:1e6 hidden=10:200 optimizer=sgd,adam"
    assert command([str(study), *words.split()]) == 0
    browser.get((study / "search.html").as_uri())
    yield browser
    browser.quit()


@pytest.mark.exhaustive
def test_the_page_says_what_is_best_and_shows_every_trial(page):
    assert text(page, "h1") == "Search on digits"
    assert "24 of 24 trials: " in text(page, "p")
    assert text(page, "pre").startswith("python train.py --dataset digits --epochs 12 ")
    assert number_of(page, "tbody tr") == 24 + number_of(page, ".bars tr")
    assert number_of(page, "tr.best") == 1
    assert number_of(page, "tr.part") >= 1


@pytest.mark.exhaustive
def test_the_pictures_are_seen_and_have_a_text_for_those_who_cannot_see_them(page):
    script = "return [...document.images].map(image => [image.complete && image.naturalWidth, image.alt])"
    pictures = page.execute_script(script)
    assert len(pictures) == 2
    assert all(width > 100 and alternative for width, alternative in pictures)


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_is_as_wide_as_its_window_and_the_browser_does_not_complain(page, width):
    look(page, width)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    assert not complaints(page)


def test_the_best_so_far_never_comes_from_a_trial_that_was_stopped():
    best, complete, stopped = plot_search([5.0, 1.0, None, 4.0], [True, False, True, True]).axes[0].lines
    assert list(best.get_ydata()) == [5.0, 5.0, 5.0, 4.0]
    assert list(stopped.get_ydata()) == [1.0]
    assert len(complete.get_ydata()) == 3


def test_an_error_of_zero_is_seen_on_the_logarithmic_axis():
    axes = plot_search([2.0, 0.0], [True, True]).axes[0]
    low, high = axes.get_ylim()
    assert axes.get_yscale() == "log"
    assert low < axes.lines[0].get_ydata()[1] < high


@pytest.mark.parametrize("column", [["sgd", "adam", None], [1, 2, 3], [0.1, None, 10.0], [None, None, None]])
def test_trials_without_a_value_are_left_out(column):
    figure = plot_varied({"what": column}, [1.0, 2.0, 3.0], [True, True, False], ["what"])
    figure.draw_without_rendering()
    drawn = sum(sum(x == x for x in line.get_xdata()) for line in figure.axes[0].lines[:2])
    assert drawn == sum(value is not None for value in column)


@pytest.mark.parametrize(("errors", "whole"), [([], []), ([1.0], [True, False])])
def test_what_cannot_be_drawn_is_refused(errors, whole):
    with pytest.raises(ValueError, match="expected as many errors as trials"):
        plot_search(errors, whole)
    with pytest.raises(ValueError, match="expected"):
        plot_varied({"lr": errors}, errors, whole)
