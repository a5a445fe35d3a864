"""The other backend: a page whose Python is Pyodide, here from a folder that is served beside it."""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from page.building.npm import WEB, install_packages
from page.building.site import PYODIDE
from page_support import ask

pytestmark = pytest.mark.exhaustive
CORE = WEB / "node_modules" / "pyodide"  # without NumPy, which comes from the CDN alone
WHOLE = os.environ.get("CHAINRULE_PYODIDE")  # a folder with all of it: pyodide-VERSION.tar.bz2, unpacked


class ForOthers(http.server.SimpleHTTPRequestHandler):
    """Hands files out to pages of other hosts, as a CDN does."""

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def built_with(root, tmp_path, browser, node):
    """Open a page that is built with the Pyodide in a folder."""
    servers = []

    def serve(folder):
        handler = functools.partial(ForOthers, directory=str(folder))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    def build(folder):
        site = tmp_path / "site"
        command = [sys.executable, "-m", "page", "build", "--out", str(site)]
        command += ["--runtime", "pyodide", "--pyodide", serve(folder)]
        subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=300)
        browser.get(serve(site))
        return browser

    yield build
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_page_begins_with_pyodide_and_says_what_is_missing(built_with):
    install_packages()
    browser = built_with(CORE)
    said = ask(browser, "about")
    assert said["kind"] == "unable"
    assert "gives no NumPy" in said["message"], said


@pytest.mark.skipif(WHOLE is None, reason="set CHAINRULE_PYODIDE to a folder with the whole of Pyodide")
def test_pyodide_answers(built_with):
    said = ask(built_with(Path(WHOLE)), "about")
    assert json.loads(said["text"])["answer"]["python"].startswith("3.")


def test_the_address_of_the_cdn_is_that_of_the_version_that_is_tested(node):
    install_packages()
    version = json.loads((CORE / "package.json").read_text(encoding="utf-8"))["version"]
    assert f"/v{version}/" in PYODIDE
