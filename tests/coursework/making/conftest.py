"""A sheet of the small course, made; without NumPy's wheels, which nobody unpacks here."""

from dataclasses import replace

import pytest

from coursework.making.make import make
from coursework.making.sheet import Sheet
from training.command.form import Form


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """A grader that speaks its assignment's language leaves this process as it was."""
    monkeypatch.setenv("CHAINRULE_LANG", "en")


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
