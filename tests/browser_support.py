"""What the tests in a browser share: opening one, looking at a page and touching it."""

import shutil
from pathlib import Path

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,900",
)


def look(browser, width=1200, dark=False, height=900):
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    calm = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, calm]})
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def element(browser, selector):
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def text(browser, selector):
    settle(browser)
    return browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)


def number_of(browser, selector):
    return browser.execute_script("return document.querySelectorAll(arguments[0]).length", selector)


def settle(browser):
    """Wait until what is due in the next frame has been done."""
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


def press(browser, selector, *keys):
    from selenium.webdriver.common.keys import Keys

    for key in keys:
        element(browser, selector).send_keys(getattr(Keys, key, key))


def complaints(browser):
    return [entry["message"] for entry in browser.get_log("browser")]


def barriers(browser, *rules):
    """What axe finds serious in the page, by all its rules or by some; skips where axe is not installed."""
    import pytest

    axe = pytest.importorskip("axe_core_python", reason="axe-core is not installed (pip install axe-core-python)")
    browser.execute_script(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = browser.execute_async_script("axe.run(document, arguments[0]).then(arguments[1])", options)["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]


def opened(profile, *flags):
    """Return a Chromium without a window, with an empty profile; skip where there is none."""
    import pytest

    webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed (pip install selenium)")
    chromium, driver = found("chromium", "chromium-browser", "google-chrome"), found("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("Chromium and its driver are not installed (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in (*FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    browser.get("about:blank")  # and away from the tab that it begins with
    return browser


def found(*names):
    return next(filter(None, map(shutil.which, names)), None)


def until(browser, condition, seconds=60, *arguments):
    """Wait until a script returns something, and return that; its message names the condition."""
    from selenium.webdriver.support.ui import WebDriverWait

    waiting = WebDriverWait(browser, seconds, poll_frequency=0.05)
    return waiting.until(lambda browser: browser.execute_script(condition, *arguments), condition)
