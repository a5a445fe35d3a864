"""Files that a test writes, as they are checked by the command."""

import textwrap

from gradients.apart.checking import FileCheck
from gradients.homework.options import Options
from gradients.homework.source import read_source


def check_text(folder, text, name=None, strict=False):
    """Write a file into a folder; return its check, and the reports on what is in it, or on one of that."""
    path = folder / "homework.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    found = FileCheck(read_source(path), name, Options(), strict=strict, timeout=300)
    return found, list(found.reports())
