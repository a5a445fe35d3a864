"""A student's file as a module: its definitions run, with what stands around it, and our own modules out of the way."""

import __future__

import ast
import contextlib
import linecache
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.homework.definitions import sets, split
from gradients.homework.roots import Home, find_home
from gradients.homework.source import Source, read_source
from gradients.homework.stand_ins import MissingModule, StandInFinder, missing, stand_in

LIBRARY = {"numpy", "matplotlib", "tqdm", "pytest", "__main__", *sys.stdlib_module_names}
# Names that NumPy had before 1.24 and that older code uses.
OLD_NUMPY = {"float": float, "int": int, "bool": bool, "object": object, "complex": complex, "str": str}


@dataclass
class Loaded:
    """A student's file, loaded.

    Attributes
    ----------
    module : module
    source : Source
    home : Home
    left_out : list of ast.stmt
        What was not run: the script below the definitions.
    failed : dict of int to Exception
        What a statement raised, by its line.
    missing : list of str
        Modules that are not installed.
    """

    module: ModuleType
    source: Source
    home: Home
    left_out: list[ast.stmt] = field(default_factory=list)
    failed: dict[int, Exception] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def supply(self, name: str | None) -> bool:
        """Run the statements of the script that give a global name its value; return whether there are any."""
        wanted = [statement for statement in self.left_out if name and sets(statement, name)]
        self.left_out = [statement for statement in self.left_out if statement not in wanted]
        for statement in wanted:
            self.run(statement)
        return bool(wanted)

    def run(self, statement: ast.stmt) -> None:
        """Run a statement; where it misses a name that the script defines, that one before it."""
        try:
            execute(statement, self.source, self.module)
        except NameError as error:
            if not self.supply(error.name):
                raise
            self.run(statement)

    def run_or_note(self, statement: ast.stmt) -> None:
        """Run a statement; note what it raises, and let what it would have defined stand for what is missing."""
        try:
            self.run(statement)
        except (Exception, SystemExit) as error:
            self.failed[statement.lineno] = error if isinstance(error, Exception) else RuntimeError(f"exit {error}")
            self.missing += stand_for_imports(statement, self.module)


@contextmanager
def loaded(path: Path) -> Iterator[Loaded]:
    """Run a file's definitions as a module, its neighbours found before modules of the same name.

    Raises
    ------
    CannotCheck
        When there is no such file, or it is not Python.
    """
    source = read_source(path)
    try:
        tree = ast.parse(source.text, str(path))
    except (SyntaxError, ValueError) as error:
        raise CannotCheck(not_python(source, error)) from error
    home = find_home(path, tree)
    with surroundings(path, home) as finder:
        module = ModuleType(home.name, ast.get_docstring(tree))
        module.__file__, module.__package__ = str(path), home.name.rpartition(".")[0]
        linecache.cache[str(path)] = (len(source.text), None, source.text.splitlines(keepends=True), str(path))
        kept, left_out = split(tree)
        work = Loaded(module, source, home, left_out, missing=finder.names)
        import_packages(home)
        sys.modules[home.name] = module
        for statement in kept:
            work.run_or_note(statement)
        yield work


def execute(statement: ast.stmt, source: Source, module: ModuleType) -> None:
    """Run one statement of a file in its module."""
    flags = __future__.annotations.compiler_flag if "import annotations" in source.text else 0
    code = compile(ast.Module([statement], []), str(source.path), "exec", flags=flags, dont_inherit=True)
    exec(code, vars(module))


def not_python(source: Source, error: Exception) -> str:
    """Return in words why a source cannot be read."""
    line = getattr(error, "lineno", None) or 0
    if line and source.line(line).startswith("print "):
        return (
            f"{source.place(line)} is Python 2 ({source.line(line)}); python -m lib2to3 -w, of Python 3.12 or older, "
            "turns it into Python 3"
        )
    place = f"{source.place(line)}: " if line else ""
    return f"{source.path} cannot be imported: {place}{type(error).__name__}: {getattr(error, 'msg', error)}"


def stand_for_imports(statement: ast.stmt, module: ModuleType) -> list[str]:
    """Bind what a failed import should have bound to stand-ins; return their names."""
    if not isinstance(statement, (ast.Import, ast.ImportFrom)):
        return []
    names = []
    for alias in statement.names:
        origin = getattr(statement, "module", None)
        full = f"{origin}.{alias.name}" if origin else alias.name
        bound = alias.asname or (alias.name if isinstance(statement, ast.ImportFrom) else alias.name.partition(".")[0])
        is_module = isinstance(statement, ast.Import)
        vars(module).setdefault(bound, MissingModule(bound) if is_module else stand_in(full))
        names.append(full)
    return names


def import_packages(home: Home) -> None:
    """Import the packages that a file is in; one whose own code fails is there all the same, empty."""
    parts = home.name.split(".")[:-1]
    for end in range(1, len(parts) + 1):
        name = ".".join(parts[:end])
        folder = home.root.joinpath(*parts[:end])
        try:
            __import__(name)
        except (Exception, SystemExit):
            package = ModuleType(name)
            package.__path__ = [str(folder)]
            sys.modules[name] = package


@contextmanager
def surroundings(path: Path, home: Home) -> Iterator[StandInFinder]:
    """Let imports find a file's neighbours and stand-ins, and put everything back afterwards."""
    owners = owners_of_names(home)
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if is_hidden(name, owners)}
    kept_path, before, words = list(sys.path), set(sys.modules), sys.argv
    streams, folder = (sys.stdout, sys.stderr), Path.cwd()
    finder = StandInFinder()
    sys.path[:0] = [str(folder) for folder in home.folders]
    sys.meta_path.append(finder)
    sys.argv = [str(path)]
    try:
        with contextlib.suppress(OSError):
            os.chdir(path.resolve().parent)  # where its author runs it
        with old_names_of_numpy():
            yield finder
    finally:
        os.chdir(folder)
        sys.meta_path.remove(finder)
        sys.path[:], sys.argv = kept_path, words
        sys.stdout, sys.stderr = streams
        for name in set(sys.modules) - before:
            if name.partition(".")[0] not in before and is_foreign(sys.modules[name], home):
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
    """Give NumPy back the names that it had before 1.24, such as np.float, while older code runs."""
    added = [name for name in OLD_NUMPY if name not in vars(np)]
    for name in added:
        setattr(np, name, OLD_NUMPY[name])
    try:
        yield
    finally:
        for name in added:
            delattr(np, name)


__all__ = ["CannotCheck", "Loaded", "loaded", "missing"]
