"""What stands around a student's file as it is loaded: its neighbours found, our modules of the same names hidden."""

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from gradients.homework.neighbours import Neighbours
from gradients.homework.roots import Home
from gradients.homework.stand_ins import MissingModule, StandInFinder

LIBRARY = {"numpy", "matplotlib", "tqdm", "pytest", "__main__", *sys.stdlib_module_names}
# Names that NumPy had before 1.24, or before 2, and that older code uses.
OLD_NUMPY = {
    "float": float,
    "int": int,
    "bool": bool,
    "object": object,
    "complex": complex,
    "str": str,
    "float_": np.float64,
    "complex_": np.complex128,
    "unicode_": np.str_,
    "Inf": np.inf,
    "infty": np.inf,
    "NaN": np.nan,
    "product": np.prod,
    "alltrue": np.all,
    "sometrue": np.any,
    "row_stack": np.vstack,
}


@contextmanager
def surroundings(path: Path, home: Home, old_division: bool = False) -> Iterator[StandInFinder]:
    """Let imports find a file's neighbours and stand-ins, and put everything back afterwards."""
    owners = owners_of_names(home)
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if is_hidden(name, owners)}
    kept_path, before, words = list(sys.path), set(sys.modules), sys.argv
    streams, folder = (sys.stdout, sys.stderr), Path.cwd()
    finder, neighbours = StandInFinder(), Neighbours(home, old_division)
    sys.path[:0] = [str(folder) for folder in home.folders]
    sys.meta_path.append(finder)
    sys.meta_path.insert(0, neighbours)
    sys.argv = [str(path)]
    try:
        with contextlib.suppress(OSError):
            os.chdir(path.resolve().parent)  # where its author runs it
        with old_names_of_numpy():
            yield finder
    finally:
        os.chdir(folder)
        sys.meta_path.remove(finder)
        sys.meta_path.remove(neighbours)
        sys.path[:], sys.argv = kept_path, words
        sys.stdout, sys.stderr = streams
        new = [name for name in set(sys.modules) - before if name.partition(".")[0] not in before]
        for name in [name for name in new if is_foreign(sys.modules[name], home)]:  # all told before one is taken out
            del sys.modules[name]
        sys.modules.update(hidden)


def owners_of_names(home: Home) -> dict[str, Path]:
    """Return the names that can be imported from a file's folders, with the first folder that has each."""
    owners: dict[str, Path] = {}
    for folder in home.folders:
        with contextlib.suppress(OSError):
            for entry in folder.iterdir():
                if entry.suffix == ".py" or entry.is_dir():
                    owners.setdefault(entry.stem, folder)
    return owners


def is_hidden(name: str, owners: dict[str, Path]) -> bool:
    """Return whether a loaded module bears the name of a neighbour of the file, and comes from elsewhere."""
    root = name.partition(".")[0]
    file = getattr(sys.modules.get(root), "__file__", None)
    if root not in owners or root in LIBRARY or not file:
        return False
    loaded_from = Path(file).resolve()
    return owners[root] not in (loaded_from.parent, loaded_from.parent.parent)


def is_foreign(module: Any, home: Home) -> bool:
    """Return whether a module was loaded for the file: one of its neighbours, or a stand-in."""
    file = getattr(module, "__file__", None)
    if isinstance(module, MissingModule) or module.__name__ == home.name:
        return True
    paths = [file] if file else list(getattr(module, "__path__", []))
    return any(Path(path).resolve().is_relative_to(folder) for path in paths for folder in home.folders)


@contextmanager
def old_names_of_numpy() -> Iterator[None]:
    """Give NumPy back names that it had, such as np.float, while older code runs."""
    added = [name for name in OLD_NUMPY if name not in vars(np)]
    for name in added:
        setattr(np, name, OLD_NUMPY[name])
    padded = not hasattr(np.lib, "pad")
    if padded:
        np.lib.pad = np.pad  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name in added:
            delattr(np, name)
        if padded:
            del np.lib.pad  # type: ignore[attr-defined]
