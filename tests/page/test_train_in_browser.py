"""Training in the page, in a browser without a network."""

import contextlib
import io
import json
import time

import numpy as np
import pytest

from benchmarks import page_training
from browser_support import barriers, complaints, element, look, press, settle, text, until
from datasets import load_digits
from networks import MultiLayerNet, Network
from training import SGD, Trainer

pytestmark = pytest.mark.exhaustive

RELU = """
class MyReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return {slope} * dout * self.mask
"""
ENDLESS = "class Mine:\n    def forward(self, x):\n        while True: pass\n    def backward(self, dout): pass\n"
PLAY = ".train-play"
READY = f"const play = document.querySelector('{PLAY}'); return play && !play.disabled && play.textContent"
NEW_IN_THE_DARK = ["color-contrast"]  # of what axe looks for; all else is as it was in the light


def run_of(**changes):
    usual = {
        "hidden": [{"units": 8, "activation": "relu"}] * 2,
        "initialization": "he",
        "batchNorm": False,
        "dropout": 0,
    }
    return {**usual, "optimizer": "adam", "lr": 0.01, "batchSize": 10, "seed": 0, "own": {}, **changes}


def settings_of(*runs, **changes):
    runs = runs or (run_of(),)
    both = [*runs, run_of()][:2]
    usual = {"data": "spiral", "samples": 400, "noise": 0.02, "dataSeed": 0, "epochs": 100, "text": ""}
    return {**usual, "compares": len(runs) > 1, "runs": both, **changes}


@pytest.fixture
def train(page):
    """Open the part with some settings, and wait until a training can be started."""

    def open_train(*runs, language="en", **changes):
        browser = page("train", language, train=settings_of(*runs, **changes))
        look(browser, 1280)
        until(browser, READY)
        return browser

    return open_train


@pytest.fixture
def saved(tmp_path):
    """Have the browser save a file, and return where it lies."""

    def save(browser, form):
        browser.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
        before = set(tmp_path.iterdir())
        element(browser, f"[data-form={form}]").click()
        until(browser, "return /Saved/.test(document.querySelector('.train-taking').textContent)")
        for _ in range(100):
            new = [path for path in set(tmp_path.iterdir()) - before if path.suffix in (".npz", ".py")]
            if new:
                return new[0]
            time.sleep(0.05)
        raise AssertionError(f"nothing was saved for {form}")

    return save


def click(browser, words):
    script = "const b = [...document.querySelectorAll('#train button')].find(({textContent: t}) => t === arguments[0]);"
    browser.execute_script(f"{script} b.click()", words)


def choose(browser, selector, value):
    script = (
        "const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('change'))"
    )
    browser.execute_script(script, selector, value)


def train_to_the_end(browser):
    click(browser, "Start")
    until(browser, f"return document.querySelector('{PLAY}').textContent === 'Go on'", 120)


def accuracies(browser):
    return browser.execute_script(
        "return [...document.querySelectorAll('.train-facts')].map((facts) => parseFloat(facts.textContent))"
    )


def findings(browser):
    script = "return [...document.querySelectorAll('.train-findings')].map(({textContent}) => textContent)"
    return until(browser, f"const found = (() => {{ {script} }})(); return found.length && found", 60)


def test_the_spiral_is_learned_and_the_boundary_follows_the_points(train):
    browser = train(epochs=60)
    before = answers_at_the_test_points(browser)
    train_to_the_end(browser)
    assert accuracies(browser)[0] >= 95
    after = answers_at_the_test_points(browser)
    assert np.mean([asked == answered for asked, answered in after]) >= 0.9
    assert np.mean([asked == answered for asked, answered in before]) < 0.7
    assert complaints(browser) == []


def answers_at_the_test_points(browser):
    """Point at each test point; return its class, and what is said there."""
    settle(browser)
    return browser.execute_script("""
        const frame = document.querySelector(".plane-frame");
        return [...frame.querySelectorAll("svg .point.large")].map((point) => {
          const { left, top, width, height } = point.getBoundingClientRect();
          const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
          frame.dispatchEvent(new PointerEvent("pointermove", at));
          const said = document.querySelector(".train-answer").textContent;
          return [Number(point.getAttribute("class").match(/class(\\d)/)[1]), Number(said.match(/class (\\d)/)[1])];
        });
    """)


def test_digits_train_to_the_same_numbers_as_natively(train, saved):
    run = run_of(hidden=[{"units": 50, "activation": "relu"}], optimizer="sgd", lr=0.1, batchSize=20)
    browser = train(run, data="digits", epochs=5)
    train_to_the_end(browser)
    network = MultiLayerNet(64, [50], 10, seed=0)
    (x_train, t_train), (x_test, t_test) = load_digits()
    trainer = Trainer(network, x_train, t_train, x_test, t_test, SGD(0.1), 5, 20, seed=0)
    trainer.train()
    in_the_page = Network.load(saved(browser, "model"))
    for name, param in network.params.items():
        assert np.allclose(in_the_page.params[name], param, atol=1e-6, rtol=0), name
    assert accuracies(browser)[0] == pytest.approx(100 * trainer.history[-1]["test_accuracy"], abs=0.1)


