"""In a clone, ``chainrule.layers`` is the module ``layers``. This file is not installed."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class BothNames:
    """A finder and loader of the modules of a package under the names that they have without it.

    Parameters
    ----------
    package : str
    names : sequence of str
        Of the packages and modules beside that package.
    """

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self.beginning, self.names = f"{package}.", frozenset(names)
        self.specs: dict[str, ModuleSpec | None] = {}

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Return where a module is found: here, if it is one of those."""
        short = name.removeprefix(self.beginning)
        if short == name or short.partition(".")[0] not in self.names:
            return None
        loader: Any = self  # in all but its class
        return ModuleSpec(name, loader)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module of the short name."""
        module = import_module(spec.name.removeprefix(self.beginning))
        self.specs[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is: it has run under its short name."""
        module.__spec__ = self.specs.pop(f"{self.beginning}{module.__name__}")


def give_both_names(package: str, names: Sequence[str]) -> None:
    """Let modules be imported with and without the name of a package, as the same ones."""
    if not any(isinstance(finder, BothNames) for finder in sys.meta_path):
        sys.meta_path.insert(0, BothNames(package, names))
