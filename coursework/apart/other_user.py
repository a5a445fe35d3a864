"""The user as whom a student's code runs where root grades: nobody, so that it reads nothing that is root's alone."""

import os
from pathlib import Path
from typing import Any

VARIABLE = "CHAINRULE_STUDENT"  # the number of that user; a grader that root starts sets it


def student_user() -> int | None:
    """Return the user as whom a student's process runs; None for the one who grades."""
    number = os.environ.get(VARIABLE, "")
    return int(number) if number.isdecimal() and hasattr(os, "geteuid") and os.geteuid() == 0 else None


def as_student() -> dict[str, Any]:
    """Return the arguments of Popen with which a process is that user's."""
    user = student_user()
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


def give_to_student(folder: Path, home: Path) -> None:
    """Let that user work in ``home``, and call from there the socket that lies in ``folder``."""
    user = student_user()
    if user is not None:
        os.chown(home, user, user)
        folder.chmod(0o711)
        (folder / "calls").chmod(0o666)
