"""The tab "Check" in a browser: as a student uses it, and whatever a student writes."""

import base64
import json
import re
import time
import zlib

import pytest

from browser_support import barriers, complaints, element, look, number_of, press, text, until
from coursework.course.course import read_course
from page.inside.checking.exercise import check_exercise
from page_support import hurried
from tests_support import part

pytestmark = pytest.mark.exhaustive

COURSE = {exercise.name: exercise for exercise in read_course()}
NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?|-?\d+e[+-]?\d+")
DONE = """
const found = document.querySelector(".check-found");
return !found.hasAttribute("aria-busy") && found.querySelector("h2, .check-problem") !== null;
"""
PARTS = """
return [...document.querySelectorAll(".check-parts > li")].map((part) => ({
  name: part.querySelector(".check-part code").textContent,
  ok: part.classList.contains("check-right"),
  points: part.querySelector(".check-points").textContent,
  code: part.querySelector(".check-code")?.textContent ?? "",
  message: part.querySelector(".check-why p:not(.check-code)")?.textContent ?? "",
  line: part.querySelector(".check-line")?.textContent ?? "",
}));
"""
ROWS = """
const rows = [...document.querySelectorAll(".check-report tbody tr")];
return rows.map((row) => [...row.children].map((cell) => cell.textContent));
"""
MARKED = """
const lines = [...document.querySelectorAll(".cm-content > .cm-line")];
return lines.flatMap((line, place) => (line.classList.contains("check-marked") ? [place + 1] : []));
"""
SMALL = """
const controls = [...document.querySelectorAll(".check button, .check select, .check summary")];
const sizes = controls.filter((one) => one.offsetParent).map((one) => [one.textContent, one.getBoundingClientRect()]);
return sizes.filter(([, size]) => Math.min(size.width, size.height) < 24).map(([name]) => name);
"""
RUN = ".check-run .primary"


def link(exercise, code):
    """The end of an address that carries a text."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(json.dumps([exercise, code]).encode()) + packer.flush()
    return f"check={base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def carry(browser, exercise, code):
    """Follow a link that carries a text."""
    browser.execute_script("location.hash = arguments[0]", link(exercise, code))
    until(browser, "return location.hash === '#check'")
    first = next((line for line in code.splitlines() if line.strip()), "")
    until(browser, "return document.querySelector('.cm-content').textContent.includes(arguments[0])", 20, first.strip())


def run(browser):
    """Press the button, and wait for the report."""
    element(browser, RUN).click()
    until(browser, DONE)


def checked(browser, exercise, code):
    carry(browser, exercise, code)
    run(browser)


def near(one, other):
    """Whether two texts are the same, their numbers to the last digits that are shown."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(float(a) == pytest.approx(float(b), rel=2e-6, abs=1e-9) for a, b in pairs)


def plain(message):
    return message.replace("`", "") if message.count("`") % 2 == 0 else message


def wrong_texts(name):
    exercise = COURSE[name]
    return [(wrong.name, f"{exercise.code(solved=True)}\n\n\n{wrong.text}\n") for wrong in exercise.wrong]


@pytest.mark.parametrize("name", part(COURSE, 3))
def test_of_every_known_wrong_solution_the_page_says_what_is_said_here(page, name):
    browser = page()
    for wrong, code in part(wrong_texts(name), 3):
        checked(browser, name, code)
        expected = check_exercise(COURSE[name], code)
        found = browser.execute_script(PARTS)
        assert text(browser, ".check-verdict").endswith(f": {expected['verdict']}"), wrong
        for here, there in zip(found, expected["parts"], strict=True):
            assert (here["name"], here["ok"], here["code"]) == (there["name"], there["ok"], there["title"]), wrong
            assert near(here["message"], plain(there["message"])) or there["ok"], (wrong, here, there)
            assert here["line"] == (f"Line {there['mark']['line']}" if there["mark"] else ""), wrong
        rows = [array for report in expected["reports"] for array in report["arrays"]]
        shown = browser.execute_script(ROWS)
        assert len(shown) == len(rows), (wrong, shown, text(browser, ".check-found"))
        for here, there in zip(shown, rows, strict=True):
            assert here[:2] == [there["name"], there["shape"]], wrong
            assert there["ok"] or near(here[3], there["shown"]), (wrong, here, there)  # of elements that are as wrong,
            assert (here[4] == "right") == (there["said"] == "right"), wrong  # any may be the one that is named