def test_the_files_that_are_saved_are_read_natively_and_the_python_ends_at_the_same_numbers(train, saved, monkeypatch):
    run = run_of(hidden=[{"units": 6, "activation": "tanh"}], optimizer="momentum", lr=0.02, dropout=0.1)
    browser = train(run, epochs=4)
    train_to_the_end(browser)
    in_the_page, python = Network.load(saved(browser, "model")), saved(browser, "python")
    monkeypatch.chdir(python.parent)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(python.read_text(encoding="utf-8"), python.name, "exec"), names)
    for name, param in names["network"].params.items():
        assert np.allclose(in_the_page.params[name], param, atol=1e-6, rtol=0), name


def test_onnx_is_not_in_the_browser_and_the_command_that_writes_it_is_told(train):
    browser = train()
    element(browser, "[data-form=onnx]").click()
    assert (
        until(browser, "return document.querySelector('.train-taking pre')?.textContent")
        == "chainrule export . --to onnx"
    )


def test_a_layer_that_was_written_in_check_trains_and_its_mistake_is_named(page):
    kept = {"train": settings_of(epochs=5), "check.text.relu": RELU.format(slope=0.5)}
    browser = page("train", **kept)
    until(browser, READY)
    browser.execute_script("document.querySelector('.train-settings details').open = true")
    click(browser, "Take what I wrote in Check")
    until(browser, "return document.querySelector('#train-A-activation0 option[value=\"own:MyReLU\"]')")
    choose(browser, "#train-A-activation0", "own:MyReLU")
    until(browser, "return /MyReLU/.test(document.querySelector('.train-path').textContent)")
    until(browser, READY)
    train_to_the_end(browser)
    (found,) = findings(browser)
    assert "MyReLU constant-factor" in found
    assert "wrong-gradient" in found


def test_a_right_layer_that_is_typed_here_is_said_to_be_right(train):
    browser = train(run_of(hidden=[{"units": 8, "activation": "own:MyReLU"}]), text=RELU.format(slope=1), epochs=3)
    train_to_the_end(browser)
    assert "backward is right" in findings(browser)[0]


def test_a_layer_that_loops_for_ever_is_stopped_by_a_button_and_the_page_goes_on(train):
    browser = train(text=ENDLESS)
    until(browser, "return document.querySelector('#train-A-activation0 option[value=\"own:Mine\"]')")
    until(browser, READY)
    choose(browser, "#train-A-activation0", "own:Mine")
    until(
        browser,
        "return [...document.querySelectorAll('.train-controls button')]"
        ".some(({textContent, hidden}) => textContent === 'Stop' && !hidden)",
    )
    click(browser, "Stop")
    until(browser, "return /Stopped/.test(document.querySelector('.train-controls [role=alert]').textContent)")
    choose(browser, "#train-A-activation0", "relu")
    until(browser, READY)
    click(browser, "Step")
    until(browser, "return /step 1,/.test(document.querySelector('.train-progress').textContent)")


def test_a_layer_that_loops_for_ever_is_stopped_after_a_while(page):
    run = run_of(hidden=[{"units": 8, "activation": "own:Mine"}])
    browser = page("train", train=settings_of(run, text=ENDLESS))
    said = until(browser, "return document.querySelector('.train-controls [role=alert]').textContent", 60)
    assert "more than 20 s" in said


def test_two_are_compared_side_by_side_and_what_differs_is_marked(train):
    browser = train(run_of(), run_of(initialization="zeros"), epochs=15)
    differing = "return [...document.querySelectorAll('.differs')].map(({textContent}) => textContent)"
    assert [words[:13] for words in browser.execute_script(differing)] == ["Weights start"] * 2
    train_to_the_end(browser)
    good, bad = accuracies(browser)
    assert good > 80
    assert bad < 50
    assert browser.execute_script("return document.querySelectorAll('.plane-frame').length") == 2
    first, second = findings(browser)
    assert "symmetric" in second
    assert "symmetric" not in first


def test_vanishing_gradients_are_said_and_seen(train):
    deep = [{"units": 8, "activation": "sigmoid"}] * 6
    browser = train(run_of(hidden=deep, initialization="small"))
    words = until(browser, "return document.querySelector('.train-words').textContent")
    assert "The gradients shrink by 10" in words
    bars = browser.execute_script("""
        return [...document.querySelectorAll('.train-signals tbody tr')].map((row) =>
          row.querySelectorAll('.train-size i')[1].getBoundingClientRect().width);
    """)
    assert bars[0] < 0.5 * bars[-1]


