"""The types that are declared agree with the code, and serve whoever has installed the project."""

import ast
import os
import subprocess
import sys
import zipfile
from importlib import import_module

import pytest

from chainrule import ROOMS


@pytest.fixture
def installed(wheel, tmp_path):
    """The environment of a Python that finds the content of the wheel, and the folder elsewhere in which it starts."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    (tmp_path / "elsewhere").mkdir()
    return {"env": os.environ | {"PYTHONPATH": str(tmp_path / "installed")}, "cwd": tmp_path / "elsewhere"}


def run(*words, **where):
    words = [sys.executable, *map(str, words)]
    result = subprocess.run(words, capture_output=True, text=True, timeout=600, **where)
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]


@pytest.mark.parametrize("room", [*ROOMS, "gradient_check"])
def test_every_public_name_is_among_those_whose_types_are_checked(root, room):
    text = (root / "tests" / "house" / "typed_use.py").read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert set(import_module(room).__all__) - {"main"} <= used


@pytest.mark.exhaustive
def test_the_types_agree_with_the_code(root, tmp_path):
    pytest.importorskip("mypy")
    run("-m", "mypy", "--cache-dir", tmp_path, cwd=root)


@pytest.mark.exhaustive
def test_what_is_installed_pleases_a_strict_type_checker(root, installed, tmp_path):
    pytest.importorskip("mypy")
    use = root / "tests" / "house" / "typed_use.py"
    run("-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path / "cache", use, **installed)


@pytest.mark.exhaustive
def test_what_pleases_the_type_checker_runs(root, installed, tmp_path):
    run(root / "tests" / "house" / "typed_use.py", tmp_path, **installed)
