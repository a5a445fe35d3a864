"""The processes that are measured, started by mpiexec on this machine or on machines within it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.parallel.machines import Machines


def measured(job: dict[str, Any], on: int | Machines) -> dict[str, Any]:
    """Return what so many processes measure here, or one on each machine (:mod:`benchmarks.parallel.worker`)."""
    words = [sys.executable, "-m", "benchmarks.parallel.worker", json.dumps(job)]
    command = on.command(mpiexec(), words) if isinstance(on, Machines) else [mpiexec(), "-n", str(on), *words]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(done.stderr or f"the processes ended with status {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def mpiexec() -> str:
    """Return the program that starts processes; end where there is none."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return shutil.which("mpiexec", path=path) or sys.exit("there is no mpiexec: python -m pip install mpi4py mpich")