def test_a_training_that_diverges_says_so_and_names_the_learning_rate(train):
    deep = [{"units": 20, "activation": "relu"}] * 3
    browser = train(run_of(hidden=deep, initialization="large", optimizer="sgd", lr=50))
    click(browser, "Start")
    said = until(browser, "return [...document.querySelectorAll('[role=alert]')].map((e) => e.textContent).join('')")
    assert "It diverged." in said
    assert "learning rate 50" in said
    assert findings(browser)


SETTINGS = [
    ("lr", "NaN", "must be a number of at least 0, got NaN"),
    ("lr", "<img src=x onerror=document.title='broken'>", "got <img src=x onerror"),
    ("units0", "0", "must be a whole number from 1 to 200, got 0"),
    ("batch_size", "", "The batch size must be a whole number"),
]


def test_a_setting_that_cannot_be_is_said_and_marked(train):
    browser = train()
    for field, value, says in SETTINGS:
        choose(browser, f"#train-A-{field}", value)
        said = until(browser, "return document.querySelector('.train-controls [role=alert]').textContent")
        assert says in said
        assert element(browser, f"#train-A-{field}").get_attribute("aria-invalid") == "true"
        assert browser.title != "broken"
        choose(browser, f"#train-A-{field}", "8")
        until(browser, READY)
        assert text(browser, ".train-controls [role=alert]") == ""


def test_what_a_layer_raises_is_shown_with_its_line_and_never_becomes_html(train):
    bad = "class Mine:\n  def forward(self, x):\n    raise ValueError('<b id=bold>no</b>')\n  backward = None\n"
    browser = train(text=bad)
    until(browser, "return document.querySelector('#train-A-activation0 option[value=\"own:Mine\"]')")
    choose(browser, "#train-A-activation0", "own:Mine")
    said = until(browser, "return document.querySelector('.train-controls [role=alert]').textContent")
    assert "raises in line 3 of your code: ValueError: <b id=bold>no</b>" in said
    assert browser.execute_script("return document.getElementById('bold')") is None


@pytest.fixture
def digits(train):
    """Train a network on the digits, until it knows them."""
    run = run_of(hidden=[{"units": 50, "activation": "relu"}], optimizer="sgd", lr=0.5, batchSize=20)
    browser = train(run, data="digits", epochs=10)
    train_to_the_end(browser)
    return browser


def test_a_drawn_digit_gets_an_answer(digits):
    from selenium.webdriver.common.action_chains import ActionChains

    sheet = element(digits, ".train-draw canvas")
    digits.execute_script("arguments[0].scrollIntoView({block: 'center'})", sheet)
    size = sheet.size["height"]
    path = ActionChains(digits, duration=20).move_to_element_with_offset(sheet, 0, -int(0.35 * size)).click_and_hold()
    for _ in range(7):
        path = path.move_by_offset(0, int(0.1 * size))
    path.release().perform()
    until(digits, "return document.querySelector('.train-verdict .best').textContent === '1'")  # half a stroke is a 4
    assert digits.execute_script("return document.querySelectorAll('.train-layers canvas').length") == 3


def test_a_digit_of_the_test_set_is_picked_by_its_key_and_wiped_off(digits):
    press(digits, ".train-draw canvas", "7")
    until(digits, "return document.querySelector('.train-verdict .best').textContent === '7'")
    assert until(digits, "return document.querySelector('.train-desk output').textContent.length > 0")
    press(digits, ".train-draw canvas", "DELETE")
    until(digits, "return document.querySelector('.train-verdict .best').textContent === ''")


def test_a_units_formula_is_found_by_the_keyboard(train):
    browser = train(run_of(hidden=[{"units": 4, "activation": "relu"}]))
    browser.execute_script("document.querySelector('.train-unit[tabindex=\"0\"]').focus()")
    until(browser, "return document.querySelector('.train-formula').textContent.startsWith('h1 = relu(')")
    press(browser, ".train-unit:focus", "ARROW_DOWN")
    until(browser, "return document.querySelector('.train-formula').textContent.startsWith('h2 = relu(')")
    press(browser, ".train-unit:focus", "ARROW_RIGHT")
    until(browser, "return document.querySelector('.train-formula').textContent.startsWith('score of class')")
    spoken = until(browser, "return document.querySelector('main ~ [role=status]').textContent")
    assert "score of class" in spoken


def test_the_formula_under_the_cursor_has_the_numbers_of_the_place_put_in(train):
    browser = train(run_of(hidden=[{"units": 3, "activation": "tanh"}]))
    press(browser, ".plane-frame", "ARROW_RIGHT", "ARROW_UP")
    until(
        browser, "return /At the cross: tanh\\(.*·.*\\) = /.test(document.querySelector('.train-looked').textContent)"
    )


