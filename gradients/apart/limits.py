"""What a student's file may take of the machine, and how it is ended with all that it has started."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

MEGABYTE = 1 << 20
MEMORY = 4000  # megabytes for a file
KEY = "CHAINRULE_WORKER_KEY"  # the variable in which the process is told how to prove that it is the right one


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than that, where the system knows such a limit (Linux)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def own_group() -> dict[str, Any]:
    """Return the arguments of Popen with which a process and what it starts form a group of their own."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def end_group(process: subprocess.Popen) -> None:
    """End a process and all of its group, at once."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
    with suppress(Exception):
        process.wait(timeout=10)
