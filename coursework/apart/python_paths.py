"""The files that Python and some packages need, for a process that may read nothing else (:mod:`sealing`)."""

import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

OF_OTHERS = ("site-packages", "dist-packages")  # folders of what is installed, this project perhaps among it
SYSTEM = (
    *("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/dev/null", "/dev/random", "/dev/urandom"),
    "/sys/devices/system/cpu",  # of which the libraries of linear algebra ask what it can do
)
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")


def readable_for_python(packages: Sequence[ModuleType]) -> list[str]:
    """Return the files and folders that this Python and these packages need, and none in which others have theirs.

    Of the standard library's folder these are the entries, since that of the installed packages may be among them, and
    a right on a folder is one on all below it.

    Parameters
    ----------
    packages : sequence of module
        Imported ones, NumPy say. Where a package has brought its shared libraries, they lie beside it (numpy.libs).
    """
    paths = {*standard_library(), *shared_libraries(), *loaded_libraries(), *map(Path, SYSTEM)}
    for package in packages:
        paths |= set(files_of(package))
    return sorted(str(path) for path in paths if path.exists())


def standard_library() -> Iterator[Path]:
    """Yield what is in the folders of the standard library, also when this Python is that of a virtual environment."""
    folders = {
        Path(os.__file__).parent,
        Path(sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix})),
    }
    for folder in filter(Path.is_dir, folders):
        yield from (entry for entry in folder.iterdir() if entry.name not in OF_OTHERS)


def shared_libraries() -> Iterator[Path]:
    """Yield the system's shared libraries and those of Python: files, or folders that hold nothing else."""
    for folder in map(Path, [*LIBRARIES, f"{sys.base_prefix}/lib"]):
        yield from folder.glob("*.so")
        yield from folder.glob("*.so.*")
        yield from folder.glob("*-linux-*")  # as in /usr/lib/x86_64-linux-gnu


def loaded_libraries() -> Iterator[Path]:
    """Yield the shared libraries that this process has loaded, wherever they are, but for those of other packages."""
    maps = Path("/proc/self/maps")
    for line in maps.read_text(encoding="utf-8", errors="replace").splitlines() if maps.exists() else ():
        path = Path(line.split(maxsplit=5)[-1])
        if path.is_absolute() and ".so" in path.suffixes and not set(OF_OTHERS) & set(path.parts):
            yield path


def files_of(package: ModuleType) -> Iterator[Path]:
    """Yield a package's folder and that of its shared libraries, or the file of a module."""
    assert package.__file__ is not None
    file = Path(package.__file__).resolve()
    if not hasattr(package, "__path__"):
        yield file
        return
    folder = file.parent
    yield folder
    yield folder.with_name(f"{folder.name}.libs")
