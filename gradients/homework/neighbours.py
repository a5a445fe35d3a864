"""The modules beside a student's file: found in its folders, read as Python 2 where they are such."""

from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType
from typing import Any

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

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of a module that is a neighbour, None for others."""
        places = [str(folder) for folder in self.folders] if path is None else list(path)
        spec = PathFinder.find_spec(name, places, target)
        if spec is None or not spec.origin or not isinstance(spec.loader, SourceFileLoader):
            return None
        if not any(Path(spec.origin).is_relative_to(folder) for folder in self.folders):
            return None
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

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        """Return the code of a source, that of Python 2 included."""
        try:
            tree = parsed(decode_source(data), str(path), self.old_division)
        except SyntaxError:
            return super().source_to_code(data, path)  # which raises the error as Python says it
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)