def test_a_solution_is_right_and_its_exercise_is_done(page):
    browser = page()
    checked(browser, "relu", COURSE["relu"].code(solved=True))
    assert "8 of 8 points" in text(browser, ".check-verdict")
    assert number_of(browser, ".check-row .check-done") == 1
    assert "1 of 16" in text(browser, ".check-chooser")
    assert browser.execute_script(MARKED) == []
    browser.find_element("css selector", ".check-found .primary").click()
    assert text(browser, ".check-text h2") == COURSE["sigmoid"].title


WRONG = COURSE["affine"].code(solved=True).replace("dout.sum(axis=0)", "dout.mean(axis=0)")
LINE = next(number for number, line in enumerate(WRONG.splitlines(), start=1) if "mean" in line)


def test_the_line_is_marked_the_mark_leads_there_and_goes_when_the_line_is_edited(page):
    browser = page()
    checked(browser, "affine", WRONG)
    assert browser.execute_script(MARKED) == [LINE]
    assert "extra-batch-average" in text(browser, ".check-note")
    assert browser.execute_script("return document.querySelector('.check-signs .check-sign[title*=sum]') !== null")
    element(browser, ".check-parts .check-line").click()
    assert browser.execute_script("return document.activeElement.classList.contains('cm-content')")
    press(browser, ".cm-content", "x")
    assert browser.execute_script(MARKED) == []
    assert number_of(browser, ".check-note") == 0


def test_an_edit_in_another_line_leaves_the_mark(page):
    browser = page()
    checked(browser, "affine", WRONG)
    browser.execute_script("document.querySelector('.cm-content').focus()")
    press(browser, ".cm-content", "ENTER")
    assert browser.execute_script(MARKED) == [LINE + 1]


def test_hints_come_one_at_a_time(page):
    browser = page()
    checked(browser, "affine", WRONG)
    button = "document.querySelector('.check-hints').previousElementSibling"
    hints = COURSE["affine"].hints("db")
    for number, _hint in enumerate(hints, start=1):
        browser.execute_script(f"{button}.click()")
        until(browser, f"return document.querySelectorAll('.check-hints li').length === {number}")
    shown = browser.execute_script(
        "return [...document.querySelectorAll('.check-hints li')].map((hint) => hint.textContent)"
    )
    assert shown == [plain(hint) for hint in hints]
    assert browser.execute_script(f"return {button}.hidden")


LAYER = """import os
import numpy as np


class ReLU:
    def forward(self, x):
        {forward}
        return x

    def backward(self, dout):
        return dout
"""


def assert_goes_on(browser):
    checked(browser, "relu", COURSE["relu"].code(solved=True))
    assert "8 of 8 points" in text(browser, ".check-verdict")


def test_an_endless_loop_is_stopped_by_the_button_and_the_page_goes_on(page):
    browser = page()
    assert_goes_on(browser)
    carry(browser, "relu", LAYER.format(forward="while True: print('again', flush=True)"))
    element(browser, RUN).click()
    until(browser, "return !document.querySelector('.check-run button:nth-child(2)').hidden")
    time.sleep(1)
    assert (
        browser.execute_script("return document.querySelectorAll('.check-row button').length") == 16
    )  # it is responsive
    element(browser, ".check-run button:nth-child(2)").click()
    until(browser, DONE)
    assert "It was stopped." in text(browser, ".check-found")
    assert 100 < len(text(browser, ".check-printed")) < 20_000
    assert_goes_on(browser)


@pytest.mark.parametrize("exercise", ["relu", ""])
def test_of_an_endless_loop_the_line_is_told(page, exercise):
    browser = page()
    code = LAYER.format(forward="kept = 0\n        while True:\n            kept += 1")
    carry(browser, exercise, code)
    element(browser, RUN).click()
    until(browser, DONE)
    assert "after 8 s: perhaps the loop in line 8 never ends" in text(browser, ".check-found")
    assert browser.execute_script(MARKED)[0] == 8
    assert_goes_on(browser)


def test_what_never_ends_is_stopped_after_20_seconds(page):
    browser = page()
    carry(browser, "relu", LAYER.format(forward="sum(iter(int, 1))"))
    with hurried(browser, 20):
        element(browser, RUN).click()
        until(browser, DONE, 60)
    assert "after 20 s it had not ended" in text(browser, ".check-found")
    assert_goes_on(browser)


