"""The report of data that are no images, in a real browser without a window."""

import numpy as np
import pytest

from browser_support import complaints, element, look, number_of, press, settle, text
from datasets.opening import open_toy
from layers import Affine, SoftmaxWithLoss, softmax
from networks import MultiLayerNet, Network, TwoLayerNet
from training import Adam, Trainer

pytestmark = pytest.mark.exhaustive

KNOWN = "return plane === null || plane.shares.values.length === plane.shares.side ** 2 * plane.shares.classes"
SHARES = "return [...plane.shares.values]"
PIXEL = """
    const [x, y] = [plane.x.at(arguments[0][0]), plane.y.at(arguments[0][1])];
    const { left, top, right, bottom } = plane.box;
    const { canvas } = plane;
    const column = Math.floor(((x - left) / (right - left)) * canvas.width);
    const row = Math.floor(((y - top) / (bottom - top)) * canvas.height);
    return [...canvas.getContext("2d").getImageData(column, row, 1, 1).data];
"""


@pytest.fixture
def open_points(browser, report_of_points):
    """Open a report of points, and wait until the plane is coloured, if there is one."""

    def open_page(data, network=None, width=1200, dark=False, **changes):
        look(browser, width, dark)
        browser.get_log("browser")
        browser.get(report_of_points(data, network, **changes).as_uri())
        settle(browser)
        if data.classes and data.features == 2:
            for _ in range(300):
                if browser.execute_script(KNOWN):
                    break
                settle(browser)
        return browser

    return open_page


@pytest.fixture(scope="module")
def spiral_run():
    """A network that has learned the spiral."""
    data = open_toy("spiral")
    network = MultiLayerNet(2, [40, 20], 3, use_batchnorm=True, seed=0)
    Trainer(network, data.x_train, data.t_train, data.x_test, data.t_test, Adam(0.01), 20, 20, seed=0).train()
    return data, network


def test_the_plane_has_what_the_network_answers_in_python(open_points, spiral_run):
    data, network = spiral_run
    page = open_points(data, network)
    found = np.array(page.execute_script(SHARES)).reshape(120, 120, 3).argmax(axis=2)
    (left, right), (bottom, top) = page.execute_script("return plane.extents")
    across = left + (np.arange(120) + 0.5) / 120 * (right - left)
    down = top - (np.arange(120) + 0.5) / 120 * (top - bottom)
    places = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2).astype(np.float32)
    expected = network.predict(places).argmax(axis=1).reshape(120, 120)
    assert (found == expected).mean() > 0.999
    assert complaints(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_each_point_lies_on_the_colour_of_its_answer_and_the_colours_follow_the_dark(open_points, spiral_run, dark):
    page = open_points(*spiral_run, dark=not dark)
    look(page, dark=dark)
    settle(page)
    tones = page.execute_script("return [0, 1, 2].map((k) => colourNamed(`--class${k}`))")
    paper = page.execute_script("return colourNamed('--paper')")
    data, network = spiral_run
    far = [place for place in range(100) if np.hypot(*data.x_test[place]) > 0.4][:20]
    for place in far:
        colour = np.array(page.execute_script(PIXEL, data.x_test[place].tolist())[:3])
        best = int(network.predict(data.x_test[place : place + 1]).argmax())
        towards = np.array(tones[best]) - paper
        assert np.corrcoef(colour - paper, towards)[0, 1] > 0.95
        assert np.linalg.norm(colour - paper) < np.linalg.norm(towards)


def test_points_and_rings_are_those_of_the_data(open_points, spiral_run):
    data, network = spiral_run
    page = open_points(data, network)
    assert number_of(page, "#plane-frame .point.small") == 400
    assert number_of(page, "#plane-frame .point.large") == 100
    wrong = int((network.predict(data.x_test).argmax(axis=1) != data.t_test).sum())
    assert number_of(page, "#plane-frame .ring") == wrong
    assert text(page, "#plane-legend").endswith(f"ring: {wrong} wrong")


def test_pointing_and_arrow_keys_choose_the_place_that_is_answered(open_points, spiral_run):
    from selenium.webdriver.common.action_chains import ActionChains

    data, network = spiral_run
    page = open_points(data, network)
    frame = element(page, "#plane-frame")
    ActionChains(page).move_to_element_with_offset(frame, 60, -40).perform()
    settle(page)
    at = page.execute_script("return plane.at")
    expected = softmax(network.predict(np.array([at], np.float32)))[0]
    assert text(page, "#plane-best") == str(expected.argmax())
    shown = page.execute_script("return [...document.querySelectorAll('#plane-bars .value')].map((e) => e.textContent)")
    assert shown == [f"{100 * share:.1f} %" for share in expected]
    press(page, "#plane-frame", "ARROW_LEFT", "ARROW_LEFT", "ARROW_UP")
    moved = page.execute_script("return plane.at")
    extents = np.array(page.execute_script("return plane.extents"))
    np.testing.assert_allclose(np.subtract(moved, at) / np.diff(extents)[:, 0], [-2 / 40, 1 / 40], atol=1e-9)
    assert text(page, "#plane-spoken").startswith("x1 = ")


def test_the_place_cannot_leave_the_plane(open_points, spiral_run):
    page = open_points(*spiral_run)
    press(page, "#plane-frame", *["ARROW_LEFT"] * 50)
    assert page.execute_script("return plane.at[0]") == page.execute_script("return plane.extents[0][0]")


def number(words):
    return float(words.replace("\N{MINUS SIGN}", "-"))


def test_the_fitted_curve_is_that_of_the_network(open_points):
    data, network = open_toy("curve"), TwoLayerNet(1, 30, 1, weight_init_std=1.0, seed=0, loss="identity")
    page = open_points(data, network)
    assert number_of(page, "#fit-chart .point") == 500
    press(page, "#fit-chart svg", "HOME")
    x = number(text(page, "#fit-chart .readout span:first-child").removeprefix("x "))
    y = number(text(page, "#fit-chart .readout span:last-child").removeprefix("network "))
    assert x == pytest.approx(min(data.x_train.min(), data.x_test.min()), rel=1e-2)
    assert y == pytest.approx(network.predict(np.array([[x]], np.float32)).item(), rel=2e-2)
    assert text(page, "#facts li:first-child") == "0.4loss on 100 test points"
    assert complaints(page) == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("spiral", ["plane", "curves", "confusion", "distributions", "traces"]),
        ("curve", ["fit", "curves", "distributions", "traces"]),
    ],
)
def test_what_is_for_images_is_left_out(open_points, name, parts):
    page = open_points(open_toy(name))
    seen = "return [...document.querySelectorAll('main > section:not([hidden])')].map((section) => section.id)"
    assert page.execute_script(seen) == parts
    links = "return [...document.querySelectorAll('nav a')].map((link) => link.hash.slice(1))"
    assert page.execute_script(links) == parts
    assert element(page, ".skip").get_attribute("href").endswith(f"#{parts[0]}")
    assert complaints(page) == []


