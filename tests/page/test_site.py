"""The site: what is in it, and that it begins, in a browser without a network."""

import json
import shutil

import pytest

from browser_support import complaints, look, opened, until
from page.building.library import is_used
from page.serving import served
from page_support import ask

pytestmark = pytest.mark.exhaustive


RUNTIME = ("runtime/", "worker.js")


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
def test_the_first_visit_is_small(site, language, other):
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 30e6
    of_others = {"en": ("sheet-en",), "ko": ("sheet-ko", "words-ko")}[other]
    assert sum(size for name, size in sizes.items() if not name.startswith((*RUNTIME, *of_others))) <= 500e3


def test_python_begins_and_answers_with_nothing_from_elsewhere(page, address):
    browser = page()
    browser.get_log("performance")
    assert json.loads(ask(browser, "about")["text"])["answer"]["numpy"]
    requests = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in requests if m["method"] == "Network.requestWillBeSent"]
    assert all(url.startswith((address, "data:", "blob:")) for url in urls)


def test_a_python_that_is_asked_anew_knows_nothing_of_what_was_done_before(page):
    browser = page()
    counted = [json.loads(ask(browser, "about", anew, times=3)["text"])["answer"]["asked"] for anew in (False, True)]
    assert counted == [3, 1]


def test_the_page_works_without_a_server_after_the_first_visit(tmp_path, site):
    browser = opened(tmp_path / "profile")
    browser.set_script_timeout(120)
    try:
        with served(site) as address:
            browser.get(address)
            until(browser, "return navigator.serviceWorker.controller !== null")
        browser.get(address)
        assert json.loads(ask(browser, "about")["text"])["answer"]["python"]
        assert browser.execute_script("return document.querySelectorAll('nav a').length") == 3
    finally:
        browser.quit()


def said_when_loading(browser, folder):
    with served(folder) as address:
        browser.get(address)
        return until(browser, "return document.querySelector('[role=alert]')?.textContent")


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ("WebAssembly.validate = () => false;", "WebAssembly exceptions"),
        ("delete globalThis.DecompressionStream;", "DecompressionStream"),
    ],
)
def test_a_browser_that_is_too_old_is_told_what_it_lacks(browser, site, tmp_path, lacks, named):
    shutil.copytree(site, tmp_path / "site")
    worker = tmp_path / "site" / "worker.js"
    worker.write_text(lacks + worker.read_text(encoding="utf-8"), encoding="utf-8")
    said = said_when_loading(browser, tmp_path / "site")
    assert said == f"This browser is too old for this page. It needs {named}."


def test_a_site_that_lacks_its_python_says_so(browser, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / "runtime" / "python.wasm.gz").unlink()
    said = said_when_loading(browser, tmp_path / "site")
    assert said.startswith("Python cannot run here: Error:")
    assert "python.wasm.gz: 404" in said


def test_a_python_that_came_only_in_part_is_not_run(browser, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    path = tmp_path / "site" / "runtime" / "python.wasm.gz"
    path.write_bytes(path.read_bytes()[:1_000_000])
    assert said_when_loading(browser, tmp_path / "site").startswith("Python cannot run here:")


def test_the_page_speaks_the_language_that_is_chosen(page):
    browser = page()
    assert browser.execute_script("return document.documentElement.lang") == "en"
    browser.execute_script("document.querySelector('.languages [lang=ko]').click()")
    assert browser.execute_script("return document.documentElement.lang") == "ko"
    assert "학습" in browser.execute_script("return document.querySelector('nav').textContent")


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("tab", ["check", "see", "train"])
def test_a_tab_fits_every_width(page, tab, width):
    browser = page(tab)
    look(browser, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_nothing_of_other_packages_is_in_the_library():
    assert not is_used("pandas/core/frame.pyc")


def test_a_visit_leaves_no_complaint(page):
    browser = page()
    until(browser, "return document.querySelector('main')")
    assert complaints(browser) == []
