"""Stand-ins for modules that are not installed, where only other parts of a file need them."""

import ast
import inspect
import linecache
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from language import _


class Named(type):
    """The type of stand-ins, in which what is in them can be named too: ``tf.keras.layers.Layer``."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_") or "stands_for" not in vars(cls):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        value = stand_in(f"{cls.stands_for}.{name}")
        setattr(cls, name, value)
        return value


class StandIn(metaclass=Named):
    """Anything of a module that is not installed: it can be named, inherited from and put above a function.

    A function that it was put above has its name in ``missing_above``.
    """

    stands_for = "a missing module"

    def __init_subclass__(cls, **named: Any) -> None:
        """Let classes inherit from it, with whatever arguments."""
        super().__init_subclass__()

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """Return an object, or the function that it stands above."""
        if len(arguments) == 1 and not named and callable(arguments[0]):
            return put_above(arguments[0], cls.stands_for)  # a decorator: @jit
        if arguments and cls.__name__[:1].islower():
            raise missing(cls.stands_for)  # a function
        return super().__new__(cls)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        pass

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return the function that it stands above; anything else needs what is missing."""
        if len(arguments) == 1 and not named and callable(arguments[0]):
            return put_above(arguments[0], type(self).stands_for)  # with arguments: @jit(nopython=True)
        raise missing(type(self).stands_for)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise missing(type(self).stands_for)


def put_above(function: Any, name: str) -> Any:
    """Return a function, with the name of the decorator that is missing above it."""
    if inspect.isfunction(function):
        vars(function)["missing_above"] = [*vars(function).get("missing_above", []), name]
    return function


def missing(name: str) -> ImportError:
    """Return the error that something is needed that is not installed."""
    return ImportError(_("{name} is needed, but {library} is not installed", name=name, library=name.partition(".")[0]))


def stand_in(name: str) -> type:
    """Return a class that stands for something of a missing module, by its dotted name."""
    return type(name.rpartition(".")[2], (StandIn,), {"stands_for": name, "__module__": name.rpartition(".")[0]})


class MissingModule(ModuleType):
    """A module that is not installed."""

    __path__: list[str] = []  # noqa: RUF012 - a package, so that its modules can be imported too

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = stand_in(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class StandInFinder(MetaPathFinder, Loader):
    """Finds every module that nobody else finds; the last in ``sys.meta_path``.

    Attributes
    ----------
    names : list of str
        The modules that were missed.
    """

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of a stand-in, unless whoever imports the module is prepared for that it is missing."""
        parent = sys.modules.get(name.rpartition(".")[0])
        if (parent is not None and not isinstance(parent, MissingModule)) or is_prepared(importing(sys._getframe(1))):
            return None
        self.names.append(name)
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in."""
        return MissingModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: a stand-in is ready."""


def importing(frame: FrameType | None) -> FrameType | None:
    """Return the frame in which an import stands."""
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame


def is_prepared(frame: FrameType | None) -> bool:
    """Return whether the import in a frame stands in a ``try`` that handles its failure, or in an installed package."""
    if frame is None:
        return False
    if {"site-packages", "dist-packages"} & set(Path(frame.f_code.co_filename).parts):
        return True
    try:
        tree = ast.parse("".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals)))
    except SyntaxError:
        return False
    tries = (node for node in ast.walk(tree) if isinstance(node, ast.Try) and node.handlers)
    return any(node.body[0].lineno <= frame.f_lineno <= (node.body[-1].end_lineno or 0) for node in tries)
