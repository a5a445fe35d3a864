"""Processes that train together, started by mpiexec."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from parallel_support import environment, train_words


@pytest.fixture(scope="session")
def mpiexec():
    pytest.importorskip("mpi4py", reason="mpi4py is not installed (pip install mpi4py mpich)")
    launcher = shutil.which("mpiexec", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if launcher is None:
        pytest.skip("mpiexec is not installed (pip install mpich)")
    return launcher


@pytest.fixture
def started(mpiexec, tmp_path):
    """Start train.py in some processes, and end them with the test."""
    running = []

    def start(ranks, *arguments, more=()):
        command = [mpiexec, "-n", str(ranks), *train_words(*arguments)]
        for count, others in more:
            command += [":", "-n", str(count), *train_words(*others)]
        running.append(
            subprocess.Popen(
                command,
                cwd=tmp_path,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )
        return running[-1]

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def together(started):
    """Run train.py in some processes, and return its status, and what it said."""

    def run(ranks, *arguments, more=()):
        process = started(ranks, *arguments, more=more)
        out, said = process.communicate(timeout=300)
        return process.returncode, out, said

    return run
