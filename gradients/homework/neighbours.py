"""The modules beside a student's file: found in its folders, read as Python 2 where they are such."""

import contextlib
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from gradients.homework.definitions import execute
from gradients.homework.python2 import parsed
from gradients.homework.roots import Home


class Neighbours(MetaPathFinder):
    """Finds modules in the folders of a file; stands before Python's own finder.

    Parameters
    ----------
    home : Home
    old_division : bool
        Whether whole numbers are divided as in Python 2 even where nothing else shows it.
    """

    def __init__(self, home: Home, old_division: bool) -> None:
        self.folders, self.old_division = home.folders, old_division
        self.beside: dict[str, None] = {}  # folders of packages, in which Python 2 looked for modules too

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of a module that is a neighbour, None for others."""
        places = [*map(str, self.folders), *self.beside] if path is None else list(path)
        spec = PathFinder.find_spec(name, places, target)
        if spec is None or not spec.origin or not isinstance(spec.loader, SourceFileLoader):
            return None
        if not any(Path(spec.origin).is_relative_to(folder) for folder in self.folders):
            return None
        self.beside[str(Path(spec.origin).parent)] = None
        spec.loader = NeighbourLoader(name, spec.origin, self.old_division)
        return spec


class NeighbourLoader(SourceFileLoader):
    """Compiles a module anew each time, so that no compiled file is left beside it."""

    def __init__(self, name: str, path: str, old_division: bool) -> None:
        super().__init__(name, path)
        self.old_division = old_division

    def get_code(self, fullname: str) -> CodeType:
        """Return the module's code."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module; of the file of a package, each statement that can be run, as if the others were not there."""
        if not self.is_package(module.__name__):
            super().exec_module(module)
            return
        path = self.get_filename(module.__name__)
        text = decode_source(self.get_data(path))
        for statement in parsed(text, path, self.old_division).body:
            with contextlib.suppress(Exception, SystemExit):
                execute(statement, text, path, module)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        """Return the code of a source, that of Python 2 included."""
        try:
            tree = parsed(decode_source(data), str(path), self.old_division)
        except SyntaxError:
            return super().source_to_code(data, path)  # which raises the error as Python says it
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)
