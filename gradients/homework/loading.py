"""A student's file as a module: its definitions run, with what stands around it, and our own modules out of the way."""

import ast
import linecache
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType

from gradients.calling.problems import CannotCheck
from gradients.homework.definitions import run_with_missed, split, supply
from gradients.homework.python2 import old_built_ins, parsed
from gradients.homework.roots import Home, find_home
from gradients.homework.source import Source
from gradients.homework.stand_ins import MissingModule, stand_in
from gradients.homework.surroundings import surroundings
from gradients.measuring.surroundings import seed_global_generators
from language import _


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

    def about(self) -> list[str]:
        """Return how the file was loaded, as far as that is worth saying."""
        name, said = self.source.path.name, []
        if self.home.is_package:
            said.append(
                _("{file} was imported as {module}, from {root}", file=name, module=self.home.name, root=self.home.root)
            )
        if self.missing:
            said.append(
                _(
                    "{file} imports what is not installed here: {missing}",
                    file=name,
                    missing=", ".join(dict.fromkeys(self.missing)),
                )
            )
        script = [s for s in self.left_out if not isinstance(s, ast.Expr) or not isinstance(s.value, ast.Constant)]
        if script:
            said.append(
                _(
                    "{file}: only imports, definitions and constants are run, not the script from {place} on",
                    file=name,
                    place=self.source.place(script[0].lineno),
                )
            )
        for line, error in self.failed.items():
            if not isinstance(error, ImportError):
                said.append(
                    _(
                        "{place} was left out: {kind}: {error}",
                        place=self.source.place(line),
                        kind=type(error).__name__,
                        error=error,
                    )
                )
        return said

    def supply(self, name: str | None) -> bool:
        """Run the statements of the script that give a global name its value; return whether there are any."""
        return supply(name, self.left_out, self.source.text, str(self.source.path), self.module)

    def run(self, statement: ast.stmt) -> None:
        """Run a statement; where it misses a name that the script defines, that one before it."""
        run_with_missed(statement, self.left_out, self.source.text, str(self.source.path), self.module)

    def run_or_note(self, statement: ast.stmt) -> None:
        """Run a statement; note what it raises, and let what it would have defined stand for what is missing."""
        try:
            self.run(statement)
        except (Exception, SystemExit) as error:
            self.failed[statement.lineno] = error if isinstance(error, Exception) else RuntimeError(f"exit {error}")
            self.missing += stand_for_imports(statement, self.module)


@contextmanager
def loaded(
    source: Source, tell: Callable[[int], None] = lambda line: None, old_division: bool = False
) -> Iterator[Loaded]:
    """Run a file's definitions as a module, its neighbours found before modules of the same name.

    Parameters
    ----------
    source : Source
    tell : callable
        Is told the line of each statement before it runs.
    old_division : bool
        Whether whole numbers are divided as in Python 2, where 7 / 2 is 3.

    Raises
    ------
    CannotCheck
        When it is not Python.
    """
    path = source.path
    try:
        tree = parsed(source.text, str(path), old_division)
    except (SyntaxError, ValueError) as error:
        raise CannotCheck(not_python(source, error)) from error
    home = find_home(path, tree)
    with surroundings(path, home, old_division) as finder, old_built_ins():
        seed_global_generators()
        module = ModuleType(home.name, ast.get_docstring(tree))
        module.__file__, module.__package__ = str(path), home.name.rpartition(".")[0]
        linecache.cache[str(path)] = (len(source.text), None, source.text.splitlines(keepends=True), str(path))
        kept, left_out = split(tree)
        work = Loaded(module, source, home, left_out, missing=finder.names)
        import_packages(home)
        before = sys.modules.get(home.name)
        sys.modules[home.name] = module
        for statement in kept:
            tell(statement.lineno)
            work.run_or_note(statement)
        if before is not None and is_completed(before, module):
            sys.modules[home.name] = work.module = before
        yield work


def is_completed(before: ModuleType, module: ModuleType) -> bool:
    """Return whether the package, when it imported a file, gave a class of it more than the file does.

    So it is with operators that are defined last, ``Variable.__add__ = add``: the file's own objects lack them.
    """
    classes = {name: value for name, value in vars(module).items() if isinstance(value, type)}
    return any(
        isinstance(other := vars(before).get(name), type)
        and other.__module__ == cls.__module__ == module.__name__
        and vars(other).keys() > vars(cls).keys()
        for name, cls in classes.items()
    )


def not_python(source: Source, error: Exception) -> str:
    """Return in words why a source cannot be read."""
    line = getattr(error, "lineno", None) or 0
    if line and source.line(line).startswith("print "):
        return _(
            "{place} is Python 2 ({line}); python -m lib2to3 -w, of Python 3.12 or older, turns it into Python 3",
            place=source.place(line),
            line=source.line(line),
        )
    place = f"{source.place(line)}: " if line else ""
    why = f"{place}{type(error).__name__}: {getattr(error, 'msg', error)}"
    return _("{path} cannot be imported: {why}", path=source.path, why=why)


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
