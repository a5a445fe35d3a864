"""What the tests of the guide share: what builds it, the site built once, and a browser."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from browser_support import opened


@pytest.fixture(scope="session")
def guide():
    """The modules of ``docs/guide``; skip where what they need is not installed."""
    for name in ("myst_nb", "sphinx_intl", "jupytext", "furo", "numpydoc", "sphinx_design", "sphinx_copybutton"):
        pytest.importorskip(name, reason='the guide cannot be built here (pip install -e ".[docs]")')
    from docs.guide import generated, markdown, notebooks, pages, source_code, translation

    return {module.__name__.rpartition(".")[2]: module for module in (generated, markdown, notebooks, pages)} | {
        "source_code": source_code,
        "translation": translation,
    }


@pytest.fixture(scope="session")
def chapters(guide):
    return {chapter.name: chapter for chapter in guide["pages"].chapters()}


@pytest.fixture(scope="session")
def site(root, guide, tmp_path_factory):
    """The folder of the site, in both languages; of several processes that test, the first builds it."""
    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "site"
    done = shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.5)
    else:
        build = [sys.executable, str(root / "docs" / "build.py"), "--out", str(shared / "html")]
        result = subprocess.run(build, capture_output=True, text=True, timeout=900)
        done.write_text(result.stderr if result.returncode else "", encoding="utf-8")
    assert done.read_text(encoding="utf-8") == ""
    return shared / "html"


@pytest.fixture(scope="session")
def executed_pages(site):
    """The chapters with what their cells gave when the English site was built, by name."""
    from jupyter_cache import get_cache

    cache = get_cache(site.parent / "executed" / "en")
    records = cache.list_cache_records()
    return {Path(record.uri).stem: cache.get_cache_bundle(record.pk).nb for record in records}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = opened(tmp_path_factory.mktemp("profile"), "--hide-scrollbars")
    yield browser
    browser.quit()
