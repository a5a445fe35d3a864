"""The beginning of a grader in a place: NumPy is found, unpacked, or what Python has."""

import platform
import sys
import zipfile

import pytest

from coursework.places import start

PYTHON = f"cp{sys.version_info[0]}{sys.version_info[1]}"
GLIBC = sys.platform == "linux" and platform.libc_ver()[0] == "glibc"


@pytest.fixture
def wheels(tmp_path):
    """A folder with wheels of three versions of Python, one of them this one."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in ("cp38", PYTHON, "cp399"):
        wheel = folder / f"numpy-2.4.6-{name}-{name}-manylinux_2_28_{platform.machine()}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("numpy/__init__.py", f"python = {name!r}")
    return folder


@pytest.mark.skipif(not GLIBC, reason="the wheels are for Linux with glibc")
def test_the_wheel_of_this_python_is_unpacked_once(wheels, tmp_path, monkeypatch):
    monkeypatch.setattr(start, "HERE", tmp_path)
    folder = start.unpacked(tmp_path / "packages")
    assert (folder / "numpy" / "__init__.py").read_text() == f"python = {PYTHON!r}"
    (wheels / start.fitting_wheel(wheels).name).unlink()
    assert start.unpacked(tmp_path / "packages") == folder


def test_without_a_wheel_that_fits_the_numpy_that_is_there_does(tmp_path, monkeypatch):
    monkeypatch.setattr(start, "HERE", tmp_path)
    assert start.unpacked(tmp_path / "packages") is None
    assert not (tmp_path / "packages").exists()


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(start, "OLDEST", (4, 0))
    with pytest.raises(SystemExit, match=r"needs Python 4\.0 or newer"):
        start.main(["coursework.places.gradescope"])