HEAVY = [
    ("import math; kept = []\n        while True: kept.append(np.ones(10**6))", ("MemoryError", "memory")),
    ("np.zeros((10**7, 10**7))", ("MemoryError", "array is too big")),
    ("return self.forward(x)", ("RecursionError", "too deeply")),
    (
        "def f(n): return f(n + 1)\n        import sys; sys.setrecursionlimit(10**9); f(0)",
        ("RecursionError", "too deeply"),
    ),
    ("os._exit(1)", ("a file cannot end Python with os._exit",)),
    ("raise SystemExit", ("SystemExit",)),
    ("input()", ("nobody can answer input()",)),
    ("import threading; threading.Thread(target=print).start()", ("there are no threads",)),
    ("import subprocess; subprocess.run(['ls'])", ("no other program can be started",)),
]


@pytest.mark.parametrize(("forward", "said"), HEAVY)
def test_whatever_the_code_does_there_is_an_answer_in_words_and_the_page_lives_on(page, forward, said):
    browser = page()
    for exercise in ("relu", ""):
        checked(browser, exercise, LAYER.format(forward=forward))
        found = text(browser, ".check-found")
        assert any(words in found for words in said), (exercise, found)
        assert_goes_on(browser)


def test_what_is_not_there_is_named(page):
    browser = page()
    for exercise in ("relu", ""):
        checked(browser, exercise, LAYER.format(forward="pass").replace("import os", "import multiprocessing, torch"))
        assert "multiprocessing" in text(browser, ".check-found"), exercise
        assert_goes_on(browser)


def test_what_is_typed_never_becomes_html(page):
    browser = page()
    bad = "<img src=x onerror=window.broken=1>"
    code = LAYER.format(forward=f"print('{bad}'); raise ValueError('{bad}')").replace(
        "class ReLU", f"# {bad}\nclass ReLU"
    )
    for exercise in ("relu", ""):
        checked(browser, exercise, code)
        assert bad in text(browser, ".check-found")
        assert number_of(browser, "main img") == 0
        assert browser.execute_script("return window.broken === undefined")


def test_what_was_written_is_there_again_after_a_visit_and_in_another_language(page):
    browser = page(**{"check.current": "relu"})
    element(browser, ".cm-content").click()
    press(browser, ".cm-content", "# mine ")
    browser.refresh()
    until(browser, "return document.querySelector('.cm-content')?.textContent.includes('# mine')")
    browser.execute_script("document.querySelector('.languages [lang=ko]').click()")
    until(browser, "return document.querySelector('.check-run .primary')?.textContent.includes('검사하기')")
    until(browser, "return document.querySelector('.cm-content')?.textContent.includes('# mine')")
    assert "여기에 코드를" not in text(browser, ".cm-content")  # it is the student's own text, as it was


def test_a_link_shows_its_text_and_keeps_what_was_there(page):
    browser = page(**{"check.current": "relu", "check.text.relu": "# mine\n"})
    assert "# mine" in text(browser, ".cm-content")
    carry(browser, "relu", "# theirs\n")
    assert "What you had written is kept" in text(browser, ".check-notice")
    browser.refresh()
    until(browser, "return document.querySelector('.check-notice button') !== null")
    assert "# theirs" in text(browser, ".cm-content")
    element(browser, ".check-notice button").click()
    assert "# mine" in text(browser, ".cm-content")
    assert not element(browser, ".check-notice").is_displayed()


def test_the_link_that_is_made_carries_the_text(page, address):
    browser = page(**{"check.current": "relu", "check.text.relu": "# 한국어 {}[]\nx = 1\n"})
    browser.execute_script(
        "[...document.querySelectorAll('.check-more button')].find((b) => b.textContent === 'Copy a link').click()"
    )
    until(browser, "return document.querySelector('.check-link').value !== ''")
    found = browser.execute_script("return document.querySelector('.check-link').value")
    assert found.startswith(f"{address}#check=")
    letters = found.partition("#check=")[2]
    packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    assert json.loads(zlib.decompress(packed, wbits=-15)) == ["relu", "# 한국어 {}[]\nx = 1\n"]


def test_a_broken_link_says_so(page):
    browser = page()
    for letters in ("abc", "%%%", link("relu", COURSE["relu"].code(solved=True))[6:60]):
        browser.execute_script("location.hash = arguments[0]", f"check={letters}")
        until(browser, "return document.querySelector('.check-found').textContent.includes('This link is broken')")