def test_of_more_features_the_page_has_curves_and_confusion(open_points, rng):
    x, t = rng.random((30, 5), np.float32), np.arange(30) % 2
    data = open_toy("moons")._replace(x_train=x, t_train=t, x_test=x, t_test=t, class_names=("ham", "spam"))
    page = open_points(data)
    assert not element(page, "#plane").is_displayed()
    element(page, "#matrix tbody tr:nth-child(1) td:nth-of-type(2) button").click()
    assert text(page, "#cell-title") == "ham taken for spam"
    assert "test sample" in text(page, "#cell-note") or text(page, "#cell-note") == "This never happened."
    assert complaints(page) == []


@pytest.mark.parametrize("name", ["spiral", "curve"])
@pytest.mark.parametrize("width", [360, 800])
def test_nothing_is_wider_than_the_screen(open_points, name, width):
    data = open_toy(name)
    long = tuple(f"a feature with a long name {number}" for number in range(data.features))
    named = tuple(f"a class with a long name {number}" for number in range(data.classes)) or None
    page = open_points(data._replace(feature_names=long, class_names=named), width=width)
    assert page.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    overhanging = """
        return [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll"))
          .map((element) => element.outerHTML);
    """
    assert page.execute_script(overhanging) == []


def test_a_network_that_diverged_and_one_with_an_unknown_layer_are_shown(open_points):
    data, broken = open_toy("moons"), TwoLayerNet(2, 5, 2, seed=0)
    broken.params["W2"][...] = np.nan
    page = open_points(data, broken)
    assert text(page, "#plane-best") == "?"
    assert complaints(page) == []

    class Cube:
        def forward(self, x):
            return x**3

        def backward(self, dout):
            return dout

    page = open_points(data, Network([Affine(np.ones((2, 2)), np.zeros(2)), Cube()], SoftmaxWithLoss()))
    assert not element(page, "#plane").is_displayed()
    assert complaints(page) == []


def test_what_is_held_out_has_a_line_and_a_column(open_points):
    held_out = {"validation_accuracy": 0.75, "validation_loss": 0.5}
    records = [
        {"epoch": n, "train_loss": 1 / n, "train_accuracy": 0.8, "test_accuracy": 0.7, "seconds": 1.0, **held_out}
        for n in (1, 2, 3)
    ]
    page = open_points(open_toy("moons"), history=records)
    readout = text(page, "#curve-charts .chart:nth-child(2) .readout")
    assert readout == "epoch 3training 80.00 %validation 75.00 %test 70.00 %"
    assert text(page, "#curve-charts .chart:nth-child(1) .readout") == "epoch 3training 0.333validation 0.5"
    head = "return [...document.querySelectorAll('#history th')].map((cell) => cell.textContent)"
    assert page.execute_script(head) == [
        "epoch",
        "training loss",
        "validation loss",
        "training accuracy",
        "validation accuracy",
        "test accuracy",
        "seconds",
    ]
