"""How the wheel is made: one package, ``chainrule``, of rooms that have short names in a clone.

There one reads ``from layers import Affine``. Installed under such names, ``datasets`` would overwrite the files of
another project. So the wheel has ``chainrule/layers``, in which the same line is ``from chainrule.layers import
Affine``: the first word of what an import names is all that is changed, in code, in examples and in references to
modules. This file is not installed.
"""

import ast
import re
import shutil
from pathlib import Path

from setuptools import Command, find_packages
from setuptools.command.build_py import build_py
from setuptools.command.editable_wheel import editable_wheel

from chainrule import MODULES, ROOMS, __version__

PACKAGE = "chainrule"
HOME = "https://github.com/chainrule/chainrule"  # where the pages are to which a package index links
NOT_INSTALLED = ("building", "clone", "messages")
CATALOGUES = "locale"  # a folder of translations; it is no package, or it would be imported for Python's own module
NAMES = "|".join((*ROOMS, *MODULES))
LINE = r"^(\s*(?:>>> |\.\.\. )?)"
RULES = (
    (re.compile(rf"{LINE}from ({NAMES})((?:\.\w+)*) import\b", re.MULTILINE), rf"\1from {PACKAGE}.\2\3 import"),
    (re.compile(rf"{LINE}import ({NAMES})(?=$| as \w+$)", re.MULTILINE), rf"\1from {PACKAGE} import \2"),
    (re.compile(rf"(:(?:mod|class|func|meth|data|attr):`~?)({NAMES})\b"), rf"\1{PACKAGE}.\2"),
)


def renamed(text: str, name: str = "text") -> str:
    """Return a module's source as it is installed.

    >>> renamed("from layers.relu import ReLU  # see :mod:`layers`")
    'from chainrule.layers.relu import ReLU  # see :mod:`chainrule.layers`'

    Raises
    ------
    ValueError
        When an import is written in a way that has no such form: ``import layers.relu``.
    """
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        else:
            continue
        for imported in names:
            if re.fullmatch(rf"({NAMES})(\..*)?", imported):
                raise ValueError(f"{name}:{node.lineno}: write 'from ... import ...' for {imported}")
    return text


class OnePackage(build_py):
    """The step in which the modules are collected: those of the package, renamed."""

    def run(self) -> None:
        """Collect the modules, without what an earlier build left."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return the modules of a package, with those beside the rooms in the package itself."""
        found = super().find_package_modules(package, package_dir)
        if package != PACKAGE or self.editable_mode:
            return found
        beside = [(package, module, f"{module}.py") for module in MODULES]
        return [(*names, file) for *names, file in found if names[1] not in NOT_INSTALLED] + beside

    def build_module(self, module: str, module_file: str, package: str) -> tuple[str, bool]:
        """Copy a module, and rename what it imports."""
        copy, copied = super().build_module(module, module_file, package)
        path = Path(copy)
        path.write_text(renamed(path.read_text(encoding="utf-8"), module_file), encoding="utf-8", newline="\n")
        return copy, copied


class Editable(editable_wheel):
    """The step of ``pip install -e .``: the modules stay where they are, with both names."""

    def run(self) -> None:
        """Install links to the short names, and to the package that gives them their long ones."""
        rooms = find_packages(include=[name for room in (*ROOMS, PACKAGE) for name in (room, f"{room}.*")])
        self.distribution.packages, self.distribution.package_dir = rooms, {}
        self.distribution.py_modules = list(MODULES)
        super().run()


def packages() -> tuple[list[str], dict[str, str]]:
    """Return the packages of the wheel, and the folders in which those lie that are not in the folder of their name."""
    rooms = find_packages(include=[name for room in ROOMS for name in (room, f"{room}.*")])
    folders = (*ROOMS, CATALOGUES)
    return [PACKAGE, *(f"{PACKAGE}.{room}" for room in [*rooms, CATALOGUES])], {f"{PACKAGE}.{f}": f for f in folders}


def readme(path: Path) -> str:
    """Return the README with links that lead somewhere wherever it is shown: to this version's files."""

    def absolute(found: re.Match[str]) -> str:
        kind = "raw" if found["image"] else "blob"
        return f"{found['image']}[{found['text']}]({HOME}/{kind}/v{__version__}/{found['target']})"

    link = r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?!https?://|#)(?P<target>[^)\s]+)\)"
    return re.sub(link, absolute, path.read_text(encoding="utf-8"))


COMMANDS: dict[str, type[Command]] = {"build_py": OnePackage, "editable_wheel": Editable}
