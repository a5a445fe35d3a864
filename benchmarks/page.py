"""How fast the page in the browser is, in Chromium, with the network cut off.

::

    python -m benchmarks.page [EXERCISE ...]

It builds the site, and measures the first visit and a later one, each from opening the page to the first report; the
frames a second while a spiral is learned; 20 epochs of digits beside a native training, in turns; and a check of each
exercise (its blanks, its solution and its known wrong solutions), from the press of the button to the report.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import page_check, page_training
from coursework.course.course import read_course
from page.building.site import build
from page.serving import served

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from browser_support import opened

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
KEEPING = 5  # seconds in which the service worker keeps what was fetched


def main() -> None:
    """Build the site, serve it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="EXERCISE")
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "site")
        with served(Path(folder) / "site") as address:
            browser = opened(f"{folder}/profile", OFFLINE)
            browser.set_script_timeout(120)
            try:
                measure(browser, address, names)
            finally:
                browser.quit()


def measure(browser: object, address: str, names: list[str]) -> None:
    """Print one figure after the other."""
    print(f"first visit, to the first report   {page_check.visit(browser, address):6.2f} s", flush=True)
    time.sleep(KEEPING)
    browser.get("about:blank")
    print(f"later visit, to the first report   {page_check.visit(browser, address):6.2f} s", flush=True)
    frames = page_training.frames(browser, address)
    print(f"while a spiral is learned          {frames.frames:6.1f} frames and {frames.pictures:.1f} pictures a second")
    digits = page_training.digits(browser, address)
    print(
        f"20 epochs of digits                {digits.page:6.2f} s, natively {digits.native:.2f} s: {digits.times:.2f}"
    )
    for exercise in read_course(None, names):
        texts = page_check.texts_of(exercise)
        found = [page_check.seconds_of(browser, address, exercise.name, text) for text in texts]
        shown = f"median {statistics.median(found):.2f} s, longest {max(found):.2f} s of {len(found)}"
        print(f"a check of {exercise.name:24}{shown}", flush=True)


if __name__ == "__main__":
    main()
