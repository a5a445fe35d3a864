"""The tab "See" in a browser: every example forward and back, by mouse and by keys, in all sizes, light and dark."""

import base64
import json
from pathlib import Path

import pytest

from browser_support import barriers, complaints, element, look, number_of, press, settle, text, until
from page_support import hurried
from tests_support import part

pytestmark = pytest.mark.exhaustive

EXAMPLES = json.loads((Path(__file__).parents[2] / "page/web/see/examples.json").read_text(encoding="utf-8"))
IDS = [example["id"] for example in EXAMPLES]
# What the documents say, as it stands at the edges.
GRADIENTS = {
    "linear": {"w": "−2", "x": "−2", "y_hat": "−2", "s": "−2", "loss": "1"},
    "apples": {"apple_price": "2.2", "apples": "110", "orange_price": "3.3", "oranges": "165", "tax": "650"},
    "chain": {"a": "12", "u": "3"},
    "branch": {"x": "1 + 3 + 3 = 7"},
    "dead": {"x": "0", "w": "0", "b": "0"},
    "vanishing": {"x": "0.0009766"},
    "exploding": {"x": "1024"},
    "network": {"W2": "−1.464−1.464", "b2": "−1.22", "W1": "−0.732−0.976−1.464−1.952", "b1": "−0.732−0.976"},
    "softmax": {"scores": "0.018210.2452−0.2634"},
    "affine": {"b": "1.51"},
}
VALUES = {
    "linear": {"y_hat": "ŷ = 1", "s": "s = −1", "loss": "loss = 1"},
    "apples": {"total": "total = 715"},
    "chain": {"u": "u = 4", "L": "L = 12"},
    "network": {"h1": "h₁ =1.21.2", "h2": "h₂ = 1.78", "L": "L = 0.7442"},
}
LABEL = """
const [name, kind] = arguments;
const number = document.querySelector(`.see-node[data-name="${name}"]`).dataset.node;
const gradient = document.querySelectorAll(".see-picture .see-label.see-gradient")[number];
const label = kind === "gradient" ? gradient : document.querySelector(`.see-label.see-value[data-node="${number}"]`);
return label && label.classList.contains("see-on") ? label.textContent : null;
"""


@pytest.fixture
def see(page):
    """Open the tab, wait for its first graph, and return the browser."""

    def open_see(language="en", width=1280, dark=False, **remembered):
        browser = page("see", language, **remembered)
        look(browser, width, dark)
        until(browser, "return document.querySelector('.see-picture')")
        return browser

    return open_see


TEXT = "return [...document.querySelectorAll('.see-editor .cm-line')].map((line) => line.textContent).join('\\n')"
DRAWN = "return !document.querySelector('.see-waiting')"


def pick(browser, example):
    set_value(browser, "#see-example", example, "change")
    until(browser, DRAWN)
    assert element(browser, "#see-example").get_attribute("value") == example


def take(browser, written):
    """Let the page take a text from its address, and draw it."""
    start(browser, written)
    until(browser, DRAWN)
    assert browser.execute_script(TEXT) == written


def start(browser, written):
    letters = base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")
    browser.execute_async_script(
        "addEventListener('hashchange', () => setTimeout(arguments[1]), { once: true }); location.hash = arguments[0]",
        f"see={letters}",
    )


def set_value(browser, selector, value, event):
    browser.execute_script(
        "const [selector, value, event] = arguments; const element = document.querySelector(selector);"
        "element.value = value; element.dispatchEvent(new Event(event, { bubbles: true }))",
        selector,
        value,
        event,
    )


def control(browser, name):
    browser.execute_script("document.querySelector(`.see-steps [aria-label='${arguments[0]}']`).click()", name)
    settle(browser)


def label_of(browser, name, kind):
    return browser.execute_script(LABEL, name, kind)


def click(browser, name):
    browser.execute_script(
        "document.querySelector(`.see-node[data-name='${arguments[0]}']`)"
        ".dispatchEvent(new MouseEvent('click', { bubbles: true }))",
        name,
    )


def equations(browser):
    return browser.execute_script(
        "return [...document.querySelectorAll('.see-explanation .see-equation')]"
        ".map((one) => one.textContent.replaceAll('\u2062', ''))"
    )


