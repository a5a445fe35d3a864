"""What the tests in a browser share: looking at a page and touching it."""


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
