"""The process in which a student's code runs, started: in a folder of its own, with what it imports and no more."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np

from coursework.apart import answering, inside, sealing, student, system_calls
from coursework.apart.other_user import as_student, give_to_student
from gradients.apart import limits, wire
from gradients.apart.limits import KEY
from gradients.apart.starting import Started
from gradients.homework import definitions

MODULES = (answering, inside, student, sealing, system_calls, limits, wire, definitions)  # all that is there of ours
PROGRAM = "import sys; sys.path[:0] = [{lib!r}]; sys.path += {more!r}; from {inside} import main; main({address!r})"
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE")


class Sealed(Started):
    """A process that finds Python, NumPy and a few modules of ours, in a folder of its own."""

    def command(self) -> list[str]:
        """Return the words with which the process is started."""
        home, lib = Path(self.folder.name, "home"), Path(self.folder.name, "lib")
        home.mkdir()
        give_to_student(Path(self.folder.name), home)
        more = write_modules(lib)
        code = PROGRAM.format(lib=str(lib), more=more, inside=inside.__name__, address=self.listener.address)
        return [sys.executable, "-I", "-S", "-B", "-c", code]

    def options(self) -> dict[str, Any]:
        """Return the further options with which the process is started: as whom."""
        return super().options() | as_student()

    def environment(self) -> dict[str, str]:
        """Return the variables that the process sees: none that tells of whoever grades."""
        home = self.working_folder()
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own = {"HOME": home, "TMPDIR": home, "TEMP": home, "TMP": home, "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        return passed_on | own | {KEY: self.key}

    def working_folder(self) -> str:
        """Return the one folder in which the process may write."""
        return str(Path(self.folder.name, "home"))


def write_modules(lib: Path) -> list[str]:
    """Write what the process imports into a folder, and return what else it needs on its path.

    NumPy is linked to, so that nothing else that is installed is found; where the system knows no such links, its
    folder is on the path with all that lies beside it.
    """
    for module in MODULES:
        copy = lib.joinpath(*module.__name__.split(".")).with_suffix(".py")
        for folder in copy.relative_to(lib).parents:
            lib.joinpath(folder).mkdir(parents=True, exist_ok=True)
            if folder.name:
                lib.joinpath(folder, "__init__.py").touch()
        shutil.copyfile(str(module.__file__), copy)
    for name in ("coursework", coursework_name()):  # what a notebook calls to have itself checked does nothing here
        lib.joinpath(*name.split(".")).mkdir(parents=True, exist_ok=True)
        lib.joinpath(*name.split("."), "__init__.py").write_text(STUB, encoding="utf-8")
    numpy = Path(np.__file__).resolve().parent
    try:
        for path in (numpy, numpy.with_name("numpy.libs")):
            if path.exists():
                lib.joinpath(path.name).symlink_to(path, target_is_directory=True)
    except OSError:  # Windows
        return [str(numpy.parent)]
    return []


def coursework_name() -> str:
    """Return this room's name: ``coursework``, or ``chainrule.coursework`` where it is installed."""
    return __name__.rpartition(".apart.")[0]


STUB = '"""Nothing is checked while it is graded."""\n\n\ndef check(*things, **options):\n    pass\n'
