"""A sheet of the small course, made; without NumPy's wheels, which nobody unpacks here."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from coursework.making.make import make
from coursework.making.sheet import Sheet
from training.command.form import Form


@pytest.fixture
def sheet(exercises, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "numpy-2.4.6-cp399-cp399-manylinux_2_28_x86_64.whl").write_bytes(b"of a Python to come")
    form = Form(("python", "-m", "coursework"))
    return Sheet(exercises, "Sheet 1", form, own=True, notebooks=False, wheels=wheels)


@pytest.fixture
def with_notebooks(sheet):
    pytest.importorskip("jupytext")
    return replace(sheet, notebooks=True)


@pytest.fixture
def made(sheet, tmp_path):
    make(sheet, tmp_path / "made")
    return tmp_path / "made"


@pytest.fixture
def run_python(root):
    """Run this Python in a folder, as a place does: with nothing of ours on its path."""

    def run(*words, folder, **environment):
        usual = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        # NumPy is found where this Python has it: the small sheet's wheels are none
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=folder,
            env=usual | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
