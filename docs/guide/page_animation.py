"""The animation of the page, ``docs/images/page.gif``: photographed in Chromium.

::

    python -m docs.guide.page_animation [OUT]
"""

import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from page.building.site import build
from page.serving import served

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))

from browser_support import look, opened, until  # noqa: E402 - the tests have been put on the path

WIDTH, HEIGHT, COLOURS = 1000, 720, 128
WRONG = """import numpy as np


class Affine:
    \"\"\"Fully connected layer, y = x W + b.\"\"\"

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.mean(axis=0)
        return dout @ self.W.T
"""
Photo = tuple[Any, int]  # a picture, and the milliseconds for which it is shown


def photos(browser: Any, address: str) -> Iterator[Photo]:
    """Take the photos of the three parts, one after the other."""
    yield from checking(browser, address)
    yield from seeing(browser, address)
    yield from training(browser, address)


def checking(browser: Any, address: str) -> Iterator[Photo]:
    """Check a layer with a mistake, and show where it is."""
    remember(browser, address, {"check.current": "affine", "check.text.affine": WRONG})
    open_tab(browser, address, "check", ".check-run .primary")
    browser.execute_script("document.querySelector('.check-run').scrollIntoView({block: 'center'})")
    yield photo(browser), 1500
    browser.execute_script("document.querySelector('.check-run .primary').click()")
    until(browser, "return !document.querySelector('.check-found').hasAttribute('aria-busy')")
    time.sleep(1)
    browser.execute_script("document.querySelector('.check-run').scrollIntoView({block: 'center'})")
    yield photo(browser), 2500
    browser.execute_script("document.querySelector('.check-found').scrollIntoView({block: 'end'})")
    yield photo(browser), 3500


def seeing(browser: Any, address: str) -> Iterator[Photo]:
    """Play a graph, forward and back."""
    open_tab(browser, address, "see", "#see svg g")
    time.sleep(1)
    yield photo(browser), 900
    for _step in range(6):
        browser.execute_script("document.querySelector('.see-steps button:nth-child(4)').click()")
        time.sleep(0.3)
        yield photo(browser), 900
    yield photo(browser), 1200


def training(browser: Any, address: str) -> Iterator[Photo]:
    """Learn a spiral."""
    open_tab(browser, address, "train", ".train-play:not(:disabled)")
    browser.execute_script("document.querySelector('.train-play').scrollIntoView({block: 'start'})")
    yield photo(browser), 600
    browser.execute_script("document.querySelector('.train-play').click()")
    for _frame in range(16):
        time.sleep(0.25)
        yield photo(browser), 220
    yield photo(browser), 2500


def remember(browser: Any, address: str, values: dict[str, str]) -> None:
    """Let the browser remember what a student has written."""
    browser.get(f"{address}icon.svg")
    for name, value in {"language": "en", **values}.items():
        script = "localStorage.setItem(arguments[0], arguments[1])"
        browser.execute_script(script, f"chainrule:{name}", json.dumps(value))


def open_tab(browser: Any, address: str, tab: str, selector: str) -> None:
    """Open a part of the page, and wait until something is there, and Python with it."""
    browser.get("about:blank")
    browser.get(f"{address}#{tab}")
    until(browser, "return document.querySelector(arguments[0])", 60, selector)
    until(browser, "return document.querySelector('.loading').hidden")


def photo(browser: Any) -> Any:
    """Return what the browser shows."""
    return Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")


def main(path: Path) -> None:
    """Build the page, and write the animation."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "site")
        with served(Path(folder) / "site") as address:
            browser = opened(f"{folder}/profile", "--hide-scrollbars")
            try:
                look(browser, WIDTH, height=HEIGHT)
                taken = list(photos(browser, address))
            finally:
                browser.quit()
    pictures = [picture.quantize(COLOURS, dither=Image.Dither.NONE) for picture, _ in taken]
    times = [milliseconds for _, milliseconds in taken]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=times, loop=0, optimize=True)
    print(f"wrote {path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images" / "page.gif")
