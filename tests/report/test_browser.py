"""The report as a person meets it, in a real browser without a window."""

import json
import time

import numpy as np
import pytest

from browser_support import complaints, element, look, number_of, press, settle, text
from datasets.opening import open_mnist
from figures.report import offer_downloads
from layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Checkpoint,
    Convolution,
    Flatten,
    LayerNormalization,
    LeakyReLU,
    MaxPooling,
    Residual,
    Sequence,
    Sigmoid,
    SoftmaxWithLoss,
    Tanh,
    softmax,
)
from networks import DeepConvNet, Network, TwoLayerNet
from networks.layer_names import name_layers
from networks.stack import ACTIVATIONS
from training import SGD, Adam, Trainer

pytestmark = pytest.mark.exhaustive

DEEP = {"hidden": (30, 20), "batch_norm": True, "dropout": 0.3}
KINDS = {
    "TwoLayerNet": ("TwoLayerNet", {"hidden": (50,)}),
    **{f"MultiLayerNet-{name}": ("MultiLayerNet", DEEP | {"activation": name}) for name in ACTIVATIONS},
    "SimpleConvNet": ("SimpleConvNet", {}),
    "DeepConvNet": ("DeepConvNet", {}),
    "ResidualNet": ("ResidualNet", {"channels": (4, 8, 8), "blocks": 2}),
}
PROBABILITIES = "return arguments[0].map((pixels) => Array.from(predict(pixels).probabilities));"
ENOUGH = 90  # of 100
HOSTILE = "</script><img src=x onerror='window.harmed = 1'> & 손글씨/手書き\u202e\u2028"


@pytest.fixture
def open_report(browser, report):
    """Open a report in the browser, at first in the light and 1200 pixels wide."""

    def open_page(*arguments, width=1200, dark=False, **changes):
        look(browser, width, dark)
        browser.get_log("browser")
        browser.get(report(*arguments, **changes).as_uri())
        return browser

    return open_page


def stroke(browser, points, kind="mouse"):
    """Draw a line on the sheet with a pointer; points are shares of its width and height."""
    from selenium.webdriver.common.action_chains import ActionBuilder
    from selenium.webdriver.common.actions.pointer_input import PointerInput

    canvas = element(browser, "#canvas")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", canvas)
    box = browser.execute_script("return arguments[0].getBoundingClientRect().toJSON()", canvas)
    actions = ActionBuilder(browser, mouse=PointerInput(kind, kind), duration=20)
    places = [(round(box["x"] + x * box["width"]), round(box["y"] + y * box["height"])) for x, y in points]
    actions.pointer_action.move_to_location(*places[0])
    actions.pointer_action.pointer_down()
    for place in places[1:]:
        actions.pointer_action.move_to_location(*place)
    actions.pointer_action.pointer_up()
    actions.perform()


def probabilities(network, x):
    return softmax(network.predict(x))


@pytest.fixture(scope="module")
def mnist_run(mnist_folder):
    """A TwoLayerNet after three epochs on a part of MNIST, and the test set."""
    data, some = open_mnist(mnist_folder), slice(20_000)
    network = TwoLayerNet(784, 50, 10, seed=0)
    train = data.x_train[some], data.t_train[some]
    Trainer(network, *train, data.x_test, data.t_test, Adam(0.003), 3, 50, seed=0).train()
    given = {"x_test": data.x_test, "t_test": data.t_test, "image_shape": (28, 28)}
    return network, given, data


