"""The process of a student's code, sealed by itself before that code runs: what it may reach and take from then on.

With ``system_calls.py`` it is copied into the folder of that process, so it imports the standard library only. What the
system offers is used without any privilege: limits (POSIX), Landlock for files and a filter of system calls (Linux).

Source: https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import struct
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from errno import ENOSYS, EOPNOTSUPP
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from .system_calls import CALLS, filter_calls

FILES = "files of others can be read, and written where the user may"


@dataclass(frozen=True)
class Limits:
    """What a process may take.

    Attributes
    ----------
    cpu_seconds : int
        From the sealing on. A signal ends the process then; a second later, one that cannot be caught.
    memory_megabytes : int
        Of addresses, in all: Python and NumPy with one thread of OpenBLAS take 150 before there is any array.
    file_megabytes : int
        Of the largest file, which the output may be.
    open_files : int
    threads : int
        So many can be started; some more, where the user has other processes, and any number where it is root.
    """

    cpu_seconds: int = 10
    memory_megabytes: int = 1000
    file_megabytes: int = 10
    open_files: int = 64
    threads: int = 64


def seal(limits: Limits, readable: Sequence[str], writable: Sequence[str]) -> list[str]:
    """Seal this process for the rest of its life; return in words what this system cannot enforce.

    From then on, where all of it can be enforced, it reads files at and below ``readable`` and ``writable`` only. It
    writes files at and below ``writable``, and to ``/dev/null``; it makes and removes files there, but neither folders
    nor symbolic links, so that whoever looks at them later is not led astray. It has no connections but those that are
    open, starts no process, signals only itself, and changes neither its limits nor modes, owners and times of files.
    What is forbidden raises PermissionError.

    It must be called before there are other threads, since it holds for the thread that calls it and for those which
    that one starts: so before ``import numpy``. Let OPENBLAS_NUM_THREADS be 1, since each thread takes addresses.

    It remains possible to ask whether a file exists whose name is known, how large and how old it is; to fill the disk
    with many files in a writable folder (not where ``writable`` are files); to sleep, and to signal itself.

    Parameters
    ----------
    limits : Limits
    readable, writable : sequence of str
        Files and folders. What does not exist is left out.

    Returns
    -------
    list of str
        Empty where all of it is enforced.

    Raises
    ------
    RuntimeError
        When there are other threads.
    """
    PathFinder.find_spec("nowhere")  # looks into the folders of sys.path now, since they may not be listed later
    if number_of_threads() > 1:
        raise RuntimeError("seal: must be called before there are other threads (before NumPy is imported)")
    missing = limit(limits)
    if sys.platform != "linux":
        return [*missing, f"{FILES} (this system is not Linux)", f"{CALLS} (this system is not Linux)"]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS: without it, neither of the next is for ordinary users
    give_up_privileges(libc)
    missing += restrict_files(libc, readable, [*writable, os.devnull])
    return missing + filter_calls(libc)


def what_cannot_be_enforced() -> list[str]:
    """Return in words what this system cannot enforce, as a process finds it that seals itself and ends."""
    import subprocess  # which the sealed process can do without

    package = Path(__file__).resolve().parent
    program = (
        f"import sys; sys.path.append({str(package.parent)!r}); "
        f"from {package.name}.sealing import Limits, seal; print(*seal(Limits(), [], []), sep='\\n')"
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    return subprocess.run(command, capture_output=True, check=True, timeout=60, text=True).stdout.splitlines()


def number_of_threads() -> int:
    """Return how many threads this process has, also those that Python has not started."""
    try:
        return len([*Path("/proc/self/task").iterdir()])
    except OSError:
        return threading.active_count()


def limit(limits: Limits) -> list[str]:
    """Limit what this process may take; return in words what is not limited."""
    try:
        import resource
    except ImportError:
        return ["CPU time, memory, the sizes of files and the number of threads are not limited (Windows)"]
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    memory, file = limits.memory_megabytes << 20, limits.file_megabytes << 20
    core = 1 if sys.platform == "linux" else 0  # with 0, a program that collects core files is still started
    wanted = {
        "CPU time": is_limited(resource, "RLIMIT_CPU", seconds, seconds + 1),
        "memory": is_limited(resource, "RLIMIT_AS", memory, memory) and sys.platform != "darwin",  # taken, not kept
        "the sizes of files": is_limited(resource, "RLIMIT_FSIZE", file, file),
        "the number of open files": is_limited(resource, "RLIMIT_NOFILE", limits.open_files, limits.open_files),
        "the size of core files": is_limited(resource, "RLIMIT_CORE", core, core),
        "the number of threads": limit_threads(resource, limits.threads),
    }
    whose = "for root" if sys.platform == "linux" and os.geteuid() == 0 else "by this system"
    return [f"{name} cannot be limited {whose}" for name, is_so in wanted.items() if not is_so]


def is_limited(resource: Any, name: str, soft: int, hard: int) -> bool:
    """Set a limit, never above the one that there is; return whether it could be set."""
    kind = getattr(resource, name)
    _, highest = resource.getrlimit(kind)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        return False
    return True


def limit_threads(resource: Any, threads: int) -> bool:
    """Limit the threads; return whether that could be done.

    The system counts those of all processes of the user, and says nothing about how many there are. So the lowest
    limit is looked for at which a thread still starts.
    """
    if sys.platform != "linux" or os.geteuid() == 0:  # who counts processes there, and nothing for root
        return False
    _, highest = resource.getrlimit(resource.RLIMIT_NPROC)
    enough, most = threads, 1 << 22 if highest == resource.RLIM_INFINITY else highest
    while enough < most:
        resource.setrlimit(resource.RLIMIT_NPROC, (enough, highest))
        thread = threading.Thread(target=int)
        try:
            thread.start()
        except RuntimeError:
            enough *= 2
        else:
            thread.join()
            break
    return is_limited(resource, "RLIMIT_NPROC", enough + threads, enough + threads)


def give_up_privileges(libc: ctypes.CDLL) -> None:
    """Keep of root's capabilities those alone by which it reads and writes others' files, below what is allowed."""
    header, data = struct.pack("Ii", 0x20080522, 0), ctypes.create_string_buffer(24)  # the third version; this process
    libc.capget(header, data)
    permitted = struct.unpack("6I", data)[1] & (1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    libc.capset(header, struct.pack("6I", permitted, permitted, 0, 0, 0, 0))


# Files: Landlock. A right is a bit: 0 execute, 1 write a file, 2 read a file, 3 read a folder, 4 remove a folder,
# 5 remove a file, 6 to 12 make a device, folder, file, socket, pipe, block device, symbolic link, 13 link or rename
# into another folder, 14 truncate, 15 ioctl on a device.
READ = 1 << 2 | 1 << 3
WRITE = READ | 1 << 1 | 1 << 5 | 1 << 8 | 1 << 14
OF_A_FILE = 1 << 1 | 1 << 2 | 1 << 14
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many of them a version of Landlock knows; later ones know 16
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # numbers of the calls, the same on all machines


def restrict_files(libc: ctypes.CDLL, readable: Sequence[str], writable: Sequence[str]) -> list[str]:
    """Restrict this process to some files; return in words what could not be restricted."""
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        reason = {ENOSYS: "no Landlock in this kernel", EOPNOTSUPP: "Landlock is switched off"}
        return [f"{FILES} ({reason.get(ctypes.get_errno(), 'Landlock is forbidden here')})"]
    handled = (1 << RIGHTS.get(version, 16)) - 1
    # The second number: to bind and to connect TCP sockets; the third: sockets without a file, and signals.
    attributes = struct.pack("QQQ", handled, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    for paths, rights in ((readable, READ), (writable, WRITE)):
        for path in paths:
            allow(libc, ruleset, path, rights & handled)
    flags = 1 if version >= 7 else 0  # no line in the system's log for each refusal
    is_restricted = libc.syscall(RESTRICT_SELF, ruleset, flags) == 0
    os.close(ruleset)
    return [] if is_restricted else [f"{FILES} ({os.strerror(ctypes.get_errno())})"]


def allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Add to a ruleset the rights on a file, or on a folder with all below it, where there is one."""
    try:
        place = os.open(path, os.O_PATH)
    except OSError:
        return
    if not Path(path).is_dir():
        rights &= OF_A_FILE
    libc.syscall(ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)
