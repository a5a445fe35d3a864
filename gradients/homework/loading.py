"""A student's file: run it beside our own modules, and find the classes in it that can be checked."""

import importlib.util
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import numpy as np


class CannotCheck(Exception):
    """A class that cannot be checked, and why."""


@contextmanager
def loaded(path: Path) -> Iterator[ModuleType]:
    """Run a file as a module, with its folder first on the path and its neighbours before modules of the same name.

    Raises
    ------
    CannotCheck
        When there is no such file, or it raises.
    """
    if not path.is_file():
        raise CannotCheck(f"there is no file {path}")
    folder = path.resolve().parent
    names = {entry.stem for entry in folder.iterdir() if entry.suffix == ".py" or entry.is_dir()}
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if ours_and_hidden(name, names, folder)}
    kept_path, before, kept_words, streams = list(sys.path), set(sys.modules), sys.argv, (sys.stdout, sys.stderr)
    sys.path.insert(0, str(folder))
    sys.argv = [str(path)]
    try:
        yield execute(path)
    finally:
        sys.path[:], sys.argv = kept_path, kept_words
        sys.stdout, sys.stderr = streams
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).resolve().is_relative_to(folder):
                del sys.modules[name]
        sys.modules.update(hidden)


def ours_and_hidden(name: str, names: set[str], folder: Path) -> bool:
    """Return whether a loaded module bears the name of a file in the folder, and comes from elsewhere."""
    root = name.partition(".")[0]
    file = getattr(sys.modules.get(root), "__file__", None)
    library = {"numpy", "matplotlib", "tqdm", "pytest", "__main__", *sys.stdlib_module_names}
    return root in names and root not in library and bool(file) and folder not in Path(file).resolve().parents


def execute(path: Path) -> ModuleType:
    """Return the module that a file makes."""
    streams = sys.stdout, sys.stderr
    spec = importlib.util.spec_from_file_location(f"homework_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CannotCheck(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except SystemExit as stop:
        raise CannotCheck(f"{path} ends Python while it is imported (exit {stop.code})") from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        place = f", line {error.lineno}" if isinstance(error, SyntaxError) and "line" not in str(error) else ""
        raise CannotCheck(f"{path} cannot be imported: {type(error).__name__}: {error}{place}") from error
    finally:
        sys.stdout, sys.stderr = streams
    return module


def layer_classes(module: ModuleType, name: str | None = None) -> list[type]:
    """Return the classes to check: those defined in the file with forward and backward (or loss and gradient)."""
    if name is not None:
        found = getattr(module, name, None)
        if not isinstance(found, type):
            known = ", ".join(cls.__name__ for cls in layer_classes(module)) or "none"
            raise CannotCheck(f"{module.__file__} has no class {name}; its layers are: {known}")
        if kind(found) is None:
            raise CannotCheck(f"{name} has no forward and backward (nor loss and gradient, as a network has)")
        return [found]
    own = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    layers = [cls for cls in dict.fromkeys(own) if kind(cls) is not None and not inspect.isabstract(cls)]
    return [cls for cls in layers if not is_base(cls, layers)]


def is_base(cls: type, others: list[type]) -> bool:
    """Return whether a class is only there to be inherited from: its forward does nothing by itself."""
    if not any(issubclass(other, cls) and other is not cls for other in others) or kind(cls) != "layer":
        return False
    try:
        return cls().forward(np.ones((2, 2))) is None
    except NotImplementedError:
        return True
    except Exception:
        return False


def kind(cls: type) -> str | None:
    """Return "layer", "network" or None."""
    if callable(getattr(cls, "forward", None)) and callable(getattr(cls, "backward", None)):
        return "layer"
    return "network" if callable(getattr(cls, "loss", None)) and callable(getattr(cls, "gradient", None)) else None