@pytest.fixture(scope="module")
def digits_run(digits):
    """A TwoLayerNet trained on the embedded digits."""
    network = TwoLayerNet(64, 100, 10, seed=0)
    Trainer(network, digits.x_train, digits.t_train, digits.x_test, digits.t_test, SGD(0.5), 30, 20, seed=0).train()
    return network, {}, digits


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_opens_without_a_complaint_and_asks_nobody_for_anything(open_report, dark):
    page = open_report(dark=dark)
    page.get_log("performance")
    page.refresh()
    settle(page)
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith("data:")] == [page.current_url]
    assert complaints(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_probabilities_in_the_page_are_those_in_python(open_report, trained, kind):
    name, options = KINDS[kind]
    network, x_test = trained(name, **options)
    x = x_test[:100]
    page = open_report(network, x_test)
    given = page.execute_script(PROBABILITIES, x.reshape(100, -1).tolist())
    np.testing.assert_allclose(given, probabilities(network, x), rtol=0, atol=1e-5)
    assert complaints(page) == []


def test_every_layer_that_no_ready_made_network_uses_computes_as_in_python(open_report, digits, rng):
    def weights(*shape):
        return rng.standard_normal(shape)

    inside = Sequence(Convolution(weights(4, 4, 3, 3), weights(4), stride=1, pad=1), LeakyReLU(0.2))
    layers = [
        Convolution(weights(4, 1, 3, 3), weights(4), stride=1, pad=2),
        BatchNormalization(weights(4), weights(4), running_mean=weights(4), running_var=weights(4) ** 2),
        Residual(inside, Tanh(), projection=Convolution(weights(4, 4, 1, 1), weights(4))),
        MaxPooling(3, 2, stride=2, pad=1),
        AveragePooling(2, 3, stride=1, pad=1),
        Checkpoint(Flatten(), Affine(weights(4 * 6 * 6, 20), weights(20)), Sigmoid()),
        LayerNormalization(weights(20), weights(20)),
        Affine(weights(20, 10), weights(10)),
    ]
    network = Network(name_layers(layers), SoftmaxWithLoss())
    x = digits.as_images().x_test
    page = open_report(network, x)
    given = page.execute_script(PROBABILITIES, x[:100].reshape(100, -1).tolist())
    np.testing.assert_allclose(given, probabilities(network, x[:100]), rtol=0, atol=1e-5)
    assert complaints(page) == []


@pytest.mark.parametrize("cls", [TwoLayerNet, DeepConvNet])
def test_the_probabilities_agree_on_images_of_28_x_28_too(open_report, rng, cls):
    arguments = {"input_size": 784, "hidden_size": 100, "output_size": 10} if cls is TwoLayerNet else {}
    network = cls(**arguments, seed=0)
    x = (rng.random((120, 1, 28, 28)) * (rng.random((120, 1, 28, 28)) > 0.7)).astype(np.float32)
    x = x.reshape(120, 784) if cls is TwoLayerNet else x
    page = open_report(network, x, t_test=np.arange(120) % 10, image_shape=(28, 28))
    given = page.execute_script(PROBABILITIES, x[:100].reshape(100, -1).tolist())
    np.testing.assert_allclose(given, probabilities(network, x[:100]), rtol=0, atol=1e-5)


@pytest.mark.parametrize("run", ["mnist_run", "digits_run"])
def test_digits_painted_on_the_sheet_at_any_place_and_size_get_the_right_class(open_report, request, run, rng):
    network, given, data = request.getfixturevalue(run)
    page = open_report(network, **given)
    paint = """
        const [images, places] = arguments;
        const { width, height } = desk.sheet.canvas;
        return images.map((pixels, number) => {
          const [size, x, y] = places[number];
          const place = { width: size * width, height: size * height };
          [place.left, place.top] = [x * (width - place.width), y * (height - place.height)];
          desk.shown = null;
          desk.sheet.paint(pixels, { ...place, smooth: true });
          desk.update();
          return Number(byId("best").textContent);
        });
    """
    places = np.column_stack([0.5 + 0.5 * rng.random(100), rng.random((100, 2))])
    answers = page.execute_script(paint, data.x_test[:100].tolist(), places.tolist())
    assert (np.array(answers) == data.t_test[:100]).sum() >= ENOUGH


def test_mnist_is_made_in_the_page_as_it_was_made(open_report, mnist_run):
    network, given, data = mnist_run
    page = open_report(network, **given)
    paint = """
        return arguments[0].map((pixels) => {
          desk.sheet.paint(pixels);
          return Array.from(seen(desk.sheet.ink(), REPORT.image));
        });
    """
    made = np.array(page.execute_script(paint, data.x_test[:100].tolist()))
    same = np.abs(made - data.x_test[:100]).max(axis=1) < 0.01
    assert same.sum() >= ENOUGH


@pytest.mark.parametrize("kind", ["mouse", "touch", "pen"])
def test_drawing_changes_the_answer(open_report, mnist_run, kind):
    page = open_report(mnist_run[0], **mnist_run[1])
    stroke(page, [(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)], kind)
    assert text(page, "#best") == "1"
    stroke(page, [(0.25, 0.15), (0.5, 0.15)], kind)
    settle(page)
    circle = [(0.5 + 0.25 * np.cos(angle), 0.5 + 0.35 * np.sin(angle)) for angle in np.linspace(0, 2 * np.pi, 20)]
    page.execute_script("desk.clear()")
    stroke(page, circle, kind)
    assert text(page, "#best") == "0"
    assert complaints(page) == []


def test_the_ink_is_where_the_pointer_was(open_report):
    page = open_report()
    page.execute_script("desk.clear()")
    stroke(page, [(0.3, 0.2), (0.3, 0.6)])
    box = page.execute_script("return boundingBox(desk.sheet.ink(), 0.5)")
    width, height = page.execute_script("return [desk.sheet.canvas.width, desk.sheet.canvas.height]")
    assert (box["left"] + box["width"] / 2) / width == pytest.approx(0.3, abs=0.01)
    assert (box["top"] + box["height"] / 2) / height == pytest.approx(0.4, abs=0.01)
    assert (box["height"] - box["width"]) / height == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize("picked", ["first", "by key", "by button"])
def test_the_first_stroke_wipes_a_test_digit_away(open_report, digits_run, picked):
    page = open_report(digits_run[0])
    if picked == "by key":
        press(page, "#canvas", "8")
    elif picked == "by button":
        element(page, "#examples .thumbnail:nth-child(9)").click()
    assert text(page, "#origin").startswith("Test digit")
    stroke(page, [(0.5, 0.1), (0.5, 0.9)])
    assert text(page, "#origin") == ""
    width = page.execute_script("return boundingBox(desk.sheet.ink(), 0.01).width / desk.sheet.canvas.width")
    assert width < 0.2  # that of the pen


def test_keys_clear_the_sheet_and_pick_a_digit(open_report, digits_run):
    page = open_report(digits_run[0])
    press(page, "#canvas", "DELETE")
    assert text(page, "#best") == ""
    assert text(page, "#spoken") == "The drawing is empty."
    press(page, "#canvas", "7")
    first = text(page, "#origin")
    assert first.endswith("a 7")
    press(page, "#canvas", "7")
    assert text(page, "#origin") not in ("", first)
    assert text(page, "#spoken").startswith(text(page, "#origin"))
    press(page, "#canvas", "ESCAPE")
    assert text(page, "#origin") == ""


def test_the_bars_are_the_probabilities(open_report, digits_run):
    network, _, digits = digits_run
    page = open_report(network)
    press(page, "#canvas", "3")
    number = int(text(page, "#origin").split()[2].rstrip(","))
    shown = page.execute_script("return [...document.querySelectorAll('#bars .value')].map((e) => e.textContent)")
    assert shown == [f"{100 * p:.1f} %" for p in probabilities(network, digits.x_test[number : number + 1])[0]]


def test_a_click_on_a_cell_of_the_matrix_shows_its_digits(open_report, digits_run, data_of, tmp_path):
    page = open_report(digits_run[0])
    confusion = np.array(data_of(tmp_path / "report.html")["test"]["confusion"])
    element(page, "#matrix tbody tr:nth-child(4) td:nth-of-type(4) button").click()
    assert text(page, "#cell-title") == "3 taken for 3, rightly"
    assert number_of(page, "#cell .thumbnail") == min(12, confusion[3, 3])
    row, column = np.argwhere(confusion == 0)[0]
    element(page, f"#matrix tbody tr:nth-child({row + 1}) td:nth-of-type({column + 1}) button").click()
    assert number_of(page, "#cell .thumbnail") == 0
    assert text(page, "#cell-note") == "This never happened."


def test_arrow_keys_move_through_the_matrix(open_report):
    page = open_report()
    element(page, "#matrix tbody tr:nth-child(1) td:nth-of-type(1) button").click()
    for keys, title in ((["ARROW_RIGHT", "ARROW_DOWN", "ARROW_DOWN"], "2 taken for 1"), (["END"], "2 taken for 9")):
        for key in keys:
            press(page, "#matrix [aria-pressed=true]", key)
        assert text(page, "#cell-title") == title
    assert number_of(page, "#matrix button[tabindex='0']") == 1


def test_a_mistake_that_is_chosen_goes_through_the_network(open_report, digits_run):
    page = open_report(digits_run[0])
    true, answered = text(page, "#mistake-cards .pair").split(" → ")
    element(page, "#mistake-cards .thumbnail").click()
    assert text(page, "#best") == answered
    assert text(page, "#origin").endswith(f"{'an' if true == '8' else 'a'} {true}")


def test_choosing_a_mistake_by_key_leads_to_the_sheet(open_report, digits_run):
    page = open_report(digits_run[0])
    press(page, "#mistake-cards .thumbnail", "ENTER")
    assert focused(page) == "canvas"


@pytest.mark.parametrize(("part", "then"), [("weight-images", "weight-images"), ("mistake-cards", "")])
def test_showing_the_rest_by_key_leaves_the_focus_there(open_report, part, then):
    page = open_report(TwoLayerNet(64, 80, 10, seed=0))
    press(page, f"#{part} + .more", "ENTER")
    assert focused(page) == then
    assert page.execute_script("return arguments[0].contains(document.activeElement)", element(page, f"#{part}"))
    assert number_of(page, f"#{part} > [hidden]") == 0


def focused(browser):
    return browser.execute_script("return document.activeElement.id")


def test_pointer_and_arrow_keys_choose_the_epoch_whose_values_are_shown(open_report):
    from selenium.webdriver.common.action_chains import ActionChains

    page = open_report()
    chart = element(page, "#curve-charts .chart:nth-child(2) svg")
    assert text(page, "#curve-charts .chart:nth-child(2) .readout") == "epoch 5training 90.00 %test 88.00 %"
    ActionChains(page).move_to_element_with_offset(chart, -chart.size["width"] // 2 + 55, 0).perform()
    assert text(page, "#curve-charts .chart:nth-child(2) .readout").startswith("epoch 1training 50.00 %")
    for key in ("HOME", "ARROW_RIGHT"):
        press(page, "#curve-charts .chart:nth-child(2) svg", key)
    assert text(page, "#curve-charts .chart:nth-child(2) .readout").startswith("epoch 2training 75.00 %")
    assert chart.get_attribute("aria-valuetext") == "epoch 2, training 75.00 %, test 70.00 %"


def test_a_tap_on_a_curve_keeps_showing_its_value(open_report):
    page = open_report()
    chart = element(page, "#curve-charts .chart:nth-child(2) svg")
    page.execute_script("arguments[0].scrollIntoView({ block: 'center' })", chart)
    box = page.execute_script("return arguments[0].getBoundingClientRect().toJSON()", chart)
    finger = {"x": box["x"] + 55, "y": box["y"] + 60}
    page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert text(page, "#curve-charts .chart:nth-child(2) .readout").startswith("epoch 1training")


TICKS = """
    return [...document.querySelectorAll(arguments[0])].map((chart) =>
      [...chart.querySelectorAll(".tick[text-anchor=end]")].map((tick) => tick.textContent).slice(0, -1));
"""  # the last one names the horizontal axis


@pytest.mark.parametrize("accuracies", [(0.9795, 0.9812), (0.98, 0.9801), (0.1, 0.99), (0.995, 1.0)])
def test_no_two_ticks_of_an_axis_have_the_same_name(open_report, accuracies):
    history = [
        {"epoch": n, "train_loss": 1 + 1e-4 * n, "train_accuracy": a, "test_accuracy": a, "seconds": 1.0}
        for n, a in enumerate(accuracies, start=1)
    ]
    page = open_report(history=history)
    settle(page)
    for ticks in page.execute_script(TICKS, "#curve-charts .chart"):
        assert len(set(ticks)) == len(ticks) >= 3


@pytest.mark.parametrize("reach", [1.0, 1.9, 2.4, 3.9, 4.9, 7.4])
@pytest.mark.parametrize("below", [0.0, 0.3, 1.0])
def test_small_charts_have_two_readable_ticks_at_least(open_report, reach, below):
    quantiles = [-below * reach, -0.1 * below * reach, 0.0, 0.1 * reach, reach]
    layer = {"name": "Affine1", "activation": quantiles, "gradient": [1e-7 * value for value in quantiles]}
    page = open_report(distributions=[{"epoch": epoch, "layers": [layer]} for epoch in (1, 2)])
    settle(page)
    for ticks in page.execute_script(TICKS, ".fans .chart"):
        assert 2 <= len(set(ticks)) == len(ticks) <= 6


def test_the_slider_chooses_the_epoch_of_all_distributions(open_report):
    page = open_report()
    press(page, "#epoch", "HOME")
    assert text(page, "#epoch-value") == "1"
    shown = "return [...document.querySelectorAll('.fans .rule')].every((e) => e.getAttribute('x1') === '50')"
    assert page.execute_script(shown)
    assert number_of(page, ".fans .rule") == 6


def test_the_command_is_copied_as_it_was_typed(open_report):
    command = "python train.py --data-dir '손글씨 숫자/実行' --seed 1"
    page = open_report(config={"command": command, "dataset": "digits"})
    assert text(page, "#command") == command
    element(page, "#copy").click()
    settle(page)
    assert text(page, "#copy") == "Copied"


def test_hostile_texts_are_shown_and_do_nothing(open_report):
    config = {"command": HOSTILE, "dataset": HOSTILE, HOSTILE: HOSTILE}
    network = Network({HOSTILE: Affine(np.ones((64, 10)), np.zeros(10))}, SoftmaxWithLoss())
    layer = {"name": HOSTILE, "activation": [0.0] * 5, "activation_std": 1.0}
    page = open_report(network, config=config, distributions=[{"epoch": 1, "layers": [layer]}])
    assert page.execute_script("return window.harmed ?? null") is None
    assert number_of(page, "img") == 0
    assert text(page, "#dataset-name") == text(page, "#command") == text(page, "#settings dt:last-of-type") == HOSTILE
    assert text(page, "#layers b").endswith(HOSTILE)
    assert complaints(page) == []


@pytest.mark.parametrize("name", ["TwoLayerNet", "ResidualNet"])
def test_nothing_is_wider_than_a_narrow_screen(open_report, trained, name):
    network, x_test = trained(name)
    command = "python train.py --data-dir " + "very_long_name_" * 20
    page = open_report(network, x_test, width=360, config={"command": command, "dataset": "x" * 90})
    page.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
    settle(page)
    assert page.execute_script("return document.documentElement.scrollWidth") == 360
    overhanging = """
        return [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > 361 && !element.closest(".scroll"))
          .map((element) => element.outerHTML);
    """
    assert page.execute_script(overhanging) == []
    hidden = "const box = document.querySelector('.matrix-scroll'); return box.scrollWidth - box.clientWidth"
    assert page.execute_script(hidden) == 0


@pytest.fixture
def many_classes(rng):
    """What is needed to report on a network that tells 30 classes apart, or tries to."""
    network = TwoLayerNet(64, 12, 30, weight_init_std=0.3, seed=0)
    return network, {"x_test": rng.random((900, 64)).astype(np.float32), "t_test": np.arange(900) % 30}


def test_of_many_classes_the_most_probable_have_bars_and_the_true_one(open_report, many_classes):
    network, given = many_classes
    page = open_report(network, **given)
    for place in range(0, 60, 7):
        page.execute_script("desk.pick(arguments[0])", place)
        number, label, best = page.execute_script(
            "const { number, label, predicted } = sampleAt(arguments[0]); return [number, label, predicted]", place
        )
        shown = page.execute_script(
            "return [...document.querySelectorAll('#bars b')].map((e) => Number(e.textContent))"
        )
        surest = np.argsort(-probabilities(network, given["x_test"][number : number + 1])[0])[:10].tolist()
        assert shown == (surest if label in surest else [*surest, label])
        assert text(page, "#bars .best b") == text(page, "#best") == str(best)
        assert text(page, "#bars .true b") == str(label)
    hidden = "const bars = byId('bars'); return bars.scrollHeight - bars.clientHeight"
    assert page.execute_script(hidden) == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_the_matrix_of_many_classes_leaves_room_and_can_be_scrolled_by_keys(open_report, many_classes, width):
    network, given = many_classes
    page = open_report(network, **given, width=width)
    settle(page)
    assert page.execute_script("return document.querySelector('.cell').clientWidth") >= 240
    box = element(page, ".matrix-scroll")
    scrolls = page.execute_script("return arguments[0].scrollWidth > arguments[0].clientWidth", box)
    assert scrolls == (width == 360)
    named = (box.get_attribute("tabindex"), box.get_attribute("role"), box.get_attribute("aria-label"))
    assert named == (("0", "region", "The confusion matrix") if scrolls else (None, None, None))


def test_on_a_phone_the_answer_is_seen_while_one_draws(open_report, mnist_run):
    page = open_report(mnist_run[0], **mnist_run[1])
    look(page, 360, height=640)
    settle(page)
    page.execute_script("byId('canvas').scrollIntoView({ block: 'start', behavior: 'instant' })")
    bottom = page.execute_script("return byId('bars').getBoundingClientRect().bottom")
    assert bottom <= 640


@pytest.mark.parametrize(("dataset", "words"), [("mnist", "Draw a digit,"), ("letters", "Draw an image,")])
def test_what_is_drawn_has_its_article(open_report, dataset, words):
    page = open_report(config={"dataset": dataset})
    assert words in text(page, "#draw .lead")
    assert page.execute_script("return [7, 8, 11, 18, 81, 110].map(withArticle).join()") == (
        "a 7,an 8,an 11,an 18,an 81,a 110"
    )


def test_pictures_follow_when_it_gets_dark(open_report):
    page = open_report()
    corner = "return [...byId('sees').getContext('2d').getImageData(0, 0, 1, 1).data]"
    press(page, "#canvas", "DELETE")
    settle(page)
    assert page.execute_script(corner) == [255, 255, 255, 255]
    look(page, dark=True)
    settle(page)
    assert max(page.execute_script(corner)[:3]) < 60


def test_a_network_with_an_unknown_layer_is_shown_without_the_drawing(open_report):
    class Cube:
        def forward(self, x):
            return x**3

        def backward(self, dout):
            return dout

    layers = name_layers([Affine(np.ones((64, 10)), np.zeros(10)), Cube()])
    page = open_report(Network(layers, SoftmaxWithLoss()))
    assert "does not know what its layer Cube1 does" in text(page, "#cannot-draw")
    assert not element(page, "#canvas").is_displayed()
    assert number_of(page, "#matrix button") == 100
    assert complaints(page) == []


def test_a_run_that_diverged_is_shown(open_report):
    network = TwoLayerNet(64, 12, 10, seed=0)
    network.params["W2"][...] = np.nan
    history = [{"epoch": 1, "train_loss": float("nan"), "train_accuracy": 0.1, "test_accuracy": None, "seconds": 1.0}]
    page = open_report(network, history=history, distributions=None, traces=None)
    assert text(page, "#best") == "?"
    assert not element(page, "#distributions").is_displayed()
    assert complaints(page) == []


def test_everything_that_can_be_used_has_a_name_for_screen_readers(open_report):
    page = open_report()
    nameless = """
        return [...document.querySelectorAll("button, a, input, canvas, svg, table, [role='img'], [role='group']")]
          .filter((element) => !element.closest("[aria-hidden=true], #weight-images > *"))
          .filter((element) => !element.getAttribute("aria-label") && !element.getAttribute("aria-labelledby"))
          .filter((element) => !element.textContent.trim() && !element.labels?.length)
          .map((element) => element.outerHTML);
    """
    assert page.execute_script(nameless) == []
    assert page.execute_script("return document.documentElement.lang") == "en"
    names = page.execute_script("return [...document.querySelectorAll('.fans svg')].map((e) => e.ariaLabel)")
    assert names[::3] == ["Activations of Affine1", "Gradients of Affine1"]


def test_files_in_the_page_are_downloaded_as_they_are(browser, report, tmp_path):
    path, folder = report(), tmp_path / "downloads"
    content = bytes(range(256)) * 20
    (tmp_path / "model.onnx").write_bytes(content)
    browser.get(path.as_uri())
    assert not element(browser, "#downloads").is_displayed()
    offer_downloads(path, [tmp_path / "model.onnx"])
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    browser.get_log("browser")
    browser.get(path.as_uri())
    assert text(browser, "#downloads") == "The network for other programs: model.onnx (6 kB)"
    element(browser, "#downloads a").click()
    for _ in range(1200):  # a minute, where the machine is busy
        if (folder / "model.onnx").is_file() and (folder / "model.onnx").stat().st_size == len(content):
            break
        time.sleep(0.05)
    assert (folder / "model.onnx").read_bytes() == content
    assert complaints(browser) == []
