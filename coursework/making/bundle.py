"""The grader as a place gets it: our packages and the assignment, and archives of them."""

import io
import shutil
import tarfile
import zipfile
from pathlib import Path

from coursework.making.sheet import ROOM
from coursework.places import start

PARTS = ("coursework", "gradients", "layers", "networks", "datasets", "training", "locale")  # of the toolkit
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "*.po", "*.pot", "exercises", "making", "make_digits.py")
WHEN = (1980, 1, 1, 0, 0, 0)  # so that the same content is the same archive


def write_bundle(folder: Path, assignment: Path) -> None:
    """Write a folder with ``start.py``, ``lib/`` and ``assignment/``.

    Parameters
    ----------
    folder : Path
    assignment : Path
        The teacher's folder.
    """
    folder.mkdir(parents=True)
    write_lib(folder / "lib")
    shutil.copyfile(str(start.__file__), folder / "start.py")
    (folder / "assignment").mkdir()
    shutil.copyfile(assignment / "assignment.json", folder / "assignment" / "assignment.json")
    shutil.copytree(assignment / "course", folder / "assignment" / "course")


def write_lib(lib: Path) -> None:
    """Write our packages under the names that they have here: short ones in a clone, in ``chainrule`` installed."""
    here = Path(__file__).resolve().parents[2]
    is_installed = ROOM.startswith("chainrule.")
    place = lib / "chainrule" if is_installed else lib
    for part in PARTS:
        shutil.copytree(here / part, place / part, ignore=LEFT_OUT)
    shutil.copyfile(here / "language.py", place / "language.py")
    (lib / "chainrule").mkdir(exist_ok=True)
    for path in (here if is_installed else here / "chainrule").glob("*.py"):
        shutil.copyfile(path, lib / "chainrule" / path.name)


def write_zip(path: Path, folder: Path, programs: tuple[str, ...] = ()) -> None:
    """Write a folder's content as a zip archive; some of its files can be executed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in content(folder):
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, whose modes are kept
            info.external_attr = (0o100755 if name in programs else 0o100644) << 16
            archive.writestr(info, file.read_bytes())


def write_tar(path: Path, folder: Path, top: str) -> None:
    """Write a folder's content as a tar archive, in a folder ``top``."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, file in content(folder):
            info = tarfile.TarInfo(f"{top}/{name}")
            data = file.read_bytes()
            info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data))


def content(folder: Path) -> list[tuple[str, Path]]:
    """Return the files below a folder with their paths in it, in order."""
    return sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
