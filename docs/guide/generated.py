"""Pages that are written before a build: the files that others link to, and the reference of every public name."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("layers", "networks", "gradients", "graph", "datasets", "training", "figures", "coursework")
LINK = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<target>[\w./-]+)(?P<anchor>#[\w-]+)?\)")
START = "start"  # the page on which the README stands


def write_generated(docs: Path) -> None:
    """Write the generated pages of the guide, those that have not changed left as they are."""
    pages = {}
    for path in linked_files(docs):
        pages[docs / "source" / f"{path}.md"] = source_page(path)
    for room in ROOMS:
        pages[docs / "reference" / f"{room}.rst"] = reference_page(room)
    for path in (docs / "source").rglob("*.md"):
        if path not in pages:
            path.unlink()
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def pages_of(docs: Path) -> Iterator[Path]:
    """Yield the pages that people write, and the READMEs."""
    yield from (
        path for path in sorted(docs.rglob("*.md")) if path.relative_to(docs).parts[0] not in ("_build", "source")
    )
    yield from sorted(docs.parent.glob("README*.md"))


def linked_files(docs: Path) -> list[str]:
    """Return the paths, from the root, of the Python files to which pages link."""
    root, found = docs.parent.resolve(), set()
    for page in pages_of(docs):
        for link in LINK.finditer(page.read_text(encoding="utf-8")):
            path = (page.parent / link["target"]).resolve()
            if path.suffix == ".py" and path.is_file() and path.is_relative_to(root):
                found.add(path.relative_to(root).as_posix())
    return sorted(found)


def source_page(path: str) -> str:
    """Return the page that shows a file."""
    up = "../" * (path.count("/") + 2)
    return (
        f"---\norphan: true\n---\n\n# {path}\n\n```{{literalinclude}} {up}{path}\n:language: python\n:linenos:\n```\n"
    )


def reference_page(room: str) -> str:
    """Return the page of a package: what it is for, and a table of its public names."""
    package = importlib.import_module(room)
    names = sorted(package.__all__, key=lambda name: (not name[0].isupper(), name.lower()))
    rows = "\n".join(f"   {room}.{name}" for name in names)
    title = f"{room}\n{'=' * len(room)}"
    return f"{title}\n\n.. autosummary::\n   :toctree: api\n   :nosignatures:\n\n{rows}\n"


def here(docs: Path, page: str, text: str) -> str:
    """Return a page's text with links to files of the project as links to the pages that show them.

    A folder has no page, and neither has a file that is no Python: what links to them is written without a link. Links
    to other pages are left as they are.
    """
    root = docs.parent.resolve()
    folder = root if page == f"{START}.md" else (docs / page).resolve().parent
    up = "../" * page.count("/")

    def changed(link: re.Match[str]) -> str:
        words, target, anchor = link["words"], link["target"], link["anchor"] or ""
        path = (folder / target).resolve()
        if not path.is_relative_to(root) or not path.exists():
            return link[0]
        name = path.relative_to(root).as_posix()
        if re.fullmatch(r"README(\.\w+)?\.md", name):
            return f"[{words}]({up}{START}.md{anchor})"
        if name.startswith("docs/") and page != f"{START}.md":
            return link[0]
        if name.startswith("docs/") and path.is_file() and path.name != "README.md":
            return f"[{words}]({name.removeprefix('docs/')}{anchor})"
        if path.suffix == ".py":
            return f"[{words}]({up}source/{name}.md)"
        return words

    return LINK.sub(changed, text)