@pytest.mark.parametrize("example", part(IDS, 2))
def test_an_example_steps_forward_and_back_with_the_documents_numbers(see, example):
    browser = see()
    pick(browser, example)
    steps = int(element(browser, ".see-slider").get_attribute("max"))
    operations = number_of(browser, ".see-node.see-operation")
    assert steps == 2 * operations + 1
    assert number_of(browser, ".see-label.see-gradient.see-on") == 0
    for _ in range(operations):
        control(browser, "One step on")
    assert number_of(browser, ".see-label.see-gradient.see-on") == 0
    for name, expected in VALUES.get(example, {}).items():
        assert label_of(browser, name, "value") == expected
    said = set()
    for _ in range(operations + 1):
        control(browser, "One step on")
        said.add(text(browser, ".see-sentence"))
    assert len(said) > 1
    for name, expected in GRADIENTS.get(example, {}).items():
        assert label_of(browser, name, "gradient") == expected
    control(browser, "One step back")
    control(browser, "To the beginning")
    assert number_of(browser, ".see-label.see-gradient.see-on") == 0
    assert complaints(browser) == []


def test_a_click_shows_the_local_derivative_and_the_product_with_its_numbers(see):
    browser = see()
    pick(browser, "linear")
    click(browser, "y_hat")
    found = equations(browser)
    assert found[0] == "y^=x·w=1·1=1"
    assert found[3:] == ["∂y^∂w=x=1", "∂loss∂w=∂loss∂y^·∂y^∂w=−2·1=−2"]
    pick(browser, "network")
    click(browser, "u1")
    assert "∂L∂W1=∂L∂u1xT=−0.732−0.97612T=−0.732−1.464−0.976−1.952" in equations(browser)
    assert number_of(browser, ".see-explanation math .see-matrix") >= 6


def test_the_sentence_says_what_each_step_does(see):
    browser = see()
    pick(browser, "linear")
    control(browser, "One step on")
    assert text(browser, ".see-sentence") == "× computes ŷ = 1 · 1 = 1. The value flows on."
    control(browser, "To the end")
    assert text(browser, ".see-sentence") == "× gets −2 back. It hands −2 · 1 = −2 to x. It hands −2 · 1 = −2 to w."


def test_by_the_keyboard_alone(see):
    from selenium.webdriver.common.keys import Keys

    browser = see()
    pick(browser, "linear")
    browser.execute_script("document.querySelector('.see-box').focus()")
    press(browser, ".see-box", "ARROW_RIGHT", "ARROW_RIGHT")
    assert element(browser, ".see-slider").get_attribute("value") == "2"
    press(browser, ".see-box", "ARROW_LEFT", "END")
    assert element(browser, ".see-slider").get_attribute("value") == "7"
    press(browser, ".see-box", "HOME")
    for _ in range(2):
        browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    focused = browser.switch_to.active_element
    assert focused.get_attribute("data-name") == "w"
    assert focused.get_attribute("aria-label") == "given: w = 1"
    focused.send_keys(Keys.ENTER)
    assert text(browser, ".see-heading") == "Given: w = 1"
    assert focused.get_attribute("aria-pressed") == "true"
    for _ in range(2):
        browser.switch_to.active_element.send_keys(Keys.ARROW_UP)
    assert browser.switch_to.active_element.get_attribute("data-name") == "loss"


def test_it_plays_to_the_end_and_pauses(see):
    browser = see(**{"see.speed": "fast"})
    pick(browser, "linear")
    press(browser, ".see-box", "SPACE")
    until(browser, "return document.querySelector('.see-slider').value >= 2")
    press(browser, ".see-box", "SPACE")
    paused = element(browser, ".see-slider").get_attribute("value")
    assert element(browser, ".see-play").get_attribute("aria-label") == "Play"
    browser.execute_async_script("setTimeout(arguments[0], 900)")
    assert element(browser, ".see-slider").get_attribute("value") == paused
    browser.execute_script("document.querySelector('.see-play').click()")
    until(browser, "return document.querySelector('.see-slider').value === document.querySelector('.see-slider').max")
    until(browser, "return document.querySelector('.see-play').getAttribute('aria-label') === 'Play'")


def test_with_motion_the_values_fly_and_arrive(see):
    browser = see()
    pick(browser, "branch")
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "no-preference"}]}
    )
    control(browser, "One step on")
    assert number_of(browser, ".see-flying circle") == 2
    until(browser, "return document.querySelectorAll('.see-flying circle').length === 0")
    assert label_of(browser, "u", "value") == "u = 9"
    control(browser, "To the end")
    control(browser, "One step back")
    control(browser, "One step on")
    assert number_of(browser, ".see-flying circle.see-dot-back") == 2
    until(browser, "return document.querySelectorAll('.see-flying circle').length === 0")
    assert label_of(browser, "x", "gradient") == "1 + 3 + 3 = 7"


