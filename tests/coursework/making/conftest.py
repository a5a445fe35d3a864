"""A sheet of the small course, made; without NumPy's wheels, which nobody unpacks here."""

import shutil
from dataclasses import replace

import pytest

from coursework.course.course import read_course
from coursework.making.make import make
from coursework.making.sheet import Sheet
from training.command.form import Form


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """A grader that speaks its assignment's language leaves this process as it was."""
    monkeypatch.setenv("CHAINRULE_LANG", "en")


def sheet_of(exercises, wheels):
    wheels.mkdir()
    (wheels / "numpy-2.4.6-cp399-cp399-manylinux_2_28_x86_64.whl").write_bytes(b"of a Python to come")
    form = Form(("python", "-m", "coursework"))
    return Sheet(exercises, "Sheet 1", form, own=True, notebooks=False, wheels=wheels)


@pytest.fixture
def sheet(exercises, tmp_path):
    return sheet_of(exercises, tmp_path / "wheels")


@pytest.fixture
def with_notebooks(sheet):
    pytest.importorskip("jupytext")
    return replace(sheet, notebooks=True)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """The sheet, made; what makes it takes a second, so that each test gets a copy."""
    from tests.coursework.conftest import write_course

    folder = tmp_path_factory.mktemp("once")
    make(sheet_of(read_course(write_course(folder / "course")), folder / "wheels"), folder / "made")
    return folder / "made"


@pytest.fixture
def made(made_once, tmp_path):
    return shutil.copytree(made_once, tmp_path / "made")


@pytest.fixture
def made_here(sheet, tmp_path):
    """The sheet made in its place, of which its README tells."""
    make(sheet, tmp_path / "made")
    return tmp_path / "made"
