"""The whole site: page, Python, toolkit and exercises in one folder, which any web server may hand out."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from language import _
from page.building.npm import WEB, CannotBuild, install_packages, node
from page.building.runtime import put_runtime, write_packed
from page.building.sheet import put_sheet
from page.building.toolkit import put_toolkit

RUNTIMES = ("wasi", "pyodide")
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.29.3/full/"
MARK = ".chainrule-page"  # stands in a folder that we may overwrite
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{more}; worker-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'{more}; "
    "base-uri 'none'; form-action 'none'"
)


def build(out: Path, runtime: str = "wasi", pyodide: str = PYODIDE, cache: Path | None = None) -> None:
    """Write the site into a folder.

    Parameters
    ----------
    out : Path
        A new folder, an empty one, or one that this has written before.
    runtime : str
        ``wasi`` for a Python in the site itself, ``pyodide`` for one that is loaded from another host.
    pyodide : str
        The address of Pyodide's folder.
    cache : Path, optional
        Where what was fetched is kept; a folder ``page`` among the user's caches else.

    Raises
    ------
    CannotBuild
        When something that is needed cannot be had, or the folder holds something else.
    """
    require_ours(out)
    install_packages()
    work = out.with_name(f".{out.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    (work / "runtime").mkdir(parents=True)
    try:
        put_toolkit(work / "runtime")
        if runtime == "wasi":
            put_runtime(work / "runtime", cache or cache_folder())
        sizes = {path.name: path.stat().st_size for path in sorted((work / "runtime").iterdir())}
        (work / "runtime" / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8")
        put_sheet(work)
        put_words(work)
        put_page(work, runtime, pyodide)
        (work / MARK).write_text("made by python -m page build\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        work.replace(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def require_ours(out: Path) -> None:
    """Raise CannotBuild when a folder holds something that is not ours."""
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise CannotBuild(_("{folder} is not empty, and was not made by this command; name another one", folder=out))
    if out.exists() and not out.is_dir():
        raise CannotBuild(_("{path} is a file; name a folder", path=out))


def put_words(folder: Path) -> None:
    """Write the Korean of the page, ``words-ko.json.gz``, put together from that of its parts."""
    parts = [WEB / "ko.json", *(WEB / part / "ko.json" for part in ("check", "see", "train"))]
    words = {text: korean for part in parts for text, korean in json.loads(part.read_text(encoding="utf-8")).items()}
    write_packed(folder / "words-ko.json.gz", json.dumps(words, ensure_ascii=False).encode())


def put_page(site: Path, runtime: str, pyodide: str) -> None:
    """Bundle the page, and write what stands beside its scripts."""
    host = urlsplit(pyodide)
    more = f" {host.scheme}://{host.netloc}" if runtime == "pyodide" else ""
    index = (WEB / "index.html").read_text(encoding="utf-8").replace("{policy}", POLICY.format(more=more))
    (site / "index.html").write_text(index, encoding="utf-8")
    shutil.copy(WEB / "icon.svg", site / "icon.svg")
    known = {"PYODIDE": pyodide}
    node("bundle.mjs", site, runtime, json.dumps(known | {"version": "", "files": []}))
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    kept = ["./", *(name for name in files if name != "service-worker.js")]
    node("bundle.mjs", site, runtime, json.dumps(known | {"version": digest(site, kept[1:]), "files": kept}))


def digest(site: Path, names: list[str]) -> str:
    """Return a short name of some files' content."""
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + (site / name).read_bytes())
    return whole.hexdigest()[:16]


def cache_folder() -> Path:
    """Return where what was fetched is kept."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(home) / "chainrule" / "page"
