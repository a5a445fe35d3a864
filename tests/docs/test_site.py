"""The site: built without a warning, every link holds, nothing is asked of another host, all can be read anywhere."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import pytest

from browser_support import barriers, look, until
from guide_support import NAMES
from language import LANGUAGES
from tests_support import part

pytestmark = [pytest.mark.exhaustive, pytest.mark.long]


class Page(HTMLParser):
    """What a page links to, loads, and can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.anchors = [], [], {""}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            self.loaded.append(given["href"])
        elif given.get("src"):
            self.loaded.append(given["src"])


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_it_is_there_in_both_languages(pages, site):
    for language in LANGUAGES:
        for name in ("index", "how-to", "from-the-book", "glossary", "seeds", "teachers", "reference/layers"):
            assert site / language / f"{name}.html" in pages
        assert all(site / language / "course" / f"{name}.html" in pages for name in NAMES)
        assert len(list((site / language / "notebooks").glob("*.ipynb"))) == len(NAMES)


def test_every_link_and_anchor_holds(pages, site):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(link)
            if re.match(r"[a-z]+:", target):
                continue
            file = (path.parent / unquote(target)).resolve() if target else path
            if not file.exists() or (anchor and file in pages and unquote(anchor) not in pages[file].anchors):
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []


def test_nothing_is_loaded_from_another_host(pages, site):
    for path, page in pages.items():
        assert not [address for address in page.loaded if re.match(r"(https?:)?//", address)], path
    for path in site.rglob("_static/*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", path.read_text(encoding="utf-8")), path


def test_every_public_name_has_its_page(guide, pages, site):
    import importlib

    for room in guide["generated"].ROOMS:
        for name in importlib.import_module(room).__all__:
            assert site / "en" / "reference" / "api" / f"{room}.{name}.html" in pages


def test_the_sections_of_a_docstring_have_korean_headings(site):
    page = "reference/api/layers.Affine.html"
    english, korean = ((site / language / page).read_text(encoding="utf-8") for language in LANGUAGES)
    for heading, translated in (("Parameters", "매개변수"), ("Raises", "예외")):
        assert f">{heading}<" in english
        assert f">{heading}<" not in korean
        assert f">{translated}<" in korean


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_that_cells_print_are_the_same_in_both_languages(guide, site, name):
    english, korean = (outputs_of(site / language / "course" / f"{name}.html") for language in LANGUAGES)
    assert english
    assert [numbers_of(guide, text) for text in english] == [numbers_of(guide, text) for text in korean]


def numbers_of(guide, text):
    """Numbers but those that only count, which a language may write in words: "vanish" is "become 0" in another."""
    pages = guide["pages"]
    found = pages.numbers_in(guide["translation"].spaced(text))
    return sorted(number for number in found if not pages.is_small(number))


def outputs_of(path):
    """The texts that a page's cells printed."""
    text = path.read_text(encoding="utf-8")
    return re.findall(r'<div class="output [^"]*">.*?<pre>(.*?)</pre>', text, re.S)


LOOKS = [(width, dark) for width in (360, 768, 1280) for dark in (False, True)]
KINDS, CHAPTERS = ("index", "how-to", "glossary", "reference/layers"), [f"course/{name}" for name in NAMES]
PAGES = (*KINDS, *CHAPTERS)
LOOKED_AT = [*(f"en/{page}" for page in PAGES), *(f"ko/{page}" for page in part(PAGES, 3))]
HEARD = [*(f"en/{page}" for page in (*KINDS, *part(CHAPTERS, 3))), *(f"ko/{page}" for page in part(PAGES, 5))]


@pytest.mark.parametrize("page", LOOKED_AT)
def test_a_page_can_be_read_at_every_width_and_asks_for_nothing(browser, site, page):
    browser.get_log("performance")
    browser.get((site / f"{page}.html").as_uri())
    until(browser, TYPESET)
    for width, dark in LOOKS:
        look(browser, width, dark)
        wider = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, (width, dark)
        assert browser.execute_script(OUTSIDE) == [], (width, dark)
        assert browser.execute_script(OVERLAPPING) == [], (width, dark)
        assert width < 768 or browser.execute_script(SCROLLING) == [], (width, dark)
    requests = re.findall(
        r'"url":"([a-z]+:[^"]*)"',
        "".join(entry["message"].replace("\\", "") for entry in browser.get_log("performance")),
    )
    own = {"chrome"}  # the empty tab with which the browser began
    assert {address.partition(":")[0] for address in requests} <= {"file", "data", "blob", "about"} | own


TYPESET = "return document.querySelectorAll('.math:not(:has(mjx-container))').length === 0"
SCROLLING = """const boxes = document.querySelectorAll("article :is(.table-wrapper, mjx-container)");
return [...boxes].filter(box => box.scrollWidth > box.clientWidth + 2 && box.clientWidth).map(box => box.innerText)"""
OUTSIDE = """return [...document.querySelectorAll("article *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= window.innerWidth + 1) return false;
  for (let outer = element; outer; outer = outer.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(outer).overflowX)) return false;
  return true;
}).map(element => element.outerHTML.slice(0, 120))"""


OVERLAPPING = """const blocks = [...document.querySelectorAll("article :is(h1, h2, h3, p, pre, table, img, li, dt)")]
  .filter(element => !element.closest("details:not([open])"))
  .map(element => [element, element.getBoundingClientRect()]).filter(([_, box]) => box.width && box.height);
return blocks.flatMap(([one, a], place) => blocks.slice(place + 1).filter(([other, b]) =>
  !one.contains(other) && !other.contains(one) &&
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
).map(([other]) => [one.outerHTML.slice(0, 80), other.outerHTML.slice(0, 80)]))"""


@pytest.mark.parametrize("page", ["en/course/09-softmax-with-loss", "ko/course/08-affine"])
def test_formulas_are_set(browser, site, page):
    browser.get((site / f"{page}.html").as_uri())
    until(browser, "return document.querySelectorAll('mjx-container').length > 10")
    assert browser.execute_script("return document.querySelectorAll('mjx-merror').length") == 0


@pytest.mark.parametrize("page", HEARD)
def test_axe_finds_nothing_serious(browser, site, page):
    browser.get((site / f"{page}.html").as_uri())
    look(browser, 1280)
    assert barriers(browser) == []
    look(browser, 1280, dark=True)
    assert barriers(browser, "color-contrast") == []  # all else is as it was
