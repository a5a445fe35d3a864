"""Where a student's file belongs: the folders that its imports are looked for in, and its own dotted name."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from gradients.homework.definitions import dotted

HIGHEST = 6  # folders above the file that are looked into
STARTS = 3  # folders from which its author may run it: its own, and those above
# What stands at the top of a project.
MARKERS = (
    ".git",
    "setup.py",
    "setup.cfg",
    "pyproject.toml",
    "requirements.txt",
    "environment.yml",
    "Pipfile",
    "LICENSE",
    "README.md",
    "README.rst",
    "README.txt",
)


@dataclass(frozen=True)
class Home:
    """Where a file belongs.

    Attributes
    ----------
    folders : tuple of Path
        Where its imports are looked for: its own folder, then those above it, up to the top of the project.
    name : str
        Its dotted name, such as ``pkg.parts.relative``.
    root : Path
        The folder in which that name is looked up.
    """

    folders: tuple[Path, ...]
    name: str
    root: Path

    @property
    def is_package(self) -> bool:
        """Whether the file is part of a package."""
        return "." in self.name


def find_home(path: Path, tree: ast.Module) -> Home:
    """Return where a file belongs, by the folders around it and the imports in it."""
    path = path.resolve()
    depth = min(max(packages_above(path), climbed(tree), mentioned(path, tree)), len(path.parents) - 1)
    folders = (path.parent, *above(path.parent, max(depth, farthest_import(path, tree))))
    folders += tuple(folder for folder in put_on_the_path(path, tree) if folder not in folders)
    names = [path.stem, *(path.parents[level].name for level in range(depth))]
    if not all(name.isidentifier() for name in names[1:]):
        names, depth = names[:1], 0
    stem = "".join(c if c.isalnum() else "_" for c in names[0])
    # A file by itself gets a name that no module has that it may import.
    name = ".".join([*reversed(names[1:]), stem]) if depth else f"homework_{stem}"
    return Home(folders, name, path.parents[depth])


def packages_above(path: Path) -> int:
    """Return how many folders above the file, one in the other, are packages by their ``__init__.py``."""
    count = 0
    for folder in path.parents:
        if not (folder / "__init__.py").is_file():
            break
        count += 1
    return count


def climbed(tree: ast.Module) -> int:
    """Return how many folders a relative import goes up: one for ``from .x``, two for ``from ..x``."""
    return max((node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)), default=0)


def mentioned(path: Path, tree: ast.Module) -> int:
    """Return how far above the file a folder is that an import names, as ``from pkg.parts import x`` in pkg/parts."""
    roots = {name.partition(".")[0] for name in imported(tree)}
    depth = 0
    for level, folder in enumerate(path.parents[:HIGHEST], start=1):
        inside = {name for name in roots if name == folder.name}
        if inside and not (path.parent / folder.name).exists():
            depth = level
    return depth


def put_on_the_path(path: Path, tree: ast.Module) -> list[Path]:
    """Return the folders that a file puts on Python's path by a relative name, ``sys.path.append("mytorch")``.

    The name may start from a folder above, from which the author runs the file.
    """
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in ("sys.path.append", "sys.path.insert"):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            names = [text for text in texts if text.strip("./") and not Path(text).is_absolute()]
            places = [base / name for name in names for base in path.parents[:STARTS] if (base / name).is_dir()]
            found += [place.resolve() for place in places[:1]]
    return found


def farthest_import(path: Path, tree: ast.Module) -> int:
    """Return how far above the file's own folder the farthest folder is in which an imported module lies."""
    farthest = 0
    for root in {name.partition(".")[0] for name in imported(tree)} - sys.stdlib_module_names:
        for level, folder in enumerate(path.parents[: HIGHEST + 1]):
            if (folder / root).is_dir() or (folder / f"{root}.py").is_file():
                farthest = max(farthest, level)
                break
    return farthest


def imported(tree: ast.Module) -> list[str]:
    """Return the dotted names of all modules that a file imports, but for relative ones."""
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return names + [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level]


def above(folder: Path, least: int) -> list[Path]:
    """Return the folders above one, up to the top of the project, and at least that many."""
    found: list[Path] = []
    top = is_top(folder)
    for level, parent in enumerate(folder.parents[:HIGHEST], start=1):
        if (top and level > least) or parent == parent.parent or parent == Path.home():
            break
        found.append(parent)
        top = top or is_top(parent)
    return found if top else found[:least]


def is_top(folder: Path) -> bool:
    """Return whether a folder is the top of a project."""
    return any((folder / marker).exists() for marker in MARKERS)
