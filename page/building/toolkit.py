"""The project's own packages, as the page's Python finds them: one archive, gzipped."""

import json
from pathlib import Path

from coursework.course.course import read_course
from page.building.runtime import write_packed
from page.inside.checking.expected import KEPT, packed

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("layers", "networks", "gradients", "graph", "datasets", "training", "figures", "coursework", "page", "locale")
NEEDED = (".py", ".npz", ".mo", ".css", ".html", ".js")
NOT_NEEDED = ("page/web/", "page/building/")


def put_toolkit(folder: Path) -> None:
    """Write ``toolkit.gz``: a line of JSON with paths and lengths, and behind it the contents."""
    files = {path: (ROOT / path).read_bytes() for path in paths()}
    files |= {f"page/inside/checking/answers/{one.name}": packed(one) for one in read_course(None, KEPT)}
    head = json.dumps([[path, len(content)] for path, content in files.items()]).encode()
    write_packed(folder / "toolkit.gz", b"".join((head, b"\n", *files.values())))


def paths() -> list[str]:
    """Return the paths of all that goes with it, from the project's root."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in NEEDED]
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return ["language.py", "gradient_check.py", *(name for name in names if not name.startswith(NOT_NEEDED))]
