"""How long a check in the page takes: from opening it to the first report, and then each exercise's.

What is given is a browser of Selenium's and the address of a site that ``python -m page build`` wrote.
"""

import time
from typing import Any

from coursework.course.exercise import Exercise

STORE = "localStorage.setItem(`chainrule:${arguments[0]}`, JSON.stringify(arguments[1]))"
DESK = "return document.querySelector('.check-desk') !== null"
TIMED = """
const done = arguments[0];
const found = document.querySelector(".check-found");
const began = performance.now();
document.querySelector(".check-run .primary").click();
const look = () => {
  if (found.hasAttribute("aria-busy")) requestAnimationFrame(look);
  else done(performance.now() - began);
};
look();
"""


def seconds_of(browser: Any, address: str, exercise: str, text: str) -> float:
    """Return the seconds that the page takes to check a text, once Python is there."""
    browser.get(f"{address}icon.svg")
    for name, value in {"language": "en", "check.current": exercise, f"check.text.{exercise}": text}.items():
        browser.execute_script(STORE, name, value)
    browser.get(f"{address}#check")
    until(browser, DESK)
    browser.execute_async_script(TIMED)  # Python begins, and is warm
    return float(browser.execute_async_script(TIMED)) / 1000


def visit(browser: Any, address: str) -> float:
    """Return the seconds from opening the page to the report on what the editor shows at first."""
    began = time.perf_counter()
    browser.get(f"{address}#check")
    until(browser, DESK)
    browser.execute_async_script(TIMED)
    return time.perf_counter() - began


def texts_of(exercise: Exercise) -> list[str]:
    """Return the texts of one exercise that are checked."""
    solved = exercise.code(solved=True)
    return [exercise.code(solved=False), solved, *(f"{solved}\n\n\n{wrong.text}\n" for wrong in exercise.wrong)]


def until(browser: Any, condition: str, seconds: float = 60) -> None:
    """Wait until a script returns something that counts as true."""
    end = time.monotonic() + seconds
    while not browser.execute_script(condition):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} s: {condition}")
        time.sleep(0.02)
