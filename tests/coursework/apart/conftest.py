"""Sealed processes, for the tests: started in a folder of their own, as who runs the tests and as another user."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from coursework.apart.sealing import FILES, what_cannot_be_enforced
from coursework.apart.system_calls import CALLS
from tests_support import exhaustive

NOBODY = 65534
BEGIN = """
import json, sys
given = json.loads(sys.argv[1])
sys.path += [given["house"], given["packages"]]
from apart.sealing import RIGHTS, Limits, seal
exec(given["first"])
missing = seal(Limits(**given["limits"]), given["readable"], [given["own"]])
import ctypes, errno, os, signal, socket, subprocess, threading, time
from pathlib import Path
os.chdir(given["own"])
libc = ctypes.CDLL(None, use_errno=True)
outside, parent, secret = given["outside"], os.getppid(), given["outside"] + "/secret.txt"
"""
EACH = """
def outcome(attempt):
    try:
        exec(attempt, dict(globals()))
    except BaseException as error:
        return errno.errorcode.get(getattr(error, "errno", 0), f"{type(error).__name__}: {error}")
    return "done"
print(json.dumps({attempt: outcome(attempt) for attempt in given["attempts"]}))
"""


class Sealed:
    """A folder for sealed processes, and what they are started with."""

    def __init__(self, root, folder, python, user):
        self.folder, self.python, self.user = folder, python, user
        folder.chmod(0o755)
        (folder / "house" / "apart").mkdir(parents=True)
        for name in ("sealing.py", "system_calls.py"):
            shutil.copy(root / "coursework" / "apart" / name, folder / "house" / "apart" / name)
        self.packages, self.own, self.outside = folder / "packages", folder / "own", folder / "outside"
        for place in (self.packages, self.own, self.outside):
            place.mkdir()
        numpy = Path(np.__file__).parent
        for package in (numpy, numpy.with_name("numpy.libs")):
            (self.packages / package.name).symlink_to(package)
        (self.outside / "secret.txt").write_text("the solution")
        for place in (self.own, self.outside, self.outside / "secret.txt"):
            os.chown(place, *self.ids)
        paths = "import json, numpy; from coursework.apart.python_paths import readable_for_python as readable"
        done = subprocess.run(
            [python, "-c", f"{paths}; print(json.dumps(readable([numpy])))"],
            env={"PYTHONPATH": f"{root}:{self.packages}"},
            capture_output=True,
            check=True,
        )
        self.readable = [*json.loads(done.stdout), str(folder / "house"), str(self.packages)]

    @property
    def ids(self):
        return (os.getuid(), os.getgid()) if self.user is None else (self.user, self.user)

    def start(self, code, attempts=(), limits=None, first="", **options):
        given = {name: str(getattr(self, name)) for name in ("packages", "own", "outside")}
        given |= {"home": str(Path.home()), "house": str(self.folder / "house"), "readable": self.readable}
        given |= {"limits": limits or {}, "attempts": list(attempts), "first": first}
        as_user = {} if self.user is None else {"user": self.user, "group": self.user, "extra_groups": []}
        return subprocess.Popen(
            [self.python, "-I", "-S", "-c", BEGIN + code, json.dumps(given)],
            env={"OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.own,
            **as_user,
            **options,
        )

    def run(self, code, **options):
        with self.start(code, **options) as process:
            process.answer, process.complaint = process.communicate(timeout=60)
        return process

    def answer(self, code, **options):
        process = self.run(code, **options)
        assert process.returncode == 0, process.complaint
        return process.answer.strip()

    def outcomes(self, before, attempts, **options):
        """What came of each attempt, all in one process: the name of an error, or "done"."""
        return json.loads(self.answer(before + EACH, attempts=attempts, **options))


def python_for(user):
    """A Python of this version that the user may run, with NumPy; None where there is none."""
    if user is None:
        return sys.executable
    code = (
        f"import sys; sys.path.append({str(Path(np.__file__).parents[1])!r}); import numpy; print(sys.version_info[:2])"
    )
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            done = subprocess.run([python, "-c", code], user=user, group=user, cwd="/", capture_output=True, text=True)
        except OSError:
            continue
        if done.returncode == 0 and done.stdout.strip() == str(sys.version_info[:2]):
            return python
    return None


@pytest.fixture(scope="module", params=["who runs the tests", exhaustive("nobody")])
def sealed(root, request):
    if sys.platform != "linux":
        pytest.skip("Landlock and the filter of calls are of Linux")
    user = None if request.param != "nobody" else NOBODY
    if user is not None and os.geteuid() != 0:
        pytest.skip("the tests are not run by root, and another user's processes are for root to start")
    python = python_for(user)
    if python is None:
        pytest.skip("there is no Python with NumPy that another user may run")
    if any(FILES in words or CALLS in words for words in what_cannot_be_enforced()):
        pytest.skip(f"this system has no means to seal: {what_cannot_be_enforced()}")
    with tempfile.TemporaryDirectory(prefix="sealed") as folder:
        yield Sealed(root, Path(folder).resolve(), python, user)
