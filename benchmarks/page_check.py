"""How long a check in the page takes, in a browser without a network: the first one, and then each exercise's.

::

    python -m benchmarks.page_check [EXERCISE ...]

For each exercise: its blanks, its solution, and its known wrong solutions, from the press of the button to the report.
"""

import argparse
import functools
import http.server
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from page.building.site import build

TESTS = Path(__file__).resolve().parents[1] / "tests"
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


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Hands out files, and says nothing."""

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


def seconds_of(browser: Any, address: str, exercise: str, text: str) -> float:
    """Return the seconds that the page takes to check a text, once Python is there."""
    browser.get(f"{address}icon.svg")
    for name, value in {"language": "en", "check.current": exercise, f"check.text.{exercise}": text}.items():
        browser.execute_script(STORE, name, value)
    browser.get(f"{address}#check")
    until(browser, DESK)
    browser.execute_async_script(TIMED)  # Python begins, and is warm
    return float(browser.execute_async_script(TIMED)) / 1000


def first(address: str, folder: str, times: int = 2) -> list[float]:
    """Return the seconds from opening the page to the report: at the first visit, and at those after it."""
    browser = opened(folder)
    browser.set_script_timeout(120)
    found = []
    for _time in range(times):
        began = time.perf_counter()
        browser.get(f"{address}#check")
        until(browser, DESK)
        browser.execute_async_script(TIMED)
        found.append(time.perf_counter() - began)
        time.sleep(3)  # the service worker keeps what was fetched
        browser.get("about:blank")
    browser.quit()
    return found


def texts_of(exercise: Exercise) -> list[str]:
    """Return the texts of one exercise that are checked."""
    solved = exercise.code(solved=True)
    return [exercise.code(solved=False), solved, *(f"{solved}\n\n\n{wrong.text}\n" for wrong in exercise.wrong)]


def main() -> None:
    """Build the site, serve it, and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="EXERCISE")
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "site")
        handler = functools.partial(Quiet, directory=f"{folder}/site")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        print(json.dumps({"first reports, s": [round(s, 2) for s in first(address, f"{folder}/first")]}))
        browser = opened(f"{folder}/profile")
        browser.set_script_timeout(120)
        for exercise in read_course(None, names):
            found = [seconds_of(browser, address, exercise.name, text) for text in texts_of(exercise)]
            print(f"{exercise.name:24} median {statistics.median(found):.2f} s, longest {max(found):.2f} s", flush=True)
        browser.quit()
        server.shutdown()


if __name__ == "__main__":
    sys.path.append(str(TESTS))
    from browser_support import opened, until

    main()