def test_with_reduced_motion_nothing_flies(see):
    browser = see()
    pick(browser, "branch")
    control(browser, "One step on")
    assert number_of(browser, ".see-flying circle") == 0
    assert label_of(browser, "u", "value") == "u = 9"


def test_ones_own_text_is_drawn_and_kept(see, address):
    browser = see()
    take(browser, "가격 = Variable(100)\n개수 = Variable(2)\n합계 = 가격 * 개수")
    control(browser, "To the end")
    assert label_of(browser, "개수", "gradient") == "100"
    assert element(browser, "#see-example").get_attribute("value") == ""
    browser.refresh()
    until(browser, "return document.querySelector('.see-node[data-name=\"합계\"]')")


def test_a_text_is_typed_and_a_link_carries_it(see, address):
    from selenium.webdriver.common.keys import Keys

    browser = see()
    browser.execute_script("document.querySelector('.see-editor .cm-content').focus()")
    keys = browser.switch_to.active_element
    keys.send_keys(Keys.CONTROL, "a")
    keys.send_keys("a = Variable(6.0)  # 곱", Keys.ENTER, "b = a * 7")
    written = browser.execute_script(TEXT)
    assert written == "a = Variable(6.0)  # 곱\nb = a * 7"
    keys.send_keys(Keys.CONTROL, Keys.ENTER)
    until(browser, "return document.querySelector('.see-node[data-name=b]')")
    browser.execute_script("[...document.querySelectorAll('.see-code button')].at(-1).click()")
    until(browser, "return location.hash.startsWith('#see=')")
    link = browser.current_url
    browser.get("about:blank")
    browser.get(f"{address}icon.svg")
    browser.execute_script("localStorage.clear()")
    browser.get(link)
    until(browser, "return document.querySelector('.see-node[data-name=b]')")
    assert browser.execute_script(TEXT) == written


def test_a_layer_of_ones_own_is_drawn_and_its_backward_judged(see):
    browser = see()
    forward = "    def forward(self, x):\n        return 2 * x"
    take(browser, f"class Double:\n{forward}\n    def backward(self, dout):\n        return 3 * dout")
    assert number_of(browser, ".see-node.see-operation") == 1
    assert "computes another dx than the graph" in text(browser, ".see-notes")


WRONG = {
    "x = Variable(1.0)\ny = reluu(x)": "Line 2: There is no reluu here. Did you mean relu?",
    "x = ": "Line 1: this is not Python",
    "import torch": "The module torch is not there.",
    "while True: print('a')": "prints more than",
    "def f(): f()\nf()": "without end",
    "x = Variable(1.0)\nfor i in range(200): x = x * 2\nx": "more than the 150",
}


def test_what_is_wrong_is_said_and_the_page_lives_on(see):
    browser = see()
    for written, said in WRONG.items():
        take(browser, written)
        assert said in text(browser, ".see .error"), written
        pick(browser, "branch")
        assert number_of(browser, ".see-picture") == 1, written
        assert text(browser, ".see .error") == "", written


def test_a_line_that_is_wrong_is_marked(see):
    browser = see()
    take(browser, "x = Variable(1.0)\ny = reluu(x)")
    assert text(browser, ".see-editor .check-marked") == "y = reluu(x)"


def test_an_endless_loop_is_stopped_by_the_button(see):
    browser = see()
    start(browser, "while True: pass")
    until(
        browser,
        "return [...document.querySelectorAll('.see-code button')].find((b) => b.textContent === 'Stop' && !b.hidden)",
    ).click()
    until(browser, "return document.querySelector('.see .error').textContent === 'Stopped.'")
    pick(browser, "linear")
    assert number_of(browser, ".see-picture") == 1


def test_an_endless_loop_is_stopped_after_twenty_seconds(see):
    browser = see()
    with hurried(browser, 20):
        take(browser, "while True: pass")
    assert "longer than 20 seconds" in text(browser, ".see .error")
    pick(browser, "linear")
    assert number_of(browser, ".see-picture") == 1


def test_a_text_that_takes_all_memory_is_answered_and_the_page_lives_on(see):
    browser = see()
    take(browser, "found = []\nwhile True: found.append(np.ones(10_000_000))")
    assert text(browser, ".see .error") != ""
    pick(browser, "linear")
    assert number_of(browser, ".see-picture") == 1


def test_a_text_changes_nothing_for_the_next(see):
    browser = see()
    take(browser, "import graph.variable\nnp.exp = None\nx = Variable(1.0)\ny = x * 2")
    pick(browser, "sigmoids")
    assert number_of(browser, ".see-picture") == 1


