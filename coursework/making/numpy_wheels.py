"""NumPy's wheels for the places that grade without network: downloaded by pip, which checks what it downloads."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")  # of an image; a wheel has some 16 MB
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
SECONDS = 120.0  # for each


def add_wheels(folder: Path, given: Path | None = None) -> list[str]:
    """Put NumPy's wheels into a folder; return in words what is missing.

    Parameters
    ----------
    folder : Path
    given : Path, optional
        A folder that has them; they are downloaded without it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if given is not None:
        found = sorted(given.glob("numpy-*.whl"))
        if not found:
            raise ValueError(f"{given} holds no wheel of NumPy: expected files such as numpy-2.2.6-cp310-cp310-...whl")
        for path in found:
            shutil.copyfile(path, folder / path.name)
        return []
    for python in PYTHONS:
        if not downloaded(python, folder):
            return [
                f"NumPy cannot be downloaded for Python {python}: gradescope.zip fetches it when its image is built"
            ]
    return []


def downloaded(python: str, folder: Path) -> bool:
    """Download the wheel for one version of Python; return whether that was possible."""
    with tempfile.TemporaryDirectory() as place:
        platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
        words = [
            "download",
            "--quiet",
            "--retries",
            "1",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--implementation",
            "cp",
        ]
        words += ["--python-version", python, *platforms, "--dest", place, "numpy>=1.26"]
        try:
            done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return False
        for path in Path(place).glob("numpy-*.whl"):
            shutil.copyfile(path, folder / path.name)
    return done.returncode == 0
