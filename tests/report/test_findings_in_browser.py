"""What a diagnosis found, as a person meets it in the report."""

import pytest

from browser_support import complaints, element, look, number_of, press, settle, text

pytestmark = pytest.mark.exhaustive

TEXTS = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"


@pytest.fixture
def open_report(browser, report):
    """Open a report with those findings in the browser."""

    def open_page(findings, width=1200, dark=False, **changes):
        look(browser, width, dark)
        browser.get_log("browser")
        browser.get(report(findings=findings, **changes).as_uri())
        settle(browser)
        return browser

    return open_page


def texts(browser, selector):
    return browser.execute_script(TEXTS, selector)


def test_causes_stand_apart_from_what_follows_from_them(open_report, some_findings):
    page = open_report(some_findings)
    assert texts(page, "#causes .code b") == ["learning-rate-too-high", "overfitting"]
    assert texts(page, "#effects .code b") == ["dead-units", "not-learning"]
    assert text(page, "#effects-title") == "What follows from these"
    assert complaints(page) == []


def test_a_finding_has_its_message_its_remedy_and_what_was_tried_with_both_numbers(open_report, some_findings):
    page = open_report(some_findings)
    assert texts(page, "#causes li:first-child p") == [
        "learning-rate-too-high",
        "There is learning-rate-too-high.",
        "RemedyMend learning-rate-too-high.",
        "TriedWith learning rate 0.5 instead of 50 the loss falls to 0.31 in 100 steps; as it is, it is 2.3",
    ]


def test_effects_without_a_cause_are_what_is_wrong(open_report, some_findings):
    page = open_report(some_findings[2:])
    assert texts(page, "#causes .code b") == ["dead-units", "not-learning"]
    assert not element(page, "#effects-title").is_displayed()


def test_where_nothing_was_found_a_line_says_so_and_without_a_diagnosis_nothing_does(open_report):
    page = open_report([])
    assert element(page, "#no-findings").text == "Nothing was found wrong with this training."
    assert not element(page, "#findings").is_displayed()
    page = open_report(None)
    assert not element(page, "#no-findings").is_displayed()
    assert not element(page, "#findings").is_displayed()


def test_both_curves_mark_the_epoch_from_which_on_it_holds(open_report, some_findings):
    page = open_report(some_findings)
    assert texts(page, "#curve-charts .event-words") == ["overfitting from epoch 3"] * 2
    places = """
        return [...document.querySelectorAll("#curve-charts svg")].map((svg) =>
          [svg.querySelector(".event").x1.baseVal.value, svg.querySelectorAll(".dot.train")[2].cx.baseVal.value]);
    """
    for line, third_epoch in page.execute_script(places):
        assert line == pytest.approx(third_epoch, abs=0.1)


def test_a_mark_is_heard_as_well_as_seen(open_report, some_findings):
    page = open_report(some_findings)
    chart = element(page, "#curve-charts .chart:nth-child(2) svg")
    assert chart.get_attribute("aria-label") == "Accuracy, overfitting from epoch 3"
    press(page, "#curve-charts .chart:nth-child(2) svg", "HOME", "ARROW_RIGHT")
    assert "overfitting" not in chart.get_attribute("aria-valuetext")
    press(page, "#curve-charts .chart:nth-child(2) svg", "ARROW_RIGHT")
    assert chart.get_attribute("aria-valuetext").endswith("overfitting from epoch 3")


@pytest.mark.parametrize("epoch", [None, 0, 6])
def test_an_epoch_that_is_none_of_the_history_is_not_marked(open_report, some_findings, epoch):
    page = open_report([some_findings[1] | {"epoch": epoch}])
    assert number_of(page, "#curve-charts .event") == 0


def test_findings_stand_in_short_beside_the_charts_that_show_them(open_report, some_findings):
    page = open_report(some_findings)
    assert texts(page, "#signals-findings li") == ["dead-units There is dead-units."]
    assert texts(page, "#steps-findings li") == ["learning-rate-too-high There is learning-rate-too-high."]
    element(page, "#signals-findings a").click()
    assert page.execute_script("return document.querySelector(':target .code').textContent") == "dead-units"


def test_no_chart_has_a_note_where_its_findings_are_missing(open_report, some_findings):
    page = open_report(some_findings[1:2])
    assert not element(page, "#signals-findings").is_displayed()
    assert not element(page, "#steps-findings").is_displayed()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_of_the_findings_is_cut_off_at_any_width(open_report, some_findings, width):
    long = some_findings[0] | {"epoch": 3, "code": "learning-rate-too-high", "message": "no_space_" * 40}
    page = open_report([long, *some_findings], width=width)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    outside = """
        return [...document.querySelectorAll("#findings *, .beside *, .event-words")]
          .filter((one) => one.getBoundingClientRect().left < 0 || one.getBoundingClientRect().right > innerWidth)
          .map((one) => one.textContent);
    """
    assert page.execute_script(outside) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_words_of_findings_stand_out_from_the_ground(open_report, some_findings, dark):
    page = open_report(some_findings, dark=dark)
    faint = """
        const light = (colour) => {
          const parts = colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255);
          const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        };
        const ground = light(getComputedStyle(document.body).backgroundColor);
        const contrast = (one) => Math.max(ground, one) / Math.min(ground, one);
        return [...document.querySelectorAll("#findings *, .beside *, #curve-charts .readout *")]
          .filter((one) => contrast(light(getComputedStyle(one).color)) < 4.5)
          .map((one) => one.textContent);
    """
    assert page.execute_script(faint) == []


def test_hostile_findings_are_shown_and_do_nothing(open_report):
    hostile = "</script><img src=x onerror='window.harmed = 1'> & \u202e"
    finding = {"code": hostile, "message": hostile, "remedy": hostile, "tried": {"text": hostile}, "epoch": 2}
    page = open_report([finding])
    assert page.execute_script("return window.harmed ?? null") is None
    assert number_of(page, "img") == 0
    assert text(page, "#causes .code b") == hostile
    assert complaints(page) == []