def test_markup_that_is_typed_is_never_made_into_html(see):
    browser = see()
    take(
        browser,
        "x = Variable(1.0, '<img src=x onerror=window.hit=1>')\nprint('<img src=x onerror=window.hit=1>')\ny = x * 2",
    )
    control(browser, "To the end")
    click(browser, "y")
    assert number_of(browser, ".see img") == 0
    assert browser.execute_script("return window.hit") is None
    assert "<img" in text(browser, ".see-printed")


SMALL = """
return [...document.querySelectorAll('.see button, .see select, .see-node')]
  .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
  .filter((box) => box.width < 24 || box.height < 24).length;
"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_every_width(see, width):
    browser = see(width=width)
    for example in ("network", "softmax", "apples"):
        pick(browser, example)
        control(browser, "To the end")
        click(browser, browser.execute_script("return document.querySelector('.see-operation').dataset.name"))
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, example
        assert browser.execute_script(SMALL) == 0, example


OVERLAPS = """
const found = document.querySelectorAll(".see-picture .see-label.see-on > g, .see-node");
const boxes = [...found].map((one) => one.getBoundingClientRect());
const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
const above = (a, b) => a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
const hits = (a, b) => !beside(a, b) && !above(a, b);
return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => hits(a, b))).length;
"""


def test_labels_lie_within_the_picture_and_over_no_other(see):
    browser = see()
    for example in ("network", "branch", "sigmoids", "layer", "apples"):
        pick(browser, example)
        control(browser, "To the end")
        assert browser.execute_script(OVERLAPS) == 0, example


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious(see, language, width):
    browser = see(language, width)
    pick(browser, "network")
    browser.execute_script("document.querySelector('.see-slider').value = 99")
    set_value(browser, ".see-slider", "99", "input")
    click(browser, "u1")
    assert barriers(browser) == []
    look(browser, width, dark=True)
    assert barriers(browser, "color-contrast") == []  # all else is as it was


def test_it_speaks_korean(see):
    browser = see("ko")
    pick(browser, "apples")
    control(browser, "한 단계 앞으로")
    assert "노드의 계산" in text(browser, ".see-sentence")
    click(browser, "total")
    assert "곱셈 노드는" in text(browser, ".see-explanation")
    take(browser, "x = reluu")
    assert "그런 이름이 없습니다" in text(browser, ".see .error")


def test_a_graph_can_be_made_larger_and_fits_again(see):
    browser = see(width=360)
    pick(browser, "network")
    size = "return document.querySelector('.see-picture').getBoundingClientRect().width"
    before = browser.execute_script(size)
    browser.execute_script("document.querySelector('.see-zooms [aria-label=Larger]').click()")
    assert browser.execute_script(size) > before
    browser.execute_script("document.querySelectorAll('.see-zooms button')[1].click()")
    assert browser.execute_script(size) == before


def test_the_node_of_the_step_is_in_sight(see):
    browser = see(width=360)
    pick(browser, "network")
    control(browser, "To the end")
    seen = browser.execute_script(
        """
        const place = (selector) => document.querySelector(selector).getBoundingClientRect();
        const [box, node] = [place(".see-box"), place(".see-lit-backward")];
        return node.left >= box.left && node.right <= box.right;
        """
    )
    assert seen


def test_an_explanation_that_is_asked_for_comes_in_sight(see):
    browser = see(width=360)
    look(browser, 360, height=560)
    pick(browser, "network")
    browser.execute_script("scrollTo(0, 0)")
    click(browser, "u1")
    assert browser.execute_script(
        "return document.querySelector('.see-explanation').getBoundingClientRect().top < innerHeight - 150"
    )


def test_the_layer_in_the_tab_check_is_drawn_by_a_button_there(page):
    from selenium.webdriver.common.keys import Keys

    browser = page("check")
    until(browser, "return document.querySelector('.check-editor .cm-line')")
    browser.execute_script("document.querySelector('.check-editor .cm-content').focus()")
    keys = browser.switch_to.active_element
    keys.send_keys(Keys.CONTROL, "a")
    keys.send_keys("class Double:", Keys.ENTER, "forward = lambda self, x: 2 * x", Keys.ENTER)
    keys.send_keys("backward = lambda self, dout: 3 * dout")
    buttons = "[...document.querySelectorAll('.check-more button')]"
    browser.execute_script(f"{buttons}.find((one) => one.textContent === 'See the graph').click()")
    until(browser, "return document.querySelector('.see-picture') && document.querySelector('.see-notes li')")
    assert number_of(browser, ".see-node.see-operation") == 1
    assert "computes another dx than the graph" in text(browser, ".see-notes")
