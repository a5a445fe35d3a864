"""What Python needs to read is found, and it is nothing that holds the work of others."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import coursework
from coursework.apart.python_paths import OF_OTHERS, readable_for_python

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there is it kept what a process reads")


@pytest.fixture(scope="module")
def readable():
    return [Path(path).resolve() for path in readable_for_python([np])]


def test_neither_the_project_nor_the_home_folder_is_readable(root, readable):
    for private in (
        Path(coursework.__file__).resolve(),
        root / "layers" / "affine.py",
        Path.home(),
        Path("/etc/passwd"),
    ):
        assert not {private, *private.parents} & set(readable), private


def test_of_what_is_installed_only_the_packages_are_readable(readable):
    folder = Path(np.__file__).resolve().parent
    others = [path for path in readable if set(OF_OTHERS) & set(path.parts)]
    assert folder in others
    assert {path.name for path in others} <= {"numpy", "numpy.libs"}


def test_no_folder_of_installed_packages_is_below_a_readable_one(readable):
    """Since a right on a folder is one on all below it."""
    for folder in map(Path, sys.path):
        installed = folder.resolve()
        if installed.name in OF_OTHERS:
            assert not {installed, *installed.parents} & set(readable), installed


def test_the_standard_library_is_readable(readable):
    for module in (json, subprocess, __import__("decimal"), __import__("_ctypes")):
        file = Path(module.__file__).resolve()
        assert {file, *file.parents} & set(readable), file


def test_a_module_that_is_a_file_is_readable_alone(tmp_path):
    (tmp_path / "helper.py").write_text("")
    (tmp_path / "secret.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", "import helper; from coursework.apart.python_paths import *; print(*files_of(helper))"],
        env={"PYTHONPATH": f"{tmp_path}:{Path(coursework.__file__).parents[1]}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(tmp_path / "helper.py")
