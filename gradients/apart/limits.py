"""What a student's file may take of the machine, and how it is ended with all that it has started."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import Any

MEGABYTE = 1 << 20
EVERY = 1.0  # seconds between two looks at the parent
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


def end_with_parent(folder: str) -> None:
    """Let this process, with all of its group, end soon after the one that started it was killed.

    ``folder`` is what that one would have removed. Windows does not say that a parent has ended: there, a file that
    never ends goes on.
    """
    if sys.platform != "win32":
        Thread(target=watch_parent, args=(os.getppid(), folder, sleep), daemon=True).start()


def watch_parent(parent: int, folder: str, pause: Callable[[float], None]) -> None:
    """Look now and then whether the parent is still the same, and end all where it is not."""
    while os.getppid() == parent:
        pause(EVERY)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpid(), signal.SIGKILL)


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
