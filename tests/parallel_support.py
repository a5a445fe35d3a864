"""What the tests with several processes share."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TRAIN = ["--dataset", "digits", "--batch-size", "96", "--no-pictures", "--no-diagnosis", "--quiet"]
SHARDS = ["--shards", "12"]
TOGETHER = ["--parallel", "mpi", *SHARDS]


def train_words(*arguments):
    """The command of a process that trains with others."""
    return [sys.executable, "-m", "mpi4py", str(ROOT / "train.py"), *map(str, arguments)]


def environment():
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "CHAINRULE_LANG": "en"}


def same_model(first, second):
    with np.load(first / "model.npz") as a, np.load(second / "model.npz") as b:
        assert a.files == b.files
        return all(a[name].tobytes() == b[name].tobytes() for name in a.files)


def ranks_of(run):
    """The processes of Python that train into a folder."""
    found = subprocess.run(["pgrep", "-f", f"mpi4py.*train.py.*{run}"], capture_output=True, text=True).stdout.split()
    return [int(number) for number in found if b"/python" in first_word(number)]


def first_word(number):
    with contextlib.suppress(OSError), open(f"/proc/{number}/cmdline", "rb") as file:
        return file.read().partition(b"\0")[0]
    return b""  # it has gone


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