def test_back_to_the_beginning_has_a_way_back(page):
    browser = page(**{"check.current": "relu", "check.text.relu": "# mine\n"})
    browser.execute_script("[...document.querySelectorAll('.check-more button')].at(-1).click()")
    until(browser, "return document.querySelector('.cm-content').textContent.includes('your code here')")
    element(browser, ".check-notice button").click()
    assert "# mine" in text(browser, ".cm-content")


def test_a_file_is_saved_as_it_is_handed_in_and_files_are_opened(page, tmp_path):
    browser = page(**{"check.current": "relu", "check.text.relu": "# mine\nx = '가'\n"})
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    element(browser, ".check-more button").click()
    saved = tmp_path / "relu.py"
    waited = time.monotonic() + 10
    while not saved.exists() and time.monotonic() < waited:
        time.sleep(0.05)
    assert saved.read_text(encoding="utf-8") == "# mine\nx = '가'\n"
    notebook = {"cells": [{"cell_type": "code", "source": "# theirs\n%pylab\n"}], "nbformat": 4}
    path = tmp_path / "affine.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    element(browser, ".check-more input[type=file]").send_keys(str(path))
    until(browser, "return document.querySelector('.cm-content').textContent.includes('# theirs')")
    assert "affine.py" in text(browser, ".check-more button")
    other = tmp_path / "thoughts.py"
    other.write_bytes(b"\xff\xff\x00")
    element(browser, ".check-more input[type=file]").send_keys(str(other))
    until(browser, "return document.querySelector('.check-notice').textContent.includes('not a Python file')")


DROP = """
const transfer = new DataTransfer();
transfer.items.add(new File(["# dropped\\n"], "sigmoid.py"));
const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
document.querySelector(".cm-content").dispatchEvent(new DragEvent("drop", options));
"""


def test_a_file_that_is_dropped_is_opened(page):
    browser = page()
    browser.execute_script(DROP)
    until(browser, "return document.querySelector('.cm-content').textContent.includes('# dropped')")
    assert text(browser, ".check-text h2") == COURSE["sigmoid"].title


def focused(browser):
    return browser.execute_script("return document.activeElement.className")


def test_all_of_it_goes_by_keyboard_alone(page):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser = page(**{"check.current": "relu"})

    def keys(*names):
        ActionChains(browser).send_keys(*names).perform()

    for _press in range(60):
        if "cm-content" in focused(browser):
            break
        keys(Keys.TAB)
    assert "cm-content" in focused(browser)
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE).perform()
    for line in ("class ReLU:", "def forward(self, x):", "self.x = x", "return x * (x > 0)"):
        keys(line, Keys.ENTER)
    keys("def backward(self, dout):", Keys.ENTER, "return dout * (self.x > 0)")
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    until(browser, DONE)
    assert "8 of 8 points" in text(browser, ".check-verdict")  # the lines were indented by the editor
    keys(Keys.TAB)
    assert "cm-content" in focused(browser)
    keys(Keys.ESCAPE, Keys.TAB)
    assert focused(browser) == "primary"


def test_korean_is_typed_letter_by_letter(page):
    browser = page(**{"check.current": "relu"})
    element(browser, ".cm-content").click()
    press(browser, ".cm-content", "# ")
    for syllable in ("ㅎ", "하", "한"):
        browser.execute_cdp_cmd("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
    browser.execute_cdp_cmd("Input.insertText", {"text": "한"})
    browser.execute_cdp_cmd("Input.insertText", {"text": "글"})
    assert "# 한글" in text(browser, ".cm-content")
    stored = browser.execute_script("return localStorage.getItem('chainrule:check.text.relu')")
    assert "# 한글" in stored


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_every_size_and_has_no_barrier(page, width, dark):
    browser = page(language="ko" if dark else "en")
    look(browser, width, dark)
    for exercise, code in (("affine", WRONG), ("", WRONG)):
        checked(browser, exercise, f"print('x' * 300)\n{code}")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert barriers(browser) == []
    small = browser.execute_script(SMALL)
    assert small == []
    assert complaints(browser) == []


@pytest.mark.parametrize("name", part(COURSE, 3))
def test_the_text_of_an_exercise_has_its_formulas_set(page, name):
    browser = page(**{"check.current": name})
    assert COURSE[name].title == text(browser, ".check-text h2")
    shown = text(browser, ".check-prose")
    assert "$" not in shown
    assert "\\frac" not in shown
