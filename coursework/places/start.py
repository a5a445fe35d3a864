"""The beginning of a grader in a place: it finds NumPy, and starts the module of ours that grades there.

It is copied into what is handed to the place, beside ``lib/`` (our packages), ``assignment/`` and, where there is no
network, ``wheels/`` (NumPy, for several versions of Python). Nothing needs to be installed::

    python3 start.py --unpack               # once, when an image is built; otherwise each time
    python3 start.py coursework.places.gradescope /autograder
"""

import importlib.util
import platform
import runpy
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = (3, 10)


def fitting_wheel(folder: Path) -> "Path | None":
    """Return NumPy's wheel for this Python and machine, None where there is none."""
    python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    machine = "x86_64" if platform.machine().lower() in ("x86_64", "amd64") else platform.machine()
    if sys.platform != "linux" or platform.libc_ver()[0] != "glibc":
        return None
    found = sorted(folder.glob(f"numpy-*-{python}-{python}-*{machine}.whl"))
    return found[-1] if found else None


def unpacked(place: Path) -> "Path | None":
    """Return the folder in which NumPy lies for this Python: unpacked, or installed by pip; None where Python has one.

    ``place`` is where it goes. Where nothing may be written there, a temporary folder takes its place.
    """
    folder = place / f"cp{sys.version_info[0]}{sys.version_info[1]}"
    if (folder / "numpy" / "__init__.py").is_file():
        return folder
    wheel = fitting_wheel(HERE / "wheels")
    if wheel is None and importlib.util.find_spec("numpy") is not None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="numpy"))
    if wheel is not None:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        return folder
    words = ["-m", "pip", "install", "--quiet", "--target", str(folder), "numpy>=1.26"]
    subprocess.run([sys.executable, *words], check=True)
    return folder


def main(words: "list[str]") -> None:
    """Unpack NumPy, or start the module that the first word names, with the others as its own."""
    if sys.version_info < OLDEST:
        sys.exit(f"The grader needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {platform.python_version()}.")
    folder = unpacked(HERE / "packages")
    if words == ["--unpack"]:
        return
    sys.path[:1] = [str(HERE / "lib"), *([str(folder)] if folder else [])]
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