def test_it_is_trained_by_the_keyboard_alone(train):
    browser = train()
    press(browser, PLAY, "SPACE")
    until(browser, f"return document.querySelector('{PLAY}').textContent === 'Pause'")
    press(browser, PLAY, "SPACE")
    until(browser, f"return document.querySelector('{PLAY}').textContent === 'Start'")
    press(browser, "[value=spiral]", "ARROW_RIGHT")
    until(browser, "return document.querySelector('[value=moons]').checked")
    until(browser, "return document.querySelectorAll('.train-plane .legend li').length === 4")


def test_settings_stay_when_the_language_changes_and_when_the_page_is_opened_again(train):
    browser = train()
    choose(browser, "#train-A-lr", "0.5")
    for _ in range(2):
        browser.execute_script("document.querySelector('.languages [lang=ko]').click()")
        until(browser, READY)
        assert browser.execute_script("return document.querySelector('#train-A-lr').value") == "0.5"
        assert text(browser, PLAY) == "시작"
        browser.refresh()
        until(browser, READY)


def test_it_says_what_is_wrong_in_korean(train):
    browser = train(run_of(initialization="zeros"), language="ko", epochs=10)
    click(browser, "시작")
    (found,) = findings(browser)
    assert "고치는 법" in found


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_and_is_accessible(train, width):
    browser = train(run_of(), run_of(lr=0.1), epochs=2, text=RELU.format(slope=1))
    look(browser, width)
    train_to_the_end(browser)
    findings(browser)
    for dark in (False, True):
        look(browser, width, dark)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, dark
        assert too_small(browser) == [], dark
        assert barriers(browser, *NEW_IN_THE_DARK * dark) == []


def test_the_desk_of_digits_is_accessible(digits):
    look(digits, 360)
    press(digits, ".train-draw canvas", "3")
    for dark in (False, True):
        look(digits, 360, dark)
        assert digits.execute_script("return document.documentElement.scrollWidth") <= 360, dark
        assert too_small(digits) == [], dark
        assert barriers(digits, *NEW_IN_THE_DARK * dark) == []


def too_small(browser):
    """Return what is too small for a finger: what it can touch there is less than 24 pixels wide or high."""
    return json.loads(
        browser.execute_script("""
        const touched = (element) => element.closest("label") ?? element;
        const small = [...document.querySelectorAll("#train :is(button, select, input, textarea, summary, a)")]
          .filter((element) => element.offsetParent && !element.disabled)
          .map((element) => [element, touched(element).getBoundingClientRect()])
          .filter(([, { width, height }]) => width < 24 || height < 24);
        return JSON.stringify(small.map(([{ outerHTML }]) => outerHTML.slice(0, 80)));
    """)
    )


def test_the_benchmark_measures_pictures_and_digits(browser, address):
    look(browser, 1280)
    frames = page_training.frames(browser, address)
    assert frames.frames >= frames.pictures > 1
    digits = page_training.digits(browser, address, repeats=1)
    assert digits.times == pytest.approx(digits.page / digits.native)


def test_an_experiment_is_set_up_at_a_click_and_shows_what_it_asks(train):
    browser = train()
    click(browser, "Do gradients vanish?")
    until(browser, "return document.querySelectorAll('.train-words').length === 2")
    until(browser, READY)
    click(browser, "Step")
    until(browser, "return /step 1,/.test(document.querySelector('.train-progress').textContent)")
    words = browser.execute_script("return [...document.querySelectorAll('.train-words')].map((e) => e.textContent)")
    assert "shrink" not in words[0]
    assert "The gradients shrink by 10" in words[1]


def test_a_text_that_is_typed_leaves_a_training_alone_in_which_no_layer_of_it_stands(train):
    browser = train()
    click(browser, "Step")
    until(browser, "return /step 1,/.test(document.querySelector('.train-progress').textContent)")
    browser.execute_script("document.querySelector('.train-settings details').open = true")
    click(browser, "Example")
    until(browser, "return document.querySelector('.train-own li')")
    until(browser, "return document.querySelector('#train-A-activation0 optgroup')")
    assert "step 1," in text(browser, ".train-progress")
    click(browser, "Step")
    until(browser, "return /step 2,/.test(document.querySelector('.train-progress').textContent)")


def test_who_starts_a_training_sees_it(train):
    browser = train(epochs=10_000)
    assert top_of_the_plane(browser) > 450
    click(browser, "Start")
    until(browser, "return document.querySelector('.plane-frame').getBoundingClientRect().top < 300")
    assert browser.execute_script("return document.querySelector('.train-controls').getBoundingClientRect().top") >= 0
    click(browser, "Pause")


def top_of_the_plane(browser):
    return browser.execute_script("return document.querySelector('.plane-frame').getBoundingClientRect().top")
